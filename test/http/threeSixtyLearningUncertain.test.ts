import { longWaits } from './clock';
import type * as Clock from './clock';
import { failureOf } from './failure';
import { GENERATIONS } from './n8n';
import {
	ACME,
	ACTIVE_JANE,
	DONE,
	hex,
	HOME,
	JANE,
	jane,
	JANES_ID,
	LINK,
	mapping,
	NEW_JANE,
	oneUser,
	refusal,
	rolesIn,
	STAFF,
	threeSixtyRun,
	to,
	TREE,
	user,
	type ThreeSixtyRun,
} from './threeSixtyLearning';
import type { Answer } from './vendor';

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

let run: ThreeSixtyRun;

const JANES = `/users/${JANES_ID}`;
const INVITED = user({ status: 'invited', mail: 'JANE@Example.com' });
const MADE: Answer = { status: 201, body: INVITED };
const LINKED: Answer = { status: 201, body: mapping(1, '8120') };
const posts = (path: string) => run.company.bodies('POST', path).length;

/** All that leaves open whether a call took effect. The last one never arrived, so that it is not counted. */
const UNCERTAIN: Array<[string, Answer, number]> = [
	['a fault', { status: 502, body: '<html/>' }, 1],
	['a page that is not JSON', { status: 201, body: '<html/>' }, 1],
	['a broken connection', { fault: 'ECONNRESET' }, 0],
	['no answer in time', { fault: 'ETIMEDOUT' }, 0],
];

describe.each(GENERATIONS)('on %s', (generation) => {
	beforeEach(() => {
		run = threeSixtyRun({ generation });
	});

	describe.each(UNCERTAIN)('a POST that ends with %s', (_what, answer, counted) => {
		it('is looked up, and sends no second mail where the first one went out', async () => {
			run.company
				.keeps([])
				.on('POST', '/users', answer)
				.on('GET', '/users', { body: [INVITED] });
			run.company.on('POST', '/external-ids', LINKED);
			const applied = await run.lms.invite(NEW_JANE, HOME);
			expect(applied).toEqual({ status: 'done', learnerId: JANES_ID, pending: true });
			expect(run.company.asked.filter((call) => call.startsWith('GET /users'))).toEqual([
				'GET /users?mail[eq]=jane%40example.com',
			]);
		});

		it('is looked up before it is repeated where no account was made', async () => {
			run.company.keeps([]).on('POST', '/users', answer, MADE);
			run.company.on('GET', '/users', { body: [user({ status: 'deleted' })] });
			run.company.on('PUT', `${JANES}/activate`, oneUser()).on('POST', '/external-ids', LINKED);
			expect(await run.lms.create(ACTIVE_JANE, HOME)).toEqual({ status: 'done', learnerId: JANES_ID });
			const bodies = run.company.bodies('POST', '/users');
			expect(bodies).toHaveLength(counted + 1);
			expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
		});

		it('is not repeated where the external id was kept', async () => {
			let kept: ReturnType<typeof mapping>[] = [];
			run.company.on('POST', '/external-ids', answer);
			run.company.always('GET', '/external-ids', ({ query }) => {
				const body = kept;
				if (!query.has('targetId[eq]')) kept = [mapping(1, '8120')];
				return { body };
			});
			await run.lms.update(jane, [to('link', '8120', LINK)]);
			expect(posts('/external-ids')).toBe(counted);
		});

		it('is repeated where the external id was not kept', async () => {
			run.company.keeps([]).on('POST', '/external-ids', answer, LINKED);
			await run.lms.update(jane, [to('link', '8120', LINK)]);
			expect(posts('/external-ids')).toBe(counted + 1);
		});

		it('is not repeated where the group was made', async () => {
			const berlin = { _id: hex(9), name: 'Hamburg', public: false, parentId: ACME };
			run.company.on('GET', '/groups', { body: TREE }, { body: TREE }, { body: [...TREE, berlin] });
			run.company.turns().on('POST', '/groups', answer);
			run.company.optional('GET', '/external-ids', { body: [] });
			const group = await run.lms.ensureGroup({ name: '/Acme > Hamburg' });
			expect(group).toMatchObject({ id: berlin._id });
		});

		it('is repeated where the group was not made', async () => {
			run.company.on('GET', '/groups', { body: TREE }, { body: TREE }, { body: TREE });
			run.company.turns().on('POST', '/groups', answer, { status: 201, body: { _id: hex(9) } });
			run.company.optional('GET', '/external-ids', { body: [] });
			const group = await run.lms.ensureGroup({ name: '/Acme > Hamburg' });
			expect(group).toMatchObject({ id: hex(9) });
		});
	});
});

