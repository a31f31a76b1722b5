import { learnerId } from '../../nodes/shared/item';
import type * as Clock from './clock';
import { failureOf } from './failure';
import {
	JANE,
	jane,
	janesAccount,
	learnUponRun,
	list,
	LINK,
	NEW_JANE,
	NOBODY,
	oneUser,
	refusal,
	to,
	type LearnUponRun,
} from './learnUpon';

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

let run: LearnUponRun;

beforeEach(() => {
	run = learnUponRun();
});

const TAKEN = { body: { id: 501 } };
const bodies = (path: string) => run.portal.to(path).flatMap(({ body }) => (body === '' ? [] : [body]));
const SOMEBODY_ELSE = { body: { user: [janesAccount({ id: 9, email: 'other@example.com' })] } };
const IN_ANOTHER_PORTAL = refusal(400, 'user already exists, you can try to invite them to this portal?');

const NO_INVITES = list('group_invite', []);

describe('a new account', () => {
	it('is created with wrapped fields, custom data by label, and a random password to be changed', async () => {
		run.portal.on('POST', '/users', { body: { id: 77 } }, { body: { id: 78 } });
		expect(await run.learnUpon.create(NEW_JANE)).toEqual({ status: 'done', learnerId: '77' });
		await run.learnUpon.create(NEW_JANE);

		const [first, second] = bodies('/users') as Array<{ User: Record<string, unknown> }>;
		expect(first).toEqual({
			User: {
				email: JANE,
				first_name: 'Jane',
				last_name: 'Doe',
				account_expires: '2027-06-30',
				CustomData: { [LINK]: '8120', 'Job Title': 'Engineer' },
				password: expect.stringMatching(/^.{20,}$/),
				change_password_on_first_login: true,
			},
		});
		expect(first!.User.password).not.toBe(second!.User.password);
		expect(run.portal.calls[0]!.headers['content-type']).toMatch(/^application\/json/);
	});

	it('that is there already is left as it is', async () => {
		run.portal.on('POST', '/users', refusal(422, 'Email already in use'));
		run.portal.on('GET', '/users/search', oneUser({ email: 'JANE@Example.com' }));
		const applied = await run.learnUpon.create(NEW_JANE);
		expect(applied).toMatchObject({ status: 'skipped', learnerId: '501' });
		expect(run.portal.to('/users/search')[0]!.query.get('email')).toBe(JANE);
	});

	it.each([
		['finds nobody', NOBODY],
		['gives everybody instead', SOMEBODY_ELSE],
	])('of somebody in another portal becomes an invitation, where a search %s', async (_what, found) => {
		run.portal
			.on('GET', '/group_invites', NO_INVITES)
			.on('POST', '/users', IN_ANOTHER_PORTAL)
			.on('GET', '/users/search', found, found);
		run.portal.on('POST', '/portal_invite', { body: { portal_invite: { id: 3, email: JANE } } });
		expect(await run.learnUpon.create(NEW_JANE)).toEqual({
			status: 'done',
			learnerId: 'invitation-3',
			pending: true,
			message: expect.stringMatching(/another portal.*an invitation was sent/),
		});
	});

	it('of somebody in another portal who was invited before does not claim to have sent one', async () => {
		run.portal
			.on('GET', '/group_invites', NO_INVITES)
			.on('POST', '/users', IN_ANOTHER_PORTAL)
			.on('GET', '/users/search', NOBODY, NOBODY);
		run.portal.on('POST', '/portal_invite', refusal(422, 'duplicate invite'));
		const applied = await run.learnUpon.create(NEW_JANE);
		expect(applied).toMatchObject({ status: 'skipped', pending: true });
		expect(applied.message).not.toMatch(/was sent/);
	});

	it('that LearnUpon refuses is an error that names the person and the reason', async () => {
		run.portal.on('POST', '/users', refusal(400, 'first_name is too long'));
		const failure = await failureOf(run.n8n, run.learnUpon.create(NEW_JANE));
		expect(failure.message).toBe('LearnUpon refused jane@example.com: first_name is too long');
		expect(failure.uncertain).toBe(false);
	});
});

