import { ThreeSixtyLearning } from '../../nodes/LmsSync/platforms/threeSixtyLearning/threeSixtyLearning';
import { NO_OPTIONS } from '../../nodes/LmsSync/platforms/platform';
import { longWaits, waits } from './clock';
import type * as Clock from './clock';
import { failureOf } from './failure';
import {
	DONE,
	hex,
	jane,
	JANES_ID,
	rolesIn,
	STAFF,
	threeSixtyRun,
	type ThreeSixtyRun,
} from './threeSixtyLearning';
import type { Answer } from './vendor';

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

let run: ThreeSixtyRun;

beforeEach(() => {
	run = threeSixtyRun();
});

const ROLES = `/users/${JANES_ID}/roles`;
const SALES = { id: hex(7), name: 'Sales', own: false };
const JOIN = `/groups/${SALES.id}/learner/${JANES_ID}`;

/** To the second: some real time is over since a refusal, and pacing leaves a little room. */
const seconds = () => longWaits().map((ms) => Math.round(ms / 1000));

const BUSY: Answer = { status: 429, body: { error: 'tooManyRequests' } };

describe('a call that comes too soon', () => {
	it('is repeated after 1, 2 and 4 seconds, as GET', async () => {
		run.company.on('GET', ROLES, BUSY, BUSY, BUSY, rolesIn(STAFF));
		expect(await run.lms.groupsOf(jane.id)).toEqual(new Set([STAFF]));
		expect(seconds()).toEqual([1, 2, 4]);
	});

	it('is repeated after 1, 2 and 4 seconds, as POST: it was not carried out', async () => {
		run.company.on('POST', JOIN, BUSY, BUSY, BUSY, DONE);
		await run.lms.join(jane.id, SALES);
		expect(seconds()).toEqual([1, 2, 4]);
	});

	it('is repeated when 360Learning says, where it says so', async () => {
		run.company.on('GET', ROLES, { ...BUSY, headers: { 'retry-after': '7' } }, rolesIn(STAFF));
		await run.lms.groupsOf(jane.id);
		expect(seconds()).toEqual([7]);
	});

	it.each([
		['a read slows writes', 'GET'],
		['a write slows reads', 'POST'],
	])('holds all others back: %s', async (_what, method) => {
		const read = async () => await run.lms.groupsOf(jane.id);
		const write = async () => await run.lms.join(jane.id, SALES);
		const [slow, other] = method === 'GET' ? [read, write] : [write, read];
		let refusedAt = 0;
		let servedAt = 0;
		const bySlow = (): Answer => {
			if (refusedAt > 0) return method === 'GET' ? rolesIn(STAFF) : DONE;
			refusedAt = Date.now();
			return BUSY;
		};
		const byOther = (): Answer => {
			servedAt = Date.now();
			return method === 'GET' ? DONE : rolesIn(STAFF);
		};
		run.company.always('GET', ROLES, method === 'GET' ? bySlow : byOther);
		run.company.always('POST', JOIN, method === 'GET' ? byOther : bySlow);
		await slow();
		await other();
		expect(servedAt - refusedAt).toBeGreaterThan(900);
	});

	it('again and again is one error that says who is at it', async () => {
		run.company.always('GET', ROLES, () => BUSY);
		const failure = await failureOf(run.n8n, run.lms.groupsOf(jane.id));
		expect(failure.message).toBe('360Learning answered HTTP 429: tooManyRequests');
		expect(failure.remedy).toMatch(/^Other programs use up the calls/);
		expect(seconds().slice(0, 7)).toEqual([1, 2, 4, 8, 16, 32, 32]);
		expect(seconds().reduce((sum, each) => sum + each)).toBeGreaterThanOrEqual(600);
	});
});

describe('many calls', () => {
	const read = async () => await run.lms.groupsOf(jane.id);
	const write = async () => await run.lms.join(jane.id, SALES);

	/** Milliseconds from the first of so many calls in a row to the last one. */
	async function spanOf(count: number, call: () => Promise<unknown>): Promise<number> {
		await call();
		const first = Date.now();
		for (let further = 1; further < count; further++) await call();
		return Date.now() - first;
	}

	const reading = () => run.company.always('GET', ROLES, () => rolesIn(STAFF));
	const writing = () => run.company.always('POST', JOIN, () => DONE);

	it('are fifty reads a second, so that the 51st comes a second after the first', async () => {
		reading();
		const span = await spanOf(51, read);
		expect(span).toBeGreaterThanOrEqual(1000);
		expect(span).toBeLessThan(1200);
	});

	it('are ten writes a second, so that the eleventh comes a second after the first', async () => {
		writing();
		const span = await spanOf(11, write);
		expect(span).toBeGreaterThanOrEqual(1000);
		expect(span).toBeLessThan(1100);
	});

	it('that read do not slow those that write', async () => {
		reading();
		writing();
		await spanOf(50, read);
		waits.length = 0;
		await write();
		expect(waits).toEqual([]);
	});

	it('are counted together for one credential, in whatever node', async () => {
		writing();
		const second = new ThreeSixtyLearning(run.n8n.context, NO_OPTIONS);
		await write();
		expect(waits).toEqual([]);
		await second.join(jane.id, SALES);
		expect(waits).toHaveLength(1);
	});
});
