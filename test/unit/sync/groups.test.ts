import type { Employee, Learner } from '../../../nodes/shared/item';
import { GroupDirectory } from '../../../nodes/LmsSync/sync/groupDirectory';
import { groupChanges, managedGroups } from '../../../nodes/LmsSync/sync/groups';
import type { Group } from '../../../nodes/LmsSync/sync/lmsState';
import { accountOf, aGroup, anEmployee, joins, someSettings, without, type SettingsOver } from './builders';

const anna = anEmployee(1, { office: 'London', department: 'IT', employmentType: 'intern' });
const byLevels = { groupLevels: ['office', 'department'] };
const byRule = { groupRules: [joins('office', 'London', 'Londoners')] };
const portal = (...names: string[]) => names.map((name) => aGroup(name));

function moves(
	employee: Employee,
	inGroups: string[] | undefined,
	groups: Group[],
	over: SettingsOver,
	colleagues: Employee[] = [],
) {
	const settings = someSettings(over);
	const learner: Learner = { ...accountOf(employee), ...(inGroups && { groups: inGroups }) };
	const managed = managedGroups([employee, ...colleagues], { groups }, settings);
	const directory = new GroupDirectory({ groups }, managed);
	const { add, remove, notes } = groupChanges(employee, learner, directory, settings);
	return { add: add.map(({ name }) => name), remove: remove.map(({ name }) => name), notes };
}

describe('groups by rules', () => {
	const groups = portal('Londoners', 'Yoga');

	it('are joined by those to whom the rule applies', () => {
		expect(moves(anna, [], groups, byRule)).toEqual({ add: ['Londoners'], remove: [], notes: [] });
	});

	it('are not joined twice, nor under another spelling', () => {
		expect(moves(anna, ['londoners '], groups, byRule)).toEqual({ add: [], remove: [], notes: [] });
	});

	it('are left by those to whom it does not apply any more', () => {
		const moved = anEmployee(1, { office: 'Berlin' });
		expect(moves(moved, ['Londoners', 'Yoga'], groups, byRule)).toEqual({
			add: [],
			remove: ['Londoners'],
			notes: [],
		});
	});

	it('are kept while one of several rules applies', () => {
		const rules = [joins('office', 'Berlin', 'Londoners'), joins('department', 'IT', 'Londoners')];
		expect(moves(anna, ['Londoners'], groups, { groupRules: rules })).toMatchObject({ add: [], remove: [] });
	});

	it('are joined once by somebody to whom two rules apply', () => {
		const rules = [joins('office', 'London', 'Londoners'), joins('department', 'IT', 'londoners')];
		expect(moves(anna, [], groups, { groupRules: rules }).add).toEqual(['Londoners']);
	});

	it('are neither joined nor left while the attribute is unknown', () => {
		const unread = without(anna, 'office');
		expect(moves(unread, ['Londoners'], groups, byRule)).toMatchObject({ add: [], remove: [] });
		expect(moves(unread, [], groups, byRule)).toMatchObject({ add: [], remove: [] });
	});

	it('are kept while one of two rules does not apply and the other is undecided', () => {
		const rules = [joins('office', 'London', 'Londoners'), joins('department', 'HR', 'Londoners')];
		const unread = without(anna, 'office');
		expect(moves(unread, ['Londoners'], groups, { groupRules: rules })).toMatchObject({ remove: [] });
	});
});