describe('an invitation', () => {
	it('is sent with names, custom data, expiry, group and role', async () => {
		run.portal.on('GET', '/group_invites', NO_INVITES).on('GET', '/users/search', NOBODY);
		run.portal.on('POST', '/portal_invite', { body: { portal_invite: { id: 12, email: JANE } } });
		const applied = await run.learnUpon.invite(NEW_JANE, { name: 'Sales', id: '7' });
		expect(applied).toEqual({ status: 'done', learnerId: 'invitation-12' });
		expect(bodies('/portal_invite')).toEqual([
			{
				Invite: {
					email: JANE,
					first_name: 'Jane',
					last_name: 'Doe',
					expires_at: '2027-06-30',
					group_id: 7,
					CustomData: { [LINK]: '8120', 'Job Title': 'Engineer' },
					portal_membership_type_id: 1,
				},
			},
		]);
	});

	it('is not sent to somebody who has an account', async () => {
		run.portal.on('GET', '/group_invites', NO_INVITES).on('GET', '/users/search', oneUser());
		expect(await run.learnUpon.invite(NEW_JANE)).toMatchObject({ status: 'skipped', learnerId: '501' });
	});

	it.each(['duplicate invite', 'User has already been invited'])(
		'is not sent twice, where LearnUpon says "%s"',
		async (words) => {
			run.portal
				.on('GET', '/group_invites', NO_INVITES)
				.on('GET', '/users/search', NOBODY)
				.on('POST', '/portal_invite', refusal(422, words));
			expect(await run.learnUpon.invite(NEW_JANE)).toMatchObject({ status: 'skipped' });
		},
	);

	it('to a new address cancels the one before, first', async () => {
		run.portal.on('GET', '/group_invites', NO_INVITES).on('GET', '/users/search', NOBODY);
		run.portal.on('DELETE', '/group_invites/12', { body: {} }).on('GET', '/group_invites/12', NOBODY);
		run.portal.on('POST', '/portal_invite', { body: { portal_invite: { id: 13 } } });
		await run.learnUpon.invite(NEW_JANE, undefined, { ...jane, id: learnerId('invitation-12') });
		expect(run.portal.asked.slice(2)).toEqual([
			'DELETE /group_invites/12',
			'GET /group_invites/12',
			'POST /portal_invite',
		]);
	});

	it('is not sent to somebody who has declined one since', async () => {
		const declined = { id: 4, invite_email_address: JANE.toUpperCase(), invite_status: 'rejected' };
		run.portal.on('GET', '/group_invites', list('group_invite', [declined]));
		const failure = await failureOf(run.n8n, run.learnUpon.invite(NEW_JANE));
		expect(failure.message).toBe(`${JANE} has declined an invitation since this was decided.`);
		expect(failure.remedy).toMatch(/do so in LearnUpon/);
		expect(bodies('/portal_invite')).toEqual([]);
	});

	it('is not sent to somebody whose invitation is open, though the plan did not know', async () => {
		const open = { id: 9, invite_email_address: JANE.toUpperCase(), invite_status: 'sent' };
		run.portal.on('GET', '/group_invites', list('group_invite', [open]));
		expect(await run.learnUpon.invite(NEW_JANE)).toMatchObject({ status: 'skipped' });
	});

	it('that stays open after its cancellation is an error, not a success', async () => {
		const pending = { ...jane, id: learnerId('invitation-12'), status: 'pending' as const };
		run.portal.on('DELETE', '/group_invites/12', { body: {} });
		run.portal.on('GET', '/group_invites/12', {
			body: { group_invite: [{ id: 12, invite_status: 'sent' }] },
		});
		const failure = await failureOf(run.n8n, run.learnUpon.deactivate(pending));
		expect(failure.message).toMatch(/did not take its cancellation/);
	});

	it('of a leaver is cancelled, also where it is gone already', async () => {
		const pending = { ...jane, id: learnerId('invitation-12'), status: 'pending' as const };
		const canceled = { body: { group_invite: [{ id: 12, invite_status: 'canceled' }] } };
		run.portal.on('DELETE', '/group_invites/12', { body: {} }, NOBODY);
		run.portal.on('GET', '/group_invites/12', canceled, NOBODY);
		expect(await run.learnUpon.deactivate(pending)).toMatchObject({ status: 'done' });
		expect(await run.learnUpon.deactivate(pending)).toMatchObject({ status: 'done' });
		expect(run.portal.calls[0]!.headers).not.toHaveProperty('content-type');
	});
});

