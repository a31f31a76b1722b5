import { runCell } from '../safety/cell';
import { allCells, LISTS, nameOf, type Cell, type List, type Place } from '../safety/cells';
import { live } from '../safety/live';
import { withoutPace } from './pace';
import { cleanCounts, engineFor, worldOf } from '../safety/world';
import { startSandbox, type Deed, type PersonInput } from '../sandbox';

/**
 * Some of the ways in which a read can be incomplete, on some of the pages: nobody loses anything, nobody
 * gets a second account or invitation, and after the fault everything is as if there had been none.
 * `npx tsx test/safety/matrix.ts` does so for all of them.
 */

jest.setTimeout(180_000);

let unhurried: () => void;
beforeAll(() => {
	unhurried = withoutPace();
});
afterAll(() => unhurried());

const CELLS = allCells();

function cellOf(list: List, way: string, place: Place, remembers?: boolean): Cell {
	const found = CELLS.find(
		(cell) =>
			cell.list === list &&
			cell.way.name === way &&
			cell.place === place &&
			(remembers === undefined || cell.remembers === remembers),
	);
	if (!found) throw new Error(`There is no cell ${way} of ${list.name}`);
	return found;
}

const listOf = (vendor: List['vendor'], name: string): List =>
	LISTS.find((list) => list.vendor === vendor && list.name === name) as List;

describe('without a fault', () => {
	it.each(['learnUpon', 'threeSixtyLearning'] as const)(
		'a run of %s has something of everything to do',
		async (platform) => {
			const world = await worldOf({ platform, apiVersion: 'v1', longLists: 'lms' });
			expect(cleanCounts(world)).toEqual({
				deactivate: 3,
				invite: 3,
				update: 9,
				reactivate: 3,
				hold: 3,
				removals: 3,
			});
			expect(world.clean.run?.holds).toEqual({ missing: 3 });
			expect(world.clean.outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
		},
	);
});

/** For each list: a page that does not come, one that says it is empty, one without those who matter. */
const SOME: Array<[way: string, place: Place, remembers: boolean]> = [
	['HTTP 500', 'middle', false],
	['empty page', 'last', true],
	['page cut short', 'middle', true],
];

const everyList = LISTS.flatMap((list) =>
	SOME.map(([way, place, remembers]): [string, Cell] => {
		const cell = cellOf(list, way, place, list.server === 'personio' ? undefined : remembers);
		return [nameOf(cell), cell];
	}),
);

const V1_PATH = '/v1/company/employees';
const V1 = listOf('Personio v1', 'employees');
const more = (
	[
		[V1, 'HTML with 200', 'first'],
		[V1, 'status vanished', 'middle'],
		[V1, 'termination_date vanished', 'last'],
		[V1, 'totals moved', 'middle'],
		[V1, 'rows shifted', 'first'],
		[V1, 'people silently unlisted', 'first'],
		[listOf('Personio v2', 'employees'), 'cursor repeated', 'middle'],
		[listOf('Personio v2', 'employees'), 'next link missing', 'first'],
		[listOf('Personio v2', 'employees'), 'people silently unlisted', 'first'],
		[listOf('LearnUpon', 'accounts'), 'next link missing', 'first'],
		[listOf('LearnUpon', 'accounts'), 'id vanished', 'middle'],
		[listOf('360Learning', 'accounts'), 'next link foreign', 'first'],
		[listOf('360Learning', 'Personio IDs'), 'cursor repeated', 'last'],
	] as Array<[List, string, Place]>
).map(([list, way, place]): [string, Cell] => {
	const cell = cellOf(list, way, place);
	return [nameOf(cell), cell];
});

/** Where only a second look, at something else, tells that anything is missing. */
const subtle = (
	[
		[listOf('Personio v2', 'employments'), 'department vanished', 'middle'],
		[listOf('Personio v2', 'employments'), 'termination_date vanished', 'first'],
		[listOf('LearnUpon', 'accounts'), 'CustomData vanished', 'first'],
		[listOf('LearnUpon', 'invitations'), 'invite_email_address vanished', 'first'],
		[listOf('360Learning', 'groups'), 'parentId vanished', 'first'],
		[listOf('360Learning', 'groups'), 'next link missing', 'first'],
	] as Array<[List, string, Place]>
).map(([list, way, place]): [string, Cell] => {
	const cell = cellOf(list, way, place);
	return [nameOf(cell), cell];
});

for (const [name, cell] of [...everyList, ...more, ...subtle]) {
	it(`${name}: nobody is harmed`, async () => {
		const { harm, left, kind, because } = await runCell(cell);
		expect({ harm, left }).toEqual({ harm: [], left: [] });
		if (kind === 'run failed') expect(because.join(' ').length).toBeGreaterThan(30);
	});
}

describe('two people with one address', () => {
	const TWIN = 'twin@company.example';

	/** The account with that address after a run in which the second page of the employees is not as it should be. */
	async function accountAfter(first: PersonInput, second: PersonInput, fault: Deed) {
		const sandbox = await startSandbox({ company: 'empty', rateLimits: false });
		try {
			const { personio, learnUpon } = sandbox;
			const people = [
				{ ...first, email: TWIN },
				...Array.from({ length: 120 }, (_, index) => ({
					email: `p${index}@company.example`,
					position: 'Filler',
				})),
				{ ...second, email: TWIN },
			];
			people.forEach((person, index) => {
				const createdAt = new Date(Date.UTC(2024, 0, 1) - index * 60_000).toISOString();
				personio.hire({ ...person, createdAt });
			});
			const { id } = learnUpon.addUser({ email: TWIN, firstName: 'Twin' });
			personio.misbehave({
				match: ({ path, query }) => path === V1_PATH && query.get('offset') !== '0',
				do: fault,
			});
			const filter = { field: 'position', operator: 'notEquals', value: 'Filler' };
			const plan = {
				platform: 'learnUpon',
				dryRun: false,
				limits: { maxDeactivationPercent: 100 },
				scope: { filters: { filter: [filter] } },
			};
			await live(await engineFor(sandbox), { plan });
			return learnUpon.users.get(id);
		} finally {
			await sandbox.close();
		}
	}

	const ACTIVE = { firstName: 'Active' };
	const LEFT = { firstName: 'Left', status: 'inactive' as const };

	it('leave an account without a link as it is', async () => {
		expect(await accountAfter(LEFT, ACTIVE, { delay: 0 })).toMatchObject({
			enabled: true,
			firstName: 'Twin',
		});
		expect(await accountAfter(ACTIVE, ACTIVE, { delay: 0 })).toMatchObject({ custom: {}, firstName: 'Twin' });
	});

	it('leave it enabled where addresses are not delivered from a page on', async () => {
		const fault = { vanishAttribute: 'email' };
		expect(await accountAfter(LEFT, ACTIVE, fault)).toMatchObject({ enabled: true });
	});

	it('leave it as it is where one of them is on a page that did not come', async () => {
		const fault = { status: 500 };
		expect(await accountAfter(ACTIVE, ACTIVE, fault)).toMatchObject({ custom: {}, firstName: 'Twin' });
	});
});
