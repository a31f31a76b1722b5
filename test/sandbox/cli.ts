import { parseArgs } from 'node:util';
import { companyOf, startSandbox } from '.';
import type { AdminRoute } from './admin';
import { learnUponRoutes, personioRoutes, threeSixtyLearningRoutes } from './admin';

const { values } = parseArgs({
	options: {
		'personio-port': { type: 'string', default: '0' },
		'learnupon-port': { type: 'string', default: '0' },
		'threesixtylearning-port': { type: 'string', default: '0' },
		empty: { type: 'boolean', default: false },
		people: { type: 'string' },
	},
});

async function main(): Promise<void> {
	const crowd = values.people === undefined ? 'demo' : companyOf(Number(values.people));
	const sandbox = await startSandbox({
		company: values.empty ? 'empty' : crowd,
		ports: {
			personio: Number(values['personio-port']),
			learnUpon: Number(values['learnupon-port']),
			threeSixtyLearning: Number(values['threesixtylearning-port']),
		},
	});
	const { personio, learnUpon, threeSixtyLearning, clock } = sandbox;
	const lines = [
		`Personio   ${personio.url}   ${personio.people.size} people`,
		`  client id      ${personio.credentials.clientId}`,
		`  client secret  ${personio.credentials.clientSecret}`,
		...adminLines(personio.url, personioRoutes(personio, clock)),
		'',
		`LearnUpon  ${learnUpon.url}   ${learnUpon.users.size} accounts`,
		`  username       ${learnUpon.credentials.username}`,
		`  password       ${learnUpon.credentials.password}`,
		...adminLines(learnUpon.url, learnUponRoutes(learnUpon, clock)),
		'',
		`360Learning  ${threeSixtyLearning.url}   ${threeSixtyLearning.users.size} accounts`,
		`  client id      ${threeSixtyLearning.credentials.clientId}`,
		`  client secret  ${threeSixtyLearning.credentials.clientSecret}`,
		`  group to sync  ${threeSixtyLearning.syncRoot}`,
		...adminLines(threeSixtyLearning.url, threeSixtyLearningRoutes(threeSixtyLearning, clock)),
		'',
		'Ctrl-C stops all.',
	];
	console.log(lines.join('\n'));
	const stop = () => void sandbox.close().then(() => process.exit(0));
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

function adminLines(url: string, routes: AdminRoute[]): string[] {
	return [
		`  admin          ${url}/__sandbox`,
		...routes.map(
			({ method, path, about }) => `    ${method.toUpperCase().padEnd(6)} ${path.padEnd(16)} ${about}`,
		),
	];
}

void main();