describe('groups by levels', () => {
	it('are those of the whole path', () => {
		const groups = portal('London', 'London > IT', 'Berlin > IT');
		expect(moves(anna, [], groups, byLevels)).toEqual({ add: ['London > IT'], remove: [], notes: [] });
	});

	it('are those of a shorter path where a level is empty', () => {
		const groups = portal('London', 'London > IT');
		const manager = anEmployee(1, { office: 'London', department: null });
		expect(moves(manager, ['London > IT'], groups, byLevels, [anna])).toMatchObject({
			add: ['London'],
			remove: ['London > IT'],
		});
	});

	it('are none where the first level is empty', () => {
		const remote = anEmployee(1, { office: '', department: 'IT' });
		const groups = portal('London > IT', 'IT');
		expect(moves(remote, ['London > IT'], groups, byLevels, [anna])).toEqual({
			add: [],
			remove: ['London > IT'],
			notes: [],
		});
	});

	it('change with the person: the new one is joined, the old one left', () => {
		const moved = { ...anna, office: 'Berlin' };
		const groups = portal('London > IT', 'Berlin > IT');
		expect(moves(moved, ['London > IT'], groups, byLevels, [anna])).toMatchObject({
			add: ['Berlin > IT'],
			remove: ['London > IT'],
		});
	});

	it.each(['office', 'department'] as const)('are undecided while the %s is unknown', (field) => {
		const groups = portal('London', 'London > IT');
		const unread = without(anna, field);
		expect(moves(unread, ['London > IT'], groups, byLevels, [anna])).toEqual({
			add: [],
			remove: [],
			notes: [],
		});
	});

	it('are kept while a level is unknown, also where a rule that does not apply names the group', () => {
		const settings = { groupLevels: ['office'], groupRules: [joins('department', 'HR', 'London')] };
		const unread = without(anna, 'office');
		expect(moves(unread, ['London'], portal('London'), settings, [anna]).remove).toEqual([]);
	});

	it('do not keep rules from being carried out while a level is unknown', () => {
		const settings = { groupLevels: ['office'], groupRules: [joins('department', 'IT', 'Techies')] };
		const unread = without(anna, 'office');
		expect(moves(unread, [], portal('Techies', 'London'), settings, [anna]).add).toEqual(['Techies']);
	});
});

describe('a missing group', () => {
	it('is to be created if that is allowed', () => {
		const { add, notes } = groupChanges(
			anna,
			undefined,
			new GroupDirectory({ groups: portal('London') }, []),
			someSettings({ ...byLevels, createMissingGroups: true }),
		);
		expect(add).toEqual([{ name: 'London > IT' }]);
		expect(notes).toEqual([]);
	});

	it('is replaced by the nearest group above it, and a note says so', () => {
		expect(moves(anna, [], portal('London'), byLevels)).toEqual({
			add: ['London'],
			remove: [],
			notes: [expect.stringMatching(/"London > IT".*First1 Last1.*"London"/)],
		});
	});

	it('is not joined where there is none above it, and a note says what to do', () => {
		const { add, notes } = moves(anna, [], portal('Paris'), byLevels);
		expect(add).toEqual([]);
		expect(notes).toEqual([expect.stringContaining('"London > IT"')]);
	});

	it('of a rule has none above it', () => {
		expect(moves(anna, [], portal('London'), byRule)).toMatchObject({
			add: [],
			notes: [expect.stringContaining('"Londoners"')],
		});
	});

	it('sends people on from the group above it, once it exists', () => {
		const groups = portal('London', 'London > IT');
		expect(moves(anna, ['London'], groups, byLevels)).toMatchObject({
			add: ['London > IT'],
			remove: ['London'],
		});
	});
});

describe('a group that the mapping cannot name', () => {
	it('is left alone, whoever is in it', () => {
		const groups = portal('London > IT', 'Yoga', 'Board');
		expect(moves(anna, ['Yoga', 'Board', 'London > IT'], groups, byLevels).remove).toEqual([]);
		expect(managedGroups([anna], { groups }, someSettings(byLevels)).map(({ name }) => name)).toEqual([
			'London > IT',
		]);
	});

	it('is left if this sync made it for a level', () => {
		const groups = [aGroup('Leeds > IT', true), aGroup('London > IT')];
		expect(moves(anna, ['Leeds > IT', 'London > IT'], groups, byLevels).remove).toEqual(['Leeds > IT']);
	});

	it('is nobody’s business without any mapping', () => {
		const groups = [aGroup('London', true), aGroup('Yoga')];
		expect(moves(anna, ['London', 'Yoga'], groups, {})).toEqual({ add: [], remove: [], notes: [] });
	});
});

describe('memberships that were not read', () => {
	it('are a reason to leave nothing', () => {
		const berlin = anEmployee(1, { office: 'Berlin' });
		expect(moves(berlin, undefined, portal('Londoners'), byRule).remove).toEqual([]);
	});
});

describe('a group whose name has an umlaut', () => {
	it('is the same in both forms of the letter', () => {
		const cologne = anEmployee(1, { office: 'Ko\u0308ln' });
		const groups = portal('K\u00f6ln');
		expect(moves(cologne, [], groups, { groupLevels: ['office'] }).add).toEqual(['K\u00f6ln']);
		expect(moves(cologne, ['K\u00f6ln'], groups, { groupLevels: ['office'] })).toEqual({
			add: [],
			remove: [],
			notes: [],
		});
	});
});
