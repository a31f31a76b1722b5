import { cellsOf, nameOf, runCell, type Cell } from '../faults/cell';
import { STRANGER } from '../faults/company';
import { hasten } from '../faults/haste';
import type { Holder, Moment } from '../faults/moment';
import { troubleOf } from '../faults/print';
import { harmAt } from '../faults/watch';
import { SETTINGS, titleOf, worldOf, type Setting } from '../faults/world';
import { Random } from '../safety/random';

/**
 * Some of the ways in which a call can fail, for some of the kinds of calls: the run ends with clear
 * outcomes, nobody is harmed at any moment, and the next run is where a company without a fault is.
 * `npm run faults` does so for all of them.
 */

jest.setTimeout(240_000);

let unhurried: () => void;
beforeAll(() => {
	unhurried = hasten();
});
afterAll(() => unhurried());

const SEED = Number(process.env['FAULT_SEED'] ?? 5);
const CELLS_OF_SETTING = 12;

/** Cells by chance, and no two of the same fault. */
function some(cells: Cell[], random: Random): Cell[] {
	const chosen: Cell[] = [];
	while (chosen.length < CELLS_OF_SETTING) {
		const cell = random.pick(cells);
		if (!chosen.some(({ fault }) => fault === cell.fault)) chosen.push(cell);
	}
	return chosen;
}

describe.each(SETTINGS.map((setting) => [titleOf(setting), setting] as const))('%s', (_, setting) => {
	it('has something of everything to do without a fault', async () => {
		const { clean, start, reference, kinds } = await worldOf(setting);
		const { report } = clean;
		const isInvite = setting.newLearners === 'invite';
		expect(report).toMatchObject({
			failed: [],
			undone: 0,
			held: [{ code: 'missing' }],
			counts: { [isInvite ? 'invite' : 'create']: 2, reactivate: 1, deactivate: 2 },
		});
		expect(report?.counts.update).toBeGreaterThanOrEqual(8);
		expect([...reference].filter(([key, value]) => start.get(key) !== value).length).toBeGreaterThan(25);
		expect(kinds.filter(({ isAuth, server }) => isAuth && server === 'personio')).toHaveLength(2);
		expect(kinds.length).toBeGreaterThan(20);
	});

	it(`harms nobody in some cells (FAULT_SEED=${SEED})`, async () => {
		const cells = some(await cellsOf(setting), new Random(SEED + SETTINGS.indexOf(setting)));
		const trouble: string[] = [];
		for (const cell of cells) {
			const result = await runCell(cell);
			expect(result.name).toBe(nameOf(cell));
			trouble.push(...troubleOf(result));
		}
		expect(trouble).toEqual([]);
	});
});

describe('what is looked at before each call', () => {
	type Change = (holders: Map<string, Holder>, moment: Moment) => void;

	const at = (holders: Map<string, Holder>, email: string): [string, Holder] => {
		const found = [...holders].find(([, holder]) => holder.email === email);
		if (!found) throw new Error(`Nobody has the address ${email}`);
		return found;
	};
	const patch =
		(email: string, over: Partial<Holder>): Change =>
		(holders) => {
			const [id, holder] = at(holders, email);
			holders.set(id, { ...holder, ...over });
		};
	const STEADY = 'steady@company.example';

	it.each<[string, Change, RegExp]>([
		['an account that is disabled', patch(STEADY, { hasAccess: false }), /access was lost: steady/],
		[
			'an account that is gone',
			(holders) => holders.delete(at(holders, STEADY)[0]),
			/access was lost: steady/,
		],
		[
			'a group that is left',
			patch(STEADY, { groups: new Set(['learner of /x']) }),
			/a group was lost: steady/,
		],
		['no group at all', patch(STEADY, { groups: new Set() }), /without any group: steady/],
		['a foreign account that is changed', patch(STRANGER, { all: 'x' }), /a foreign account was touched/],
		[
			'a second account by the link',
			(holders) => holders.set('x', { ...at(holders, STEADY)[1], email: 'y@z.example', lastName: 'y' }),
			/a second account: steady/,
		],
		[
			'a second account by the address',
			(holders) => {
				const { link: _, ...rest } = at(holders, STEADY)[1];
				holders.set('x', { ...rest, link: undefined, lastName: 'y' });
			},
			/a second account: steady/,
		],
		[
			'an account of nobody',
			(holders) =>
				holders.set('x', { ...at(holders, STRANGER)[1], email: 'new@elsewhere.example', lastName: 'new' }),
			/an account of nobody: new@/,
		],
		['a mail too many', (_, { mails }) => mails.push({ email: STEADY }), /an invitation too many: steady/],
		[
			'access that is given back',
			patch('former@company.example', { hasAccess: true }),
			/access was given back: former/,
		],
	])('notices %s', async (_, change, expected) => {
		for (const setting of SETTINGS) {
			const { startMoment } = await worldOf(setting);
			const moment = { holders: new Map(startMoment.holders), mails: [...startMoment.mails] };
			const world = await worldOf(setting);
			expect(harmAt(world, moment)).toEqual([]);
			change(moment.holders, moment);
			expect(harmAt(world, moment).join('\n')).toMatch(expected);
		}
	});

	it('notices a manager who is taken away', async () => {
		const world = await worldOf(SETTINGS[2] as Setting);
		const holders = new Map(world.startMoment.holders);
		patch('renamed@company.example', { managers: new Set() })(holders, world.startMoment);
		expect(harmAt(world, { ...world.startMoment, holders }).join('\n')).toMatch(
			/a manager was lost: renamed/,
		);
	});
});
