import { learnerId, type Learner } from '../../nodes/shared/item';
import type * as Clock from './clock';
import { failureOf } from './failure';
import {
	DEFINITIONS,
	JANE,
	jane,
	janesAccount,
	learnUponRun,
	LINK,
	NOBODY,
	oneUser,
	refusal,
	to,
	type LearnUponRun,
} from './learnUpon';

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

let run: LearnUponRun;

// As the steps open it, which know nothing of the options of a plan.
beforeEach(() => {
	run = learnUponRun({ linkField: '', needsLink: false });
});

const look = async (learner: Learner = jane) => await run.learnUpon.look(learner, LINK);
const pending: Learner = { ...jane, id: learnerId('invitation-12'), status: 'pending' };
const VALUES = [
	{ definition_id: 31, value: '8120' },
	{ definition_id: 32, value: 'Engineer' },
];
const withDefinitions = (changes: object = {}) => ({
	body: { customDataFieldDefintions: DEFINITIONS, user: [janesAccount(changes)] },
});
const invitation = (changes: object = {}) => ({
	body: {
		customDataFieldDefinitions: DEFINITIONS,
		group_invite: [
			{
				id: 12,
				invite_email_address: JANE,
				first_name: 'Jane',
				invite_status: 'sent',
				expires_at: '2027-06-30T00:00:00Z',
				customDataFieldValues: VALUES,
				...changes,
			},
		],
	},
});

describe('a look at an account', () => {
	it('finds it as it was, by one call', async () => {
		run.portal.on('GET', '/users/501', withDefinitions({ customDataFieldValues: VALUES }));
		expect(await look()).toEqual({
			...jane,
			link: '8120',
			custom: { [LINK]: '8120', 'Job Title': 'Engineer' },
		});
		expect(run.portal.calls).toHaveLength(1);
	});

	it('finds another address, expiry, and link', async () => {
		const account = { email: 'roe@example.com', account_expires: '2027-01-31', last_name: 'Roe' };
		run.portal.on('GET', '/users/501', withDefinitions({ ...account, CustomData: { personio_id: '77' } }));
		expect(await look()).toMatchObject({
			email: 'roe@example.com',
			lastName: 'Roe',
			accessEnds: '2027-01-31',
			link: '77',
		});
	});

	it('finds it disabled', async () => {
		run.portal.on('GET', '/users/501', withDefinitions({ enabled: false }));
		expect(await look()).toMatchObject({ status: 'inactive', link: null });
	});

	it('finds it gone', async () => {
		run.portal.on('GET', '/users/501', NOBODY);
		expect(await look()).toBeUndefined();
	});

	it('asks for the fields once where the answer does not carry them', async () => {
		run.portal.on('GET', '/users/501', oneUser({ customDataFieldValues: VALUES }), oneUser());
		run.portal.on('GET', '/users/customuserdata', { body: { customDataFieldDefinitions: DEFINITIONS } });
		expect(await look()).toMatchObject({ link: '8120' });
		expect(await look()).toMatchObject({ link: null });
	});

	it('has no link where none is kept', async () => {
		run.portal.on('GET', '/users/501', withDefinitions({ customDataFieldValues: VALUES }));
		expect(await run.learnUpon.look(jane, '')).toMatchObject({ link: null });
	});

	it.each([
		['somebody else', { body: { user: [janesAccount({ id: 9 })] } }],
		['nobody', { body: { user: [] } }],
		['a page that is not there', { status: 404, body: '<html/>' }],
	])('does not take %s for an answer', async (_what, answer) => {
		run.portal.on('GET', '/users/501', answer);
		const failure = await failureOf(run.n8n, look());
		expect(failure.message).toMatch(/unexpected form/);
	});

	it('that is refused is an error', async () => {
		run.portal.on('GET', '/users/501', refusal(400, 'no'));
		await expect(failureOf(run.n8n, look())).resolves.toMatchObject({ status: 400 });
	});
});

describe('a look at an invitation', () => {
	it('finds it open, by one call', async () => {
		run.portal.on('GET', '/group_invites/12', invitation());
		expect(await look(pending)).toEqual({
			id: 'invitation-12',
			email: JANE,
			firstName: 'Jane',
			lastName: null,
			status: 'pending',
			link: '8120',
			accessEnds: '2027-06-30',
			custom: { [LINK]: '8120', 'Job Title': 'Engineer' },
		});
		expect(run.portal.calls).toHaveLength(1);
	});

	it('finds it also where it comes alone and in no list', async () => {
		const [alone] = invitation().body.group_invite;
		run.portal.on('GET', '/group_invites/12', { body: { ...invitation().body, group_invite: alone } });
		expect(await look(pending)).toMatchObject({ id: 'invitation-12', link: '8120' });
	});

	it.each(['canceled', 'rejected'])('finds it %s, which is as good as gone', async (invite_status) => {
		run.portal.on('GET', '/group_invites/12', invitation({ invite_status }));
		expect(await look(pending)).toBeUndefined();
	});

	it('finds it gone', async () => {
		run.portal.on('GET', '/group_invites/12', NOBODY);
		expect(await look(pending)).toBeUndefined();
	});

	it('finds the account of somebody who has accepted it', async () => {
		run.portal.on('GET', '/group_invites/12', invitation({ invite_status: 'accepted' }));
		run.portal.on('GET', '/users/search', withDefinitions({ customDataFieldValues: VALUES }));
		run.portal.optional('GET', '/users/customuserdata', {
			body: { customDataFieldDefinitions: DEFINITIONS },
		});
		expect(await look(pending)).toMatchObject({ id: '501', status: 'active', link: '8120' });
	});

	it('finds nobody where the account of somebody who has accepted it has another address', async () => {
		run.portal.on('GET', '/group_invites/12', invitation({ invite_status: 'accepted' }));
		run.portal.on('GET', '/users/search', NOBODY);
		expect(await look(pending)).toBeUndefined();
	});

	it('does not take another one for an answer', async () => {
		run.portal.on('GET', '/group_invites/12', invitation({ id: 13 }));
		const failure = await failureOf(run.n8n, look(pending));
		expect(failure.message).toMatch(/unexpected form/);
	});
});

describe('a change', () => {
	it('that takes the link off empties its field', async () => {
		run.portal.on('PUT', '/users/501', { body: { id: 501 } });
		const changes = [{ ...to('link', null, LINK), from: '8120' }];
		expect(await run.learnUpon.update(jane, changes)).toEqual({ status: 'done', learnerId: '501' });
		expect(run.portal.calls.map(({ body }) => body)).toEqual([{ User: { CustomData: { [LINK]: '' } } }]);
	});

	// The number of an invitation is that of another person's account.
	it('of an invitation is refused before anything is written', async () => {
		run.portal.optional('PUT', '/users/12', { body: { id: 12 } });
		const failure = await failureOf(run.n8n, run.learnUpon.update(pending, [to('lastName', 'Roe')]));
		expect(failure.message).toBe(
			'jane@example.com has not accepted the invitation, which cannot be changed.',
		);
		expect(run.portal.calls).toEqual([]);
	});
});
