import { learnerId } from '../../nodes/shared/item';
import type * as Clock from './clock';
import { failureOf } from './failure';
import { learnUponRun, list, NOBODY, refusal, type LearnUponRun } from './learnUpon';

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

let run: LearnUponRun;

beforeEach(() => {
	run = learnUponRun();
});

const SALES = { id: '7', name: 'Sales', own: false };
const JANES_ID = learnerId(501);
const MEMBERSHIP = { GroupMembership: { group_id: 7, user_id: 501 } };

describe('a group', () => {
	it('that is there is not made again, and the list is read once', async () => {
		run.portal.on('GET', '/groups', list('groups', [{ id: 7, title: 'Sales' }]));
		expect(await run.learnUpon.ensureGroup({ name: 'Sales' })).toEqual(SALES);
		expect(await run.learnUpon.ensureGroup({ name: 'Sales' })).toEqual(SALES);
	});

	it('that is known by its id needs no call', async () => {
		expect(await run.learnUpon.ensureGroup({ name: 'Sales', id: '7' })).toMatchObject({ id: '7' });
		expect(run.portal.calls).toEqual([]);
	});

	it('that is not there is made once, with a wrapped title and our mark', async () => {
		run.portal.on('GET', '/groups', list('groups', []));
		run.portal.on('POST', '/groups', { body: { id: 9 } });
		const made = { id: '9', name: 'Berlin', own: true };
		expect(await run.learnUpon.ensureGroup({ name: 'Berlin' })).toEqual(made);
		expect(await run.learnUpon.ensureGroup({ name: 'Berlin' })).toEqual(made);
		expect(run.portal.to('/groups')[1]!.body).toEqual({
			Group: { title: 'Berlin', description: 'Made by the Personio sync.' },
		});
	});
});

describe('a group that LearnUpon refuses', () => {
	const taken = refusal(400, 'title has already been taken');

	it('is taken as it is where another run has made it meanwhile', async () => {
		run.portal.on('GET', '/groups', list('groups', []), list('groups', [{ id: 7, title: 'sales' }]));
		run.portal.on('POST', '/groups', taken);
		expect(await run.learnUpon.ensureGroup({ name: 'Sales' })).toMatchObject({ id: '7' });
		expect(await run.learnUpon.ensureGroup({ name: 'Sales' })).toMatchObject({ id: '7' });
	});

	it('is an error with its name where there is none', async () => {
		run.portal.on('GET', '/groups', list('groups', []), list('groups', []));
		run.portal.on('POST', '/groups', taken);
		const failure = await failureOf(run.n8n, run.learnUpon.ensureGroup({ name: 'Sales' }));
		expect(failure.message).toBe('LearnUpon refused the group "Sales": title has already been taken');
	});
});

describe('a membership', () => {
	it('is made with both ids', async () => {
		run.portal.on('POST', '/group_memberships', { body: { id: 1 } });
		await run.learnUpon.join(JANES_ID, SALES);
		expect(run.portal.calls[0]!.body).toEqual(MEMBERSHIP);
	});

	it('that is there already is fine', async () => {
		run.portal.on('POST', '/group_memberships', refusal(422, 'User is already a member of this group'));
		await expect(run.learnUpon.join(JANES_ID, SALES)).resolves.toBeUndefined();
	});

	it('that LearnUpon refuses is an error with the name of the group', async () => {
		run.portal.on('POST', '/group_memberships', refusal(400, 'group is synced by SAML'));
		const failure = await failureOf(run.n8n, run.learnUpon.join(JANES_ID, SALES));
		expect(failure.message).toMatch(/membership of "Sales": group is synced by SAML/);
		expect(failure.remedy).toMatch(/^Look at the group and at the account/);
	});

	it('that is refused with an error in a 200 is an error with a remedy', async () => {
		run.portal.on('GET', '/group_memberships', { body: { response_type: 'ERROR', message: 'no such user' } });
		const failure = await failureOf(run.n8n, run.learnUpon.groupsOf(JANES_ID));
		expect(failure.message).toBe('LearnUpon refused the call: no such user');
		expect(failure.remedy).toMatch(/^Put right what it names/);
	});

	it('is ended by a DELETE that carries both ids in its body', async () => {
		run.portal.on('DELETE', '/group_memberships/0', { body: {} });
		await run.learnUpon.leave(JANES_ID, SALES);
		const [{ body, headers }] = run.portal.calls as [(typeof run.portal.calls)[0]];
		expect(body).toEqual(MEMBERSHIP);
		expect(headers['content-type']).toMatch(/^application\/json/);
	});

	it('that is gone already is fine, and a fault is asked about again', async () => {
		run.portal.on('DELETE', '/group_memberships/0', { status: 503 }, NOBODY);
		await expect(run.learnUpon.leave(JANES_ID, SALES)).resolves.toBeUndefined();
	});
});
