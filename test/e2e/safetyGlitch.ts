import assert from 'node:assert/strict';

import type { Checks } from './checks';
import { Journal } from './journal';
import type { Run, Stage } from './stage';
import { SYNC, TELL } from './templateNames';

const EMPLOYEES = '/v1/company/employees';
/** Somebody who is on the list is asked for as well: is Personio to be believed? */
const WITNESS = 1;
const HALF = 17;

interface Glitch {
	delivered: string;
	start(stage: Stage): void;
	/** Of those who are missing, how many are asked for by id. */
	asked: number;
	/** What the error workflow tells. */
	told: RegExp;
}

const GLITCHES: Glitch[] = [
	{
		delivered: 'pages short by half of the people',
		start: ({ sandbox: { personio } }) =>
			void personio.misbehave({ match: { path: EMPLOYEES }, do: { shortPage: HALF } }),
		asked: HALF + WITNESS,
		told: /list left out/,
	},
	{
		delivered: 'half of the people, with totals that agree',
		start: ({ sandbox: { personio }, company }) => {
			for (let index = 0; index < HALF; index++) personio.unlisted.add(company.person(2 * index));
		},
		asked: HALF + WITNESS,
		told: /17 employees, and 34 are usual/,
	},
	{
		delivered: 'everybody without a status',
		start: ({ sandbox: { personio } }) =>
			void personio.misbehave({ match: { path: EMPLOYEES }, do: { vanishAttribute: 'status' } }),
		asked: 0,
		told: /did not deliver the attribute "Status"/,
	},
	{
		delivered: 'nobody',
		start: ({ sandbox: { personio }, company }) => {
			for (let index = 0; index < 2 * HALF; index++) personio.unlisted.add(company.person(index));
		},
		asked: 2 * HALF,
		told: /no employee at all/,
	},
];

/** Personio fails and recovers; the sync runs on its schedule all the while. */
export async function glitches(checks: Checks, stage: Stage): Promise<void> {
	const { learnUpon } = stage.sandbox;
	const journal = new Journal();
	await checks.run('normal days: everybody is invited once and joins, then nothing is written', async () => {
		const first = await stage.scheduled(SYNC, () => undefined, 'success');
		journal.note('everybody, on the first day', first);
		assert.equal(invitationsOf(first), 34);
		learnUpon.acceptAllInvites();
		journal.note('everybody, after the invitations were accepted', await stage.scheduled(SYNC));
		const normal = await stage.scheduled(SYNC, () => undefined, 'success');
		journal.note('everybody, on a normal day', normal);
		assert.deepEqual(normal.writes, []);
		return `${invitationsOf(first)} invitations, then 0 writes`;
	});
	for (const glitch of GLITCHES) await replay(checks, stage, journal, glitch);
	await deletedPeople(checks, stage, journal);
	await otherFailure(checks, stage);
	journal.print('What the operator saw of a glitch upstream (LearnUpon, scheduled runs, dry run off)');
}

const invitationsOf = ({ writes }: Run): number =>
	writes.filter((write) => write.startsWith('POST /portal_invite')).length;

async function replay(
	checks: Checks,
	stage: Stage,
	journal: Journal,
	{ delivered, start, asked, told }: Glitch,
): Promise<void> {
	const { learnUpon, personio } = stage.sandbox;
	await checks.run(`Personio delivers ${delivered}: nobody loses anything, nobody is added`, async () => {
		const before = learnUpon.snapshot();
		const lastTold = await latestTold(stage);
		const run = await stage.scheduled(SYNC, () => start(stage), 'alert');
		const ids = askedById(stage);
		journal.note(delivered, run);
		assert.deepEqual(run.writes, []);
		assert.deepEqual(learnUpon.snapshot(), before);
		assert.equal(ids.length, asked);
		assert.equal(new Set(ids).size, asked);
		assert.ok(run.report.alerts.length > 0);
		const text = await toldSince(stage, lastTold);
		assert.match(text, told);
		assert.match(text, /stopped at the step "Stop with an Alert"/);
		assert.match(text, /Look at it here: http:\/\/127\.0\.0\.1:\d+\/workflow\/\w+\/executions\/\d+/);

		personio.behave();
		personio.unlisted.clear();
		const after = await stage.scheduled(SYNC, () => undefined, 'success');
		journal.note('everybody again', after);
		assert.deepEqual(after.writes, []);
		assert.deepEqual(learnUpon.snapshot(), before);
		assert.deepEqual(after.report.held, []);
		return `${run.report.held.length} held, ${ids.length} asked for by id, mail of ${text.length} characters`;
	});
}

async function deletedPeople(checks: Checks, stage: Stage, journal: Journal): Promise<void> {
	await checks.run('two records are deleted in Personio: held, and asked for once only', async () => {
		const { learnUpon, personio } = stage.sandbox;
		const before = learnUpon.snapshot();
		const gone = [stage.company.person(32), stage.company.person(33)];
		const remove = () => gone.forEach((id) => personio.remove(id));
		const first = await stage.scheduled(SYNC, remove, 'success');
		journal.note('everybody but two whose records were deleted', first);
		const asked = askedById(stage);
		assert.deepEqual(
			asked.filter((id) => gone.map(String).includes(id)),
			gone.map(String),
		);
		assert.equal(asked.length, gone.length + WITNESS);
		const second = await stage.scheduled(SYNC, () => undefined, 'success');
		journal.note('the same', second);
		assert.deepEqual(askedById(stage), []);
		assert.deepEqual(
			[first, second].flatMap(({ report }) => report.held.map(({ code }) => code)),
			['missing', 'missing', 'missing', 'missing'],
		);
		assert.deepEqual([...first.writes, ...second.writes], []);
		assert.deepEqual(learnUpon.snapshot(), before);
		return second.report.held[0]?.message;
	});
}

async function otherFailure(checks: Checks, stage: Stage): Promise<void> {
	const { client } = stage.n8n;
	await checks.run('the keys of LearnUpon are wrong: the error workflow tells why and where', async () => {
		const { learnUpon } = stage.sandbox;
		const credential = stage.credentials.learnUponApi;
		assert.ok(credential);
		const lastTold = await latestTold(stage);
		const data = { portalUrl: learnUpon.url, ...learnUpon.credentials };
		await client.updateCredential(credential, { ...data, password: 'wrong' });
		const { id } = stage.template(SYNC);
		const execution = await stage.triggered(id);
		await client.unpublish(id);
		await client.updateCredential(credential, data);
		assert.equal(execution.status, 'error');
		const text = await toldSince(stage, lastTold);
		assert.match(text, /stopped at the step "Plan Sync"/);
		assert.match(text, /LearnUpon answered HTTP 401\nWhat to do: Check "API Username"/);
		assert.match(text, /Look at it here: http/);
		return JSON.stringify(text);
	});
}

/** Ids of the employees whom the run asked Personio for one by one. */
function askedById({ sandbox: { personio } }: Stage): string[] {
	return personio.calls.flatMap(({ path }) => /^\/v1\/company\/employees\/(\d+)$/.exec(path)?.[1] ?? []);
}

async function latestTold(stage: Stage): Promise<string> {
	const { id } = stage.template(TELL);
	return (await stage.n8n.client.executions(id))[0]?.id ?? '0';
}

/** The text of the error workflow that has started since. */
async function toldSince(stage: Stage, after: string): Promise<string> {
	const { client } = stage.n8n;
	const execution = await client.nextExecution(stage.template(TELL).id, { after, timeoutMs: 20_000 });
	assert.ok(execution.succeeded, execution.describe());
	return String(execution.itemsOf('Put It in Plain Words')[0]?.json.text);
}
