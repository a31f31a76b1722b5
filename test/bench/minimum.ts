import type { Person } from '../sandbox';
import { isEmployed, type Changes } from './company';
import type { Result } from './measure';
import type { Sizes } from './world';

/** Documented or seen sizes of pages (facts of the vendors). */
const PERSONIO_PAGE = 100;
const LEARNUPON_PAGE = 499;
const ACCOUNTS_PAGE = 500;
const GROUPS_PAGE = 500;
const EXTERNAL_IDS_PAGE = 5000;
const ROLES_PAGE = 1000;
const BULK = 20_000;

export interface Calls {
	reads: number;
	writes: number;
}

/** A list that is empty takes a call to say so. */
const pages = (records: number, size: number): number => Math.max(1, Math.ceil(records / size));

export const sum = (numbers: number[]): number => numbers.reduce((total, each) => total + each, 0);

/**
 * The fewest calls by which a run can know what it has to know, and tell what it has to tell: from sizes of
 * pages and from what has changed, without a look at what was called.
 *
 * @param company as it was before the changes
 */
export function leastCalls(
	{ cell, changes, sizes, ran }: Pick<Result, 'cell' | 'changes' | 'sizes' | 'ran'>,
	company: Person[],
): Calls {
	// Its total proves nothing: the last page is one that is not full, be it an empty one.
	const roster = Math.floor(sizes.employees / PERSONIO_PAGE) + 1;
	const isFirst = cell.run === 'firstLoad';
	const least = cell.platform === 'learnUpon' ? learnUpon : threeSixtyLearning;
	const { reads, writes } = least(
		sizes,
		changes,
		isFirst ? demandOf(company) : undefined,
		ran.comparison === 'full' ? company : undefined,
	);
	return { reads: roster + reads, writes };
}

/** What a first load has to make. */
interface Demand {
	people: number;
	/** Whose supervisor is there, too. */
	managed: number;
	/** By the department alone. */
	departments: number;
	/** Offices, and departments within them. */
	paths: number;
	/** Departments within offices: the groups that people are put into. */
	ends: number;
	/** Who is put into one. */
	members: number;
}

function demandOf(company: Person[]): Demand {
	const people = company.filter(isEmployed);
	const ids = new Set(people.map(({ id }) => id));
	const placed = people.filter(({ office }) => office !== null);
	const ends = new Set(placed.map(({ office, department }) => `${office} ${department}`)).size;
	return {
		people: people.length,
		managed: people.filter(({ supervisorId }) => supervisorId !== null && ids.has(supervisorId)).length,
		departments: new Set(people.map(({ department }) => department)).size,
		paths: new Set(placed.map(({ office }) => office)).size + ends,
		ends,
		members: placed.length,
	};
}

function learnUpon(
	{ accounts, invitations, groups, managed }: Sizes,
	{ joiners, leavers, renames, moves, addresses }: Changes,
	first: Demand | undefined,
): Calls {
	const lists =
		// Who has an account, with custom data.
		pages(accounts, LEARNUPON_PAGE) +
		// Who is invited and is no account yet, or has declined.
		pages(invitations, LEARNUPON_PAGE) +
		pages(groups, LEARNUPON_PAGE) +
		// Who is in each group: there is no list of all memberships.
		sum(managed.map((members) => pages(members, LEARNUPON_PAGE)));
	const lookedAt =
		// A 2xx does not prove that LearnUpon took it: the account is read after it was disabled...
		leavers +
		// ... or given another address...
		addresses +
		// ... and a group is left only by somebody who is in the other one.
		moves;
	const written =
		// One invitation carries names, custom data and the first group.
		(first?.people ?? 0) +
		(first?.departments ?? 0) +
		joiners +
		leavers +
		renames +
		addresses +
		// The custom field, the new group, the old one.
		3 * moves;
	return { reads: lists + lookedAt, writes: written };
}

function threeSixtyLearning(
	{ accounts, ended, groups, managed, links, marks }: Sizes,
	{ joiners, leavers, renames, moves, addresses }: Changes,
	first: Demand | undefined,
	readInFull: Person[] | undefined,
): Calls {
	// Where nobody has been linked yet, there is no field and no group of the sync either.
	const fields = first ? 0 : 1;
	const lists =
		pages(accounts, ACCOUNTS_PAGE) +
		// Addresses of ended accounts stay theirs.
		pages(ended, ACCOUNTS_PAGE) +
		pages(groups, GROUPS_PAGE) +
		// Who is in each group: there is no list of all memberships.
		sum(managed.map((members) => pages(members, ROLES_PAGE))) +
		// Whose account it is, and what was last written to it.
		pages(links, EXTERNAL_IDS_PAGE) +
		pages(marks, EXTERNAL_IDS_PAGE) +
		// Which groups and fields are the sync's own.
		pages(managed.length, EXTERNAL_IDS_PAGE) +
		1 +
		// Custom fields, and the values that the mapped one allows.
		1 +
		fields;
	const demand = first ? undefined : readInFull && demandOf(readInFull);
	const oneByOne =
		// Values and reports have no list of everybody.
		demand ? demand.people + bossesOf(readInFull ?? []) : 0;
	const joined = (first?.members ?? 0) + joiners + moves;
	const operations = Math.ceil(joined / BULK) + Math.ceil(moves / BULK);
	const lookedAt =
		// Groups, managers and reports, which an ended account does not get back by itself.
		3 * leavers +
		// Values are replaced all together, and nobody may leave their last group.
		2 * moves +
		// Whether an operation has ended, and what came of it.
		2 * operations;
	const added = (first?.people ?? 0) + joiners;
	const written =
		// The account with names, title and root group; its link; its custom values; the mark of these.
		4 * added +
		(first?.managed ?? 0) +
		joiners +
		operations +
		// Groups from the top, a mark at each that people are put into, the field and its mark.
		(first ? first.paths + first.ends + 2 : 0) +
		leavers +
		renames +
		addresses +
		// The custom value and its mark; the groups are among the operations.
		2 * moves;
	return { reads: lists + oneByOne + lookedAt, writes: written };
}

/** Whose reports have to be read. */
function bossesOf(company: Person[]): number {
	const people = company.filter(isEmployed);
	const ids = new Set(people.map(({ id }) => id));
	return new Set(people.flatMap(({ supervisorId }) => (ids.has(supervisorId ?? 0) ? [supervisorId] : [])))
		.size;
}

/** Milliseconds in which so many calls can be made within windows of a limit: the first of them at once. */
const within = (calls: number, limit: number, ms: number): number =>
	calls === 0 ? 0 : Math.floor((calls - 1) / limit) * ms;

/** Seconds in which the limits allow the calls that were made; the employees are read before the platform. */
export function floorOf({ cell, log }: Pick<Result, 'cell' | 'log'>): number {
	const { personio, lms } = log;
	const roster = Math.max(within(personio.reads, 15, 1000), within(personio.reads, 300, 60_000));
	const platform =
		cell.platform === 'learnUpon'
			? within(lms.reads + lms.writes, 300, 60_000)
			: Math.max(within(lms.reads, 50, 1000), within(lms.writes, 10, 1000));
	return (roster + platform) / 1000;
}

/** Writes that the limits allow in a second. LearnUpon counts reads with them. */
export const WRITES_PER_SECOND = { learnUpon: 5, threeSixtyLearning: 10 } as const;
