/**
 * `npm start`: a real n8n with this package in it and a made-up company behind it, ready to be clicked through.
 * `npm start -- --once` runs the dry run and ends; `--keep DIR` keeps n8n's data for the next time.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from '../n8n/environment';
import { installN8n } from '../n8n/install';
import { ownUntilExit, welcomeInterruption } from '../n8n/lifetime';
import { startN8n } from '../n8n/server';
import { startSandbox } from '../sandbox';
import { usePortal } from './usedPortal';
import { FORM_LOGIN, importTemplates, provideCredentials, reportsOf, runByHand } from './demo';

const CHECKOUT = resolve(__dirname, '..', '..');
const MAIN_TEMPLATE = 'sync-personio-to-learnupon.json';
/** Where people expect n8n. */
const USUAL_PORT = 5678;

const log = (line: string) => console.log(line);

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: { once: { type: 'boolean', default: false }, keep: { type: 'string' } },
	});

	const installation = await installN8n({ log });
	const sandbox = await startSandbox();
	usePortal(sandbox);
	const close = async () => await sandbox.close();
	const disown = ownUntilExit({ release: close, drop: () => undefined });
	log(
		`Sandbox company: Personio at ${sandbox.personio.url}, LearnUpon at ${sandbox.learnUpon.url}, 360Learning at ${sandbox.threeSixtyLearning.url}`,
	);

	const n8n = await startN8n({
		installation,
		packageFolder: CHECKOUT,
		port: await freePort(USUAL_PORT).catch(async () => await freePort()),
		...(values.keep !== undefined && { userFolder: resolve(values.keep) }),
		log,
	});
	const { client } = n8n;
	const credentials = await provideCredentials(client, sandbox);
	const workflows = await importTemplates(client, resolve(CHECKOUT, 'workflows'), credentials, {
		rootGroup: sandbox.threeSixtyLearning.syncRoot,
	});
	for (const { name } of Object.values(workflows)) log(`Workflow: ${name}`);

	const workflow = workflows[MAIN_TEMPLATE];
	if (!workflow) throw new Error(`workflows/${MAIN_TEMPLATE} is missing.`);
	log(`Running "${workflow.name}" once by hand …`);
	const execution = await runByHand(client, workflow);
	const report = reportsOf(execution, workflow)[0]?.json;
	if (report)
		log(`\n${typeof report['text'] === 'string' ? report['text'] : JSON.stringify(report, null, 2)}\n`);
	const failure = execution.succeeded ? undefined : execution.describe();
	const complaint = failure ?? (report ? undefined : 'The run came to an end without a report.');
	if (complaint !== undefined) process.stderr.write(`${complaint}\n`);

	if (values.once) {
		await n8n.stop();
		await close();
		disown();
		process.exitCode = complaint === undefined ? 0 : 1;
		return;
	}
	log(`This run in the editor: ${n8n.url}/workflow/${workflow.id}/executions/${execution.id}`);
	log(`The editor: ${n8n.url}\n  e-mail    ${n8n.owner.email}\n  password  ${n8n.owner.password}`);
	log(`The forms of the templates
  user      ${FORM_LOGIN.user}
  password  ${FORM_LOGIN.password}`);
	log('Ctrl-C stops n8n and the sandbox.');
	welcomeInterruption();
	ownUntilExit({ release: async () => log('\nStopping …'), drop: () => undefined });
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exit(1);
});
