import type { GroupMove } from '../../nodes/LmsSync/platforms/platform';
import { learnerId } from '../../nodes/shared/item';
import { longWaits, waits } from './clock';
import type * as Clock from './clock';
import { failureOf } from './failure';
import {
	API,
	BERLIN,
	BOARD,
	DONE,
	EUROPE,
	hex,
	IT,
	refusal,
	rolesIn,
	STAFF,
	threeSixtyRun,
	TREE,
	type ThreeSixtyRun,
} from './threeSixtyLearning';
import type { Answer, Call } from './vendor';

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

let run: ThreeSixtyRun;

beforeEach(() => {
	run = threeSixtyRun();
	run.company.optional('GET', '/groups', { body: TREE });
	run.company.optional('GET', '/external-ids', { body: [] });
});

const BULK = '/bulk/groups/memberships';
const JOINS = `/bulk/operations/${hex(0xb1)}`;
const LEAVES = `/bulk/operations/${hex(0xb2)}`;
const person = (index: number) => learnerId(hex(0x1000 + index));
const berlin = { id: BERLIN, name: 'Berlin' };
const board = { id: BOARD, name: '/Acme > Board' };

/** So many people join Berlin, and leave the board if asked to. */
const moves = (count: number, leave = false): GroupMove[] =>
	Array.from({ length: count }, (_, index) => ({
		learner: person(index),
		add: [berlin],
		remove: leave ? [board] : [],
	}));

const accepted = (path: string): Answer => ({ status: 202, headers: { location: EUROPE + API + path } });
const status = (word: string): Answer => ({ body: { _id: hex(0xb1), status: word } });
const input = (index: number, groupId = BERLIN) => ({ userId: person(index), groupId, role: 'learner' });
/** The results of so many, of which some were refused. */
const results = (count: number, refused: number[] = [], groupId = BERLIN): Answer => ({
	body: Array.from({ length: count }, (_, index) =>
		refused.includes(index)
			? { input: input(index, groupId), status: 'error', errorMessage: 'userDeleted' }
			: { input: input(index, groupId), status: 'success', resourceId: hex(index) },
	),
});

/** An operation that ends well at once. */
const ends = (path: string, outcome: Answer) =>
	run.company.on('GET', path, status('completed')).on('GET', `${path}/results`, outcome);

const joinPath = (index: number) => `/groups/${BERLIN}/learner/${person(index)}`;
const leavePath = (index: number) => `/groups/${BOARD}/learner/${person(index)}`;
const joinAll = async (all: GroupMove[]) => {
	for (const { learner, add } of all) {
		for (const ref of add) await run.lms.join(learner, await run.lms.ensureGroup(ref));
	}
};
const bulks = () => run.company.asked.filter((call) => call.includes(BULK));

