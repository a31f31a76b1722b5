import { companyOf, startSandbox, type Sandbox } from '../../sandbox';
import { describeHarm, harmTo } from './harm';

let sandbox: Sandbox;
const known = new Map<number, Set<string>>();

beforeEach(async () => {
	sandbox = await startSandbox({ rateLimits: false, company: companyOf(30) });
	const { personio, learnUpon } = sandbox;
	const groups = new Map<string, number>();
	known.clear();
	for (const { id, email, firstName, lastName, status, department, hireDate } of personio.people.values()) {
		known.set(id, new Set([email ?? '']));
		if (status === 'inactive' || !email || !department) continue;
		const custom = { Department: department, ...(hireDate && { 'Start Date': hireDate }) };
		const user = learnUpon.addUser({ email, firstName, lastName, custom });
		const group = groups.get(department) ?? learnUpon.addGroup(department).id;
		groups.set(department, group);
		learnUpon.addMembership(group, user.id);
	}
});

afterEach(async () => await sandbox.close());

const found = () => describeHarm(harmTo(sandbox.personio.people.values(), sandbox, known));
const accountOf = (id: number) => {
	const email = sandbox.personio.people.get(id)?.email;
	return [...sandbox.learnUpon.users.values()].find((user) => user.email === email);
};

const ID = 300_003;

it('finds nothing in a portal that is as HR says', () => {
	expect(found()).toBe('as it should be');
});

it('finds the old account of somebody who was invited under a new address', () => {
	sandbox.personio.change(ID, { email: 'new.address@grossfirma.example' });
	expect(found()).toBe('1 with outdated data');
	sandbox.learnUpon.addUser({ email: 'new.address@grossfirma.example', enabled: false });
	expect(found()).toContain('1 stray accounts');
});

it('counts invitations beyond the first one, open or not', () => {
	const { learnUpon } = sandbox;
	const email = sandbox.personio.people.get(ID)?.email ?? '';
	for (const [id, status] of [
		[1, 'accepted'],
		[2, 'canceled'],
	] as const) {
		learnUpon.invites.set(id, {
			id,
			email,
			status,
			firstName: null,
			lastName: null,
			groupId: null,
			userType: 'learner',
			expiresAt: null,
			custom: {},
			createdAt: '2026-01-01T00:00:00Z',
			acceptedAt: null,
			sfContactId: null,
			sfUserId: null,
		});
	}
	expect(found()).toBe('1 second invitations');
});

it('finds somebody in the group of a former department and not in that of the present one', () => {
	sandbox.personio.change(ID, { department: 'Recht' });
	expect(found()).toBe('1 old groups, 1 without their group, 1 with outdated data');
});

it('finds who is left out, and who has access and is not to have it', () => {
	sandbox.personio.hire({ email: 'left.out@grossfirma.example', status: 'active' });
	sandbox.personio.change(ID, { status: 'inactive' });
	expect(found()).toBe('1 left out, 1 with wrong access');
});

it('finds a disabled account of somebody who works', () => {
	const account = accountOf(ID);
	expect(account).toBeDefined();
	if (account) account.enabled = false;
	expect(found()).toBe('1 with wrong access');
});