describe('a POST that stays uncertain', () => {
	beforeEach(() => {
		run = threeSixtyRun();
	});

	it('is given up after three attempts, each of them looked up', async () => {
		const fault = refusal(503, 'later');
		run.company.keeps([]).on('POST', '/users', fault, fault, fault);
		run.company.on('GET', '/users', ...Array<Answer>(3).fill({ body: [] }));
		const failure = await failureOf(run.n8n, run.lms.invite(NEW_JANE, HOME));
		expect(failure).toMatchObject({ uncertain: true, status: 503 });
		expect(failure.message).toBe('360Learning answered HTTP 503: later');
	});

	it('is not repeated where nobody can tell whether it took effect', async () => {
		run.company.keeps([]).on('POST', '/users', { status: 500 }).on('GET', '/users', { status: 403 });
		const failure = await failureOf(run.n8n, run.lms.invite(NEW_JANE, HOME));
		expect(failure.message).toBe(
			'360Learning answered HTTP 500. Whether it took effect could not be looked up: 360Learning answered HTTP 403',
		);
		expect(failure.uncertain).toBe(true);
		expect(posts('/users')).toBe(1);
	});

	it('and is refused the second time for the account of the first is no second account', async () => {
		run.company.keeps([]).on('POST', '/users', { status: 502 }, refusal(400, 'mailAlreadyUsed'));
		run.company.on('GET', '/users', { body: [] }, { body: [INVITED] });
		expect(await run.lms.invite(NEW_JANE, HOME)).toMatchObject({ status: 'skipped', learnerId: JANES_ID });
	});

	it('is repeated without a look where it came too soon, since it was not carried out', async () => {
		run.company.keeps([]).on('POST', '/users', { status: 429 }, MADE).on('POST', '/external-ids', LINKED);
		await run.lms.invite(NEW_JANE, HOME);
		expect(longWaits()).toHaveLength(1);
	});
});

describe('an account that a look finds after an uncertain POST', () => {
	beforeEach(() => {
		run = threeSixtyRun();
		run.company.keeps([]).on('POST', '/users', { status: 502 });
		run.company.optional('POST', '/external-ids', LINKED);
		run.company.optional('PUT', `${JANES}/activate`, oneUser());
		run.company.optional('PUT', `${JANES}/custom-fields/values`, { body: [] });
	});

	it('and that is active was there before: it is left alone', async () => {
		run.company.on('GET', '/users', { body: [user()] });
		expect(await run.lms.create(ACTIVE_JANE, HOME)).toMatchObject({ status: 'skipped', learnerId: JANES_ID });
		expect(run.company.written).toEqual(['POST /users?sendInvitationEmail=false']);
	});

	it('and that was ended before is undone, as with a proper answer', async () => {
		run.company.on('GET', '/users', { body: [{ ...INVITED, deletedAt: ['2026-01-31T00:00:00.000Z'] }] });
		run.company.optional('DELETE', JANES, DONE);
		const failure = await failureOf(run.n8n, run.lms.create(ACTIVE_JANE, HOME));
		expect(failure.message).toMatch(`${JANE} was the address of an ended account`);
		expect(run.company.written.slice(1)).toEqual([`DELETE ${JANES}`]);
	});
});

describe('a membership whose POST is uncertain', () => {
	beforeEach(() => {
		run = threeSixtyRun();
	});
	const STAFFS = { id: STAFF, name: 'Staff', own: false };
	const JOIN = `/groups/${STAFF}/learner/${JANES_ID}`;

	it('is not repeated where the membership was made', async () => {
		run.company.on('POST', JOIN, { status: 502 });
		run.company.optional('GET', `${JANES}/roles`, rolesIn(STAFF));
		await run.lms.join(jane.id, STAFFS);
		expect(run.company.written).toHaveLength(1);
	});

	it('is repeated where the membership was not made', async () => {
		run.company.on('POST', JOIN, { status: 502 });
		run.company.optional('GET', `${JANES}/roles`, rolesIn());
		run.company.optional('POST', JOIN, DONE);
		await run.lms.join(jane.id, STAFFS);
		expect(run.company.written).toHaveLength(2);
	});
});