describe('memberships of many people', () => {
	it('are changed one by one below fifty', async () => {
		await run.lms.moveTogether(moves(49));
		expect(run.company.calls).toEqual([]);
		run.company.on('POST', joinPath(0), DONE);
		await joinAll(moves(1));
	});

	it('go in one operation from fifty on, and are not made again', async () => {
		run.company.on('POST', BULK, accepted(JOINS));
		ends(JOINS, results(50));
		await run.lms.moveTogether(moves(50));
		await joinAll(moves(50));
		expect(bulks()).toEqual([`POST ${BULK}`]);
		const sent = Array.from({ length: 50 }, (_, index) => input(index));
		expect(run.company.bodies('POST', BULK)).toEqual([{ input: sent }]);
		expect(run.company.written).toHaveLength(1);
	});

	it.each([
		['absolute', EUROPE + API + JOINS],
		['relative', API + JOINS],
		['at a foreign host', `https://evil.example.com${API}${JOINS}`],
	])('are followed at the location, also where it is %s', async (_what, location) => {
		run.company.on('POST', BULK, { status: 202, headers: { location } });
		ends(JOINS, results(50));
		await run.lms.moveTogether(moves(50));
		await joinAll(moves(50));
	});

	it('are waited for with growing pauses, for as long as they are under way', async () => {
		run.company.on('POST', BULK, accepted(JOINS));
		run.company.on('GET', JOINS, ...['pending', 'queued', 'running', 'running', 'running'].map(status));
		ends(JOINS, results(50));
		await run.lms.moveTogether(moves(50));
		expect(longWaits()).toEqual([500, 1000, 2000, 4000, 5000, 5000]);
	});

	it('are given up after ten minutes, and made one by one', async () => {
		run.company.on('POST', BULK, accepted(JOINS)).always('GET', JOINS, () => status('running'));
		const start = Date.now();
		await run.lms.moveTogether(moves(50));
		expect(Date.now() - start).toBeGreaterThanOrEqual(600_000);
		expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(610_000);
		run.company.on('POST', joinPath(0), DONE);
		await joinAll(moves(1));
	});

	it('have all pages of the results read', async () => {
		run.company.on('POST', BULK, accepted(JOINS)).on('GET', JOINS, status('completed'));
		const link = `<${EUROPE}${API}${JOINS}/results?next=p2>; rel="next"`;
		const all = results(50).body as unknown[];
		run.company.on('GET', `${JOINS}/results`, { body: all.slice(0, 20), headers: { link } });
		run.company.on('GET', `${JOINS}/results`, { body: all.slice(20) });
		await run.lms.moveTogether(moves(50));
		await joinAll(moves(50));
	});

	it('that were refused are tried by a call of their own, which tells the reason', async () => {
		run.company.on('POST', BULK, accepted(JOINS));
		ends(JOINS, results(50, [7, 8]));
		await run.lms.moveTogether(moves(50));
		run.company.on('POST', joinPath(7), refusal(400, 'userDeleted')).on('POST', joinPath(8), DONE);
		run.company.on('GET', `/users/${person(7)}/roles`, rolesIn(STAFF));
		const group = { ...berlin, own: false };
		const failure = await failureOf(run.n8n, run.lms.join(person(7), group));
		expect(failure.message).toBe('360Learning refused the membership of "Berlin": userDeleted');
		await run.lms.join(person(8), group);
		await run.lms.join(person(9), group);
	});

	it('of an operation that ended with an error count as far as its results go', async () => {
		run.company.on('POST', BULK, accepted(JOINS)).on('GET', JOINS, status('error'));
		run.company.on('GET', `${JOINS}/results`, results(49));
		await run.lms.moveTogether(moves(50));
		run.company.on('POST', joinPath(49), DONE);
		await joinAll(moves(50));
	});

	it.each<[string, Answer]>([
		['the scope is missing', refusal(403, 'invalid_scope')],
		['three operations are under way', refusal(429, 'bulkOperationsConcurrencyLimitReached')],
		['there were too many calls', { status: 429, body: { error: 'tooManyRequests' } }],
		['the bulk API is closed', refusal(503, 'bulkAPIDisabled')],
		['the list is refused', refusal(400, 'invalidInput')],
		['the list is too long', refusal(400, 'inputTooLong')],
		['there is a fault', { status: 500 }],
		['there is no location', { status: 202 }],
		['the location leads elsewhere', { status: 202, headers: { location: '/api/v2/users' } }],
		['no answer comes', { fault: 'ECONNRESET' }],
	])('are changed one by one where %s', async (_what, answer) => {
		run.company.on('POST', BULK, answer);
		await run.lms.moveTogether(moves(50));
		run.company.on('POST', joinPath(0), DONE);
		await joinAll(moves(1));
		expect(bulks().length).toBeLessThanOrEqual(1);
	});

	it.each<[string, Answer, Answer | undefined]>([
		['cannot be asked about', refusal(403, 'invalid_scope'), undefined],
		['is gone', { status: 404 }, undefined],
		['has no results', status('completed'), refusal(400, 'bulkOperationNotRun')],
		['has results in an unexpected form', status('completed'), { body: {} }],
		['has results that name nobody', status('completed'), { body: [{ status: 'success' }, {}] }],
	])('are changed one by one where the operation %s', async (_what, state, outcome) => {
		run.company.on('POST', BULK, accepted(JOINS)).on('GET', JOINS, state);
		if (outcome) run.company.on('GET', `${JOINS}/results`, outcome);
		await run.lms.moveTogether(moves(50));
		run.company.on('POST', joinPath(0), DONE);
		await joinAll(moves(1));
	});

	it('are changed one by one where the results are none', async () => {
		run.company.on('POST', BULK, accepted(JOINS));
		ends(JOINS, { body: [null] });
		await run.lms.moveTogether(moves(50));
	});

	it('go in one operation also where the group of somebody cannot be made', async () => {
		run.company.optional('POST', BULK, accepted(JOINS));
		run.company.optional('GET', JOINS, status('completed'));
		run.company.optional('GET', `${JOINS}/results`, results(50));
		const lost: GroupMove = { learner: person(99), add: [{ name: '/Other > HR' }], remove: [board] };
		await run.lms.moveTogether([lost, ...moves(50)]).catch(() => undefined);
		expect(bulks()).toEqual([`POST ${BULK}`]);
	});

	it('beyond 20,000 go in several operations', async () => {
		run.company.on('POST', BULK, accepted(JOINS), accepted(JOINS));
		run.company.always('GET', JOINS, () => status('completed'));
		run.company.always('GET', `${JOINS}/results`, () => ({ body: [] }));
		await run.lms.moveTogether(moves(20_001));
		const sizes = run.company.bodies('POST', BULK).map((body) => (body as { input: [] }).input.length);
		expect(sizes).toEqual([20_000, 1]);
	});

	it('in a group that does not exist are made after the group', async () => {
		const ref = { name: 'Hamburg', below: STAFF };
		run.company.turns().on('POST', '/groups', { status: 201, body: { _id: hex(0x99) } });
		run.company.on('POST', BULK, accepted(JOINS));
		ends(JOINS, results(50, [], hex(0x99)));
		const all = moves(50).map((move) => ({ ...move, add: [ref] }));
		await run.lms.moveTogether(all);
		await joinAll(all);
		const groups = run.company.written.filter((call) => !call.includes('/external-ids'));
		expect(groups).toEqual(['POST /groups', `POST ${BULK}`]);
	});
});