describe('a change', () => {
	it('writes only what changes, and leaves the password alone', async () => {
		run.portal.on('PUT', '/users/501', TAKEN);
		await run.learnUpon.update(jane, [to('lastName', 'Roe'), to('custom.Job Title', null, 'Job Title')]);
		expect(bodies('/users/501')).toEqual([{ User: { last_name: 'Roe', CustomData: { 'Job Title': '' } } }]);
	});

	it('of the address and the expiry is read back', async () => {
		run.portal.on('PUT', '/users/501', TAKEN);
		run.portal.on('GET', '/users/501', oneUser({ email: 'ROE@example.com', account_expires: '2027-01-31' }));
		const changes = [to('email', 'roe@example.com'), to('accessEnds', '2027-01-31')];
		expect(await run.learnUpon.update(jane, changes)).toEqual({ status: 'done', learnerId: '501' });
	});

	it.each([
		['the address', [to('email', 'roe@example.com')], /did not take the address roe@example.com/],
		['the expiry', [to('accessEnds', '2027-01-31')], /did not take the expiry 2027-01-31/],
	])('of %s that LearnUpon accepts and does not take is an error', async (_what, changes, sentence) => {
		run.portal.on('PUT', '/users/501', TAKEN).on('GET', '/users/501', oneUser());
		const failure = await failureOf(run.n8n, run.learnUpon.update(jane, changes));
		expect(failure.message).toMatch(sentence);
	});

	it.each([
		{ response_type: 'ERROR', message: 'internal error, please try again' },
		{ message: 'internal error, please try again' },
	])('answered with HTTP 200 and an error body is an error: %j', async (body) => {
		run.portal.on('PUT', '/users/501', { body });
		const failure = await failureOf(run.n8n, run.learnUpon.update(jane, [to('lastName', 'Roe')]));
		expect(failure.message).toMatch(/internal error/);
	});

	it('that LearnUpon refuses names the person', async () => {
		run.portal.on('PUT', '/users/501', refusal(422, 'Job Title is not in the list'));
		const failure = await failureOf(run.n8n, run.learnUpon.update(jane, [to('lastName', 'Roe')]));
		expect(failure.message).toBe('LearnUpon refused jane@example.com: Job Title is not in the list');
	});

	it('is not believed of an account that is not the one asked for', async () => {
		run.portal.on('PUT', '/users/501', TAKEN).on('GET', '/users/501', SOMEBODY_ELSE);
		const failure = await failureOf(run.n8n, run.learnUpon.update(jane, [to('email', 'other@example.com')]));
		expect(failure.message).toMatch(/unexpected form/);
	});

	it('that meets a fault is repeated, for it does the same twice', async () => {
		run.portal.on('PUT', '/users/501', { status: 502 }, { fault: 'ECONNRESET' }, TAKEN);
		await run.learnUpon.update(jane, [to('lastName', 'Roe')]);
		expect(bodies('/users/501')).toHaveLength(2);
	});

	it('of an address makes way for a colleague at one that nobody uses', async () => {
		run.portal.on('PUT', '/users/501', TAKEN);
		await run.learnUpon.setAside(jane);
		expect(bodies('/users/501')).toEqual([{ User: { email: expect.stringMatching(/501@.*\.invalid$/) } }]);
	});
});

