import type { Employee, Learner } from '../../../nodes/shared/item';
import { GroupDirectory } from '../../../nodes/LmsSync/sync/groupDirectory';
import { groupChanges, managedGroups, pathSegment } from '../../../nodes/LmsSync/sync/groups';
import type { Group } from '../../../nodes/LmsSync/sync/lmsState';
import {
	accountOf,
	aGroup,
	anEmployee,
	joins,
	ROOT,
	someSettings,
	without,
	type SettingsOver,
} from './builders';

const anna = anEmployee(1, { office: 'London', department: 'IT' });
const byLevels = { groupLevels: ['office', 'department'] };

const tree = (...names: string[]): Group[] => [ROOT, ...names.map((name) => aGroup(name))];
/** A public group, with the groups above it that it brings. */
const bringing = (name: string, ...brings: string[]): Group => ({
	...aGroup(name),
	brings: brings.map((each) => (each === ROOT.name ? ROOT.id : `G-${each}`)),
});

function changes(
	employee: Employee,
	learner: Learner | undefined,
	groups: Group[],
	over: SettingsOver = {},
	rootGroup: Group = ROOT,
) {
	const settings = someSettings(over);
	const managed = managedGroups([employee, anna], { groups, rootGroup }, settings);
	return groupChanges(employee, learner, new GroupDirectory({ groups, rootGroup }, managed), settings);
}

const inGroups = (groups: string[], over: Partial<Learner> = {}): Learner =>
	accountOf(anna, { groups, ...over });

function moves(employee: Employee, current: string[], groups: Group[], over: SettingsOver = {}) {
	const { add, remove } = changes(employee, inGroups(current), groups, over);
	return { add: add.map(({ name }) => name), remove: remove.map(({ name }) => name) };
}

describe('the root group', () => {
	it('is joined by whoever has an account and is not in it', () => {
		expect(moves(anna, [], tree())).toEqual({ add: ['/Acme'], remove: [] });
		expect(moves(anna, ['/Acme'], tree())).toEqual({ add: [], remove: [] });
	});

	it('is not joined by new people, whose account is made there', () => {
		expect(changes(anna, undefined, tree()).add).toEqual([]);
		expect(changes(anna, inGroups([], { status: 'inactive' }), tree()).add).toEqual([]);
	});

	it('is joined by those who have not used their account yet', () => {
		expect(changes(anna, inGroups([], { status: 'pending' }), tree()).add).toEqual([
			{ name: ROOT.name, id: ROOT.id },
		]);
	});

	it('is never left, even by those to whom a rule about it does not apply', () => {
		const rules = { groupRules: [joins('office', 'Berlin', '/acme')] };
		expect(moves(anna, ['/Acme'], tree(), rules).remove).toEqual([]);
		expect(changes(anna, inGroups(['/Acme'], { status: 'inactive' }), tree(), rules).remove).toEqual([]);
	});

	it('is never left although the sync has made it', () => {
		const own = { ...ROOT, own: true };
		const { remove } = changes(anna, inGroups(['/Acme']), [own, aGroup('London')], byLevels, own);
		expect(remove).toEqual([]);
	});

	it('is where people stay whose groups do not exist, and a note says so', () => {
		const { add, notes } = changes(anna, inGroups(['/Acme']), tree(), byLevels);
		expect(add).toEqual([]);
		expect(notes).toEqual([expect.stringMatching(/"London > IT".*First1 Last1 goes to "\/Acme", the root/)]);
	});

	it('is among the groups that are read', () => {
		const managed = managedGroups([anna], { groups: tree('Yoga'), rootGroup: ROOT }, someSettings());
		expect(managed).toEqual([ROOT]);
	});
});