describe('leaving of many people', () => {
	const rolesOf = (answer: (index: number) => Answer, count: number) => {
		for (let index = 0; index < count; index++) {
			run.company.optional('GET', `/users/${person(index)}/roles`, answer(index));
		}
	};

	it('comes after the joining, by a DELETE with a body', async () => {
		run.company.on('POST', BULK, accepted(JOINS)).on('DELETE', BULK, accepted(LEAVES));
		ends(JOINS, results(25));
		ends(LEAVES, results(25, [], BOARD));
		rolesOf(() => rolesIn(BERLIN, BOARD), 25);
		await run.lms.moveTogether(moves(25, true));
		for (const { learner } of moves(25)) await run.lms.leave(learner, board);
		expect(run.company.written).toEqual([`POST ${BULK}`, `DELETE ${BULK}`]);
		const [{ body, headers }] = run.company.to(BULK).slice(1) as [Call];
		const byUser = (a: { userId: string }, b: { userId: string }) => (a.userId < b.userId ? -1 : 1);
		const sent = Array.from({ length: 25 }, (_, index) => input(index, BOARD));
		expect((body as { input: typeof sent }).input.sort(byUser)).toEqual(sent);
		expect(headers['content-type']).toMatch(/^application\/json/);
		const done = run.company.asked.indexOf(`GET ${JOINS}/results`);
		expect(run.company.asked.indexOf(`DELETE ${BULK}`)).toBeGreaterThan(done);
	});

	it('is left out for those who could not join, and for those whose last group it is', async () => {
		run.company.on('POST', BULK, accepted(JOINS)).on('DELETE', BULK, accepted(LEAVES));
		ends(JOINS, results(25, [3]));
		ends(LEAVES, results(25, [], BOARD));
		rolesOf((index) => (index === 4 ? rolesIn(BOARD) : rolesIn(BERLIN, BOARD)), 25);
		await run.lms.moveTogether(moves(25, true));
		const [sent] = run.company.bodies('DELETE', BULK) as Array<{ input: Array<{ userId: string }> }>;
		const left = new Set(sent!.input.map(({ userId }) => userId));
		expect(left.size).toBe(23);
		expect(left.has(person(3)) || left.has(person(4))).toBe(false);
		expect(run.company.asked).not.toContain(`GET /users/${person(3)}/roles`);
	});

	it('is done one by one where the joining was', async () => {
		run.company.on('POST', BULK, refusal(403, 'invalid_scope'));
		await run.lms.moveTogether(moves(25, true));
		rolesOf(() => rolesIn(BERLIN, BOARD), 1);
		run.company.on('DELETE', leavePath(0), DONE);
		await run.lms.leave(person(0), board);
		expect(bulks()).toEqual([`POST ${BULK}`]);
	});

	it('needs no joining', async () => {
		const all = moves(50, true).map((move) => ({
			...move,
			add: [],
			remove: [{ id: IT, name: 'IT' }, { name: '?' }],
		}));
		run.company.on('DELETE', BULK, accepted(LEAVES));
		ends(LEAVES, results(50, [], IT));
		rolesOf(() => rolesIn(STAFF, IT), 50);
		await run.lms.moveTogether(all);
		expect(run.company.written).toEqual([`DELETE ${BULK}`]);
	});
});