describe('ending access', () => {
	it('disables the account and reads it back', async () => {
		run.portal.on('PUT', '/users/501', TAKEN).on('GET', '/users/501', oneUser(), oneUser({ enabled: false }));
		expect(await run.learnUpon.deactivate(jane)).toEqual({ status: 'done', learnerId: '501' });
		expect(bodies('/users/501')).toEqual([{ User: { enabled: false } }]);
	});

	it('of an account that is disabled already writes nothing', async () => {
		run.portal.on('GET', '/users/501', oneUser({ enabled: false }));
		expect(await run.learnUpon.deactivate(jane)).toMatchObject({ status: 'skipped' });
	});

	it('writes text where LearnUpon does not take the boolean', async () => {
		run.portal.on('PUT', '/users/501', TAKEN, TAKEN);
		run.portal.on('GET', '/users/501', oneUser(), oneUser(), oneUser({ enabled: 'false' }));
		await run.learnUpon.deactivate(jane);
		expect(bodies('/users/501')).toEqual([{ User: { enabled: false } }, { User: { enabled: 'false' } }]);
	});

	it('that takes no effect in either form is an error, not a success', async () => {
		run.portal.on('PUT', '/users/501', TAKEN, TAKEN).on('GET', '/users/501', oneUser(), oneUser(), oneUser());
		const failure = await failureOf(run.n8n, run.learnUpon.deactivate(jane));
		expect(failure.message).toMatch(/jane@example.com but did not take "enabled"/);
	});

	it('of an account that is gone is an error', async () => {
		run.portal.on('GET', '/users/501', NOBODY);
		const failure = await failureOf(run.n8n, run.learnUpon.deactivate(jane));
		expect(failure.message).toMatch(/no user found/);
	});
});

describe('a rehire', () => {
	const back = [to('status', 'active'), to('accessEnds', null)];

	it('has the expiry cleared before the account is enabled', async () => {
		run.portal.on('PUT', '/users/501', TAKEN, TAKEN);
		run.portal.on('GET', '/users/501', oneUser({ enabled: false }), oneUser());
		await run.learnUpon.update(jane, back);
		expect(bodies('/users/501')).toEqual([{ User: { account_expires: null } }, { User: { enabled: true } }]);
	});

	it('has the expiry cleared in the form that LearnUpon takes, or set to a day that never comes', async () => {
		const expiring = oneUser({ account_expires: '2026-01-31' });
		const never = oneUser({ account_expires: '2999-12-30' });
		run.portal.on('PUT', '/users/501', refusal(400, 'is not a date'), TAKEN, TAKEN);
		run.portal.on('GET', '/users/501', expiring, never);
		await run.learnUpon.update(jane, [to('accessEnds', null)]);
		const tried = (bodies('/users/501') as Array<{ User: { account_expires: unknown } }>).map(
			({ User }) => User.account_expires,
		);
		expect(tried).toEqual([null, '', '2999-12-30']);
	});

	it('whose expiry cannot be cleared is an error with the last reason', async () => {
		const no = refusal(400, 'is not a date');
		run.portal.on('PUT', '/users/501', no, no, no);
		const failure = await failureOf(run.n8n, run.learnUpon.update(jane, back));
		expect(failure.message).toBe('LearnUpon refused jane@example.com: is not a date');
	});

	it.each([
		['the keys are refused', { status: 403, body: { error: 'API access is disabled' } }, 1],
		['a page comes that is not JSON', { body: 'Please sign in.' }, 4],
	])(
		'whose expiry is not refused for its form gets no day that never comes: %s',
		async (_, answer, calls) => {
			run.portal.on('PUT', '/users/501', ...Array<typeof answer>(calls).fill(answer));
			await failureOf(run.n8n, run.learnUpon.update(jane, back));
			expect(bodies('/users/501')).toEqual(Array(calls).fill({ User: { account_expires: null } }));
		},
	);
});
