import { learnerId } from '../../nodes/shared/item';
import { waits } from './clock';
import type * as Clock from './clock';
import { failureOf } from './failure';
import { JANE, learnUponRun, list, NEW_JANE, NOBODY, oneUser, refusal, type LearnUponRun } from './learnUpon';
import type { Answer } from './vendor';

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

let run: LearnUponRun;

beforeEach(() => {
	run = learnUponRun();
});

const posts = () => run.portal.asked.filter((call) => call.startsWith('POST')).length;
const SALES = { id: '7', name: 'Sales', own: false };
const INVITED = { body: { portal_invite: { id: 13 } } };
const invites = (...addresses: string[]) =>
	list(
		'group_invite',
		addresses.map((invite_email_address, index) => ({
			id: 12 + index,
			invite_email_address,
			invite_status: 'sent',
		})),
	);

/** All that leaves open whether a call took effect. */
const UNCERTAIN: Array<[string, Answer]> = [
	['a fault', refusal(502, 'bad gateway')],
	['a broken connection', { fault: 'ECONNRESET' }],
	['no answer in time', { fault: 'ETIMEDOUT' }],
	['a page that is not JSON', { body: '<html/>' }],
];

describe.each(UNCERTAIN)('a POST that ends with %s', (_what, answer) => {
	it('is not repeated where the invitation went out', async () => {
		run.portal.on('GET', '/users/search', NOBODY).on('POST', '/portal_invite', answer);
		run.portal.on('GET', '/group_invites', invites(), invites(JANE.toUpperCase()));
		expect(await run.learnUpon.invite(NEW_JANE)).toEqual({ status: 'done', learnerId: 'invitation-12' });
	});

	it('is repeated where no invitation went out', async () => {
		run.portal.on('GET', '/users/search', NOBODY).on('POST', '/portal_invite', answer, INVITED);
		run.portal.on('GET', '/group_invites', invites('other@example.com'), invites('other@example.com'));
		expect(await run.learnUpon.invite(NEW_JANE)).toEqual({ status: 'done', learnerId: 'invitation-13' });
	});

	it('is not repeated where the account was created', async () => {
		run.portal.on('POST', '/users', answer).on('GET', '/users/search', oneUser());
		expect(await run.learnUpon.create(NEW_JANE)).toEqual({ status: 'done', learnerId: '501' });
	});

	it('is repeated where no account was created', async () => {
		run.portal.on('POST', '/users', answer, { body: { id: 77 } }).on('GET', '/users/search', NOBODY);
		expect(await run.learnUpon.create(NEW_JANE)).toEqual({ status: 'done', learnerId: '77' });
	});

	it('is not repeated where the membership was made', async () => {
		run.portal.on('POST', '/group_memberships', answer);
		run.portal.on('GET', '/group_memberships', list('group', [{ id: 7, title: 'Sales' }]));
		await run.learnUpon.join(learnerId(501), SALES);
		expect(run.portal.calls.at(-1)!.query.get('user_id')).toBe('501');
	});

	it('is repeated where the membership was not made', async () => {
		run.portal.on('POST', '/group_memberships', answer, { body: { id: 1 } });
		run.portal.on('GET', '/group_memberships', list('group', [{ id: 8, title: 'Berlin' }]));
		await run.learnUpon.join(learnerId(501), SALES);
	});

	it('is not repeated where the group was made', async () => {
		run.portal.on('GET', '/groups', list('groups', []), list('groups', [{ id: 9, title: 'Berlin' }]));
		run.portal.on('POST', '/groups', answer);
		expect(await run.learnUpon.ensureGroup({ name: 'Berlin' })).toEqual({
			id: '9',
			name: 'Berlin',
			own: true,
		});
	});

	it('is repeated where the group was not made', async () => {
		run.portal.on('GET', '/groups', list('groups', []), list('groups', []));
		run.portal.on('POST', '/groups', answer, { body: { id: 9 } });
		expect(await run.learnUpon.ensureGroup({ name: 'Berlin' })).toMatchObject({ id: '9' });
	});
});