describe('a group that does not exist yet', () => {
	const create = { ...byLevels, createMissingGroups: true };

	it('is made below the root group', () => {
		const { add } = changes(anna, inGroups(['/Acme']), tree('London'), create);
		expect(add).toMatchObject([{ name: 'London > IT', below: ROOT.id }]);
		expect(add[0]).not.toHaveProperty('id');
	});

	it('has a name in which nothing but its levels is a level', () => {
		const odd = { ...anna, department: 'R > D' };
		expect(pathSegment('R > D')).toBe('R / D');
		expect(pathSegment('R>D')).toBe('R>D');
		expect(changes(odd, inGroups(['/Acme']), tree(), create).add).toMatchObject([{ name: 'London > R / D' }]);
		expect(moves(odd, ['/Acme'], tree('London > R / D'), create).add).toEqual(['London > R / D']);
	});
});

describe('groups of the levels in a tree', () => {
	it('are known to the LMS as such, those of the rules are not', () => {
		const over = { ...byLevels, groupRules: [joins('office', 'London', 'Yoga')] };
		expect(changes(anna, inGroups(['/Acme']), tree('London > IT', 'Yoga'), over).add).toEqual([
			{ name: 'Yoga', id: 'G-Yoga' },
			{ name: 'London > IT', id: 'G-London > IT', byLevels: true },
		]);
	});

	it('are left on the way down, also where groups are made', () => {
		const over = { ...byLevels, createMissingGroups: true };
		expect(moves(anna, ['/Acme', 'London'], tree('London', 'London > IT'), over)).toEqual({
			add: ['London > IT'],
			remove: ['London'],
		});
	});
});

describe('a public group', () => {
	const london = [ROOT, aGroup('London'), bringing('London > IT', 'London'), aGroup('Berlin')];

	it('keeps people in the groups above it', () => {
		expect(moves(anna, ['/Acme', 'London', 'London > IT'], london, byLevels)).toEqual({
			add: [],
			remove: [],
		});
	});

	it('keeps them there from the moment they join it', () => {
		expect(moves(anna, ['/Acme', 'London'], london, byLevels)).toEqual({ add: ['London > IT'], remove: [] });
	});

	it('is left together with those above it', () => {
		const moved = { ...anna, office: 'Berlin', department: null };
		expect(moves(moved, ['/Acme', 'London', 'London > IT'], london, byLevels)).toEqual({
			add: ['Berlin'],
			remove: ['London', 'London > IT'],
		});
	});

	it('that nobody may leave keeps people in the groups above it too', () => {
		const groups = [...london, bringing('London > Choir', 'London')];
		const moved = { ...anna, office: 'Berlin', department: null };
		const current = ['/Acme', 'London', 'London > Choir', 'London > IT'];
		expect(moves(moved, current, groups, byLevels)).toEqual({ add: ['Berlin'], remove: ['London > IT'] });
	});

	it('keeps people in a group by way of another one that it brings', () => {
		const groups = [
			ROOT,
			aGroup('A'),
			bringing('A > B', 'A'),
			bringing('A > B > C', 'A > B'),
			aGroup('Berlin'),
		];
		const rules = ['A', 'A > B'].map((name) => joins('office', 'Nowhere', name));
		expect(moves(anna, ['/Acme', 'A', 'A > B', 'A > B > C'], groups, { groupRules: rules }).remove).toEqual(
			[],
		);
	});

	it('keeps them there too while it is undecided whether they leave it', () => {
		const rules = [joins('office', 'Berlin', 'London > IT'), joins('position', 'Cook', 'London')];
		const unread = without({ ...anna, position: 'Engineer' }, 'office');
		const current = ['/Acme', 'London', 'London > IT'];
		expect(moves(unread, current, london, { groupRules: rules }).remove).toEqual([]);
	});

	it('that is the root group keeps people in what is above it', () => {
		const staff = bringing('/Acme > Staff', ROOT.name);
		const over = { groupRules: [joins('office', 'Berlin', '/Acme')] };
		const { remove } = changes(anna, inGroups(['/Acme', '/Acme > Staff']), [ROOT, staff], over, staff);
		expect(remove).toEqual([]);
	});
});