describe('a POST that stays uncertain', () => {
	it('is given up after three attempts, each of them looked up', async () => {
		const fault = refusal(503, 'try later');
		run.portal.on('POST', '/users', fault, fault, fault);
		run.portal.on('GET', '/users/search', NOBODY, NOBODY, NOBODY);
		const failure = await failureOf(run.n8n, run.learnUpon.create(NEW_JANE));
		expect(failure).toMatchObject({ uncertain: true, status: 503 });
		expect(failure.message).toBe('LearnUpon answered HTTP 503: try later');
	});

	it('is not repeated where nobody can tell whether it took effect', async () => {
		run.portal.on('POST', '/users', refusal(503, 'try later'));
		run.portal.on('GET', '/users/search', refusal(403, 'no access'));
		const failure = await failureOf(run.n8n, run.learnUpon.create(NEW_JANE));
		expect(failure.message).toMatch(/HTTP 403/);
		expect(posts()).toBe(1);
	});
});

describe('a call that was refused with 429', () => {
	it('is repeated after the time that LearnUpon asks for, as POST too', async () => {
		run.portal.on('POST', '/users', { ...refusal(429, 'slow down'), headers: { 'retry-after': '2' } });
		run.portal.on('POST', '/users', { body: { id: 77 } });
		expect(await run.learnUpon.create(NEW_JANE)).toMatchObject({ learnerId: '77' });
		expect(waits).toHaveLength(1);
		expect(waits[0]).toBeGreaterThan(1900);
		expect(waits[0]).toBeLessThanOrEqual(2000);
	});

	it('waits for the next minute where LearnUpon does not say how long', async () => {
		run.portal.on('POST', '/users', refusal(429, 'slow down'), { body: { id: 77 } });
		await run.learnUpon.create(NEW_JANE);
		const over = Date.now() % 60_000;
		expect(waits).toHaveLength(1);
		expect(over).toBeLessThan(5000);
	});

	it('that does not end is one error', async () => {
		run.portal.always('GET', '/api/v1/groups', () => refusal(429, 'slow down'));
		const failure = await failureOf(run.n8n, run.learnUpon.groups());
		expect(failure.message).toBe('LearnUpon answered HTTP 429: slow down');
	});
});

describe('the last calls of a minute', () => {
	const left = (calls: number): Answer => ({
		...list('groups', []),
		headers: { 'lu-has-next-page': 'false', 'x-lu-rate-limit-remaining-minute': String(calls) },
	});

	it('are left to others: the next call waits for the next minute', async () => {
		run.portal.on('GET', '/groups', left(2), left(299));
		await run.learnUpon.groups();
		expect(waits).toEqual([]);
		await run.learnUpon.groups();
		expect(waits).toHaveLength(1);
		expect(Date.now() % 60_000).toBeLessThan(5000);
	});

	it('are not waited for by whoever has left just these, as the learnt limit does', async () => {
		run.portal.on('GET', '/groups', left(5), left(4), left(299));
		await run.learnUpon.groups();
		await run.learnUpon.groups();
		expect(waits).toEqual([]);
		await run.learnUpon.groups();
		expect(waits).toHaveLength(1);
	});

	it('are not saved while there are enough', async () => {
		run.portal.on('GET', '/groups', left(299), left(6));
		await run.learnUpon.groups();
		await run.learnUpon.groups();
		expect(waits).toEqual([]);
	});
});

describe('the limit of a portal', () => {
	it('is learnt from its first answer, and kept in any minute', async () => {
		let calls = 0;
		const answer = (): Answer => ({
			...list('groups', []),
			headers: {
				'lu-has-next-page': 'false',
				'x-lu-rate-limit-remaining-minute': String(Math.max(20 - ++calls, 10)),
			},
		});
		run.portal.always('GET', '/api/v1/groups', answer);
		for (let count = 0; count < 15; count++) await run.learnUpon.groups();
		expect(waits).toEqual([]);
		await run.learnUpon.groups();
		expect(waits).toHaveLength(1);
		expect(waits[0]).toBeGreaterThan(50_000);
	});
});
