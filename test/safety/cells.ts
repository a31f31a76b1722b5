import type { Call, Deed, Sandbox } from '../sandbox';
import type { PlatformName } from '../scenarios/company';
import type { Setting } from './world';

/** One list of a vendor, as it is read by one setting. */
export interface List {
	vendor: 'Personio v1' | 'Personio v2' | 'LearnUpon' | '360Learning';
	name: string;
	server: 'personio' | PlatformName;
	apiVersion: Setting['apiVersion'];
	longLists: Setting['longLists'];
	matches(call: Call): boolean;
	/** From 1 on. */
	pageOf(call: Call): number;
	/** How many records are missing from a page that is cut short: all those to whom something happens. */
	cut: number;
	/** Keys of a record that may not be delivered. */
	keys: readonly string[];
	/** What goes wrong with this list beside what can go wrong with any. */
	ways: readonly Way[];
}

/** A way in which a list can be incomplete. */
export interface Way {
	name: string;
	/** What is done to each call for the page; nothing where somebody is left out of all lists. */
	deeds: readonly Deed[];
	/** Pages that it makes sense on, by their place in the list; all of them where absent. */
	places?: readonly Place[];
	/** From this page on. */
	onwards?: true;
	unlisted?: true;
}

export const PLACES = ['first', 'middle', 'last'] as const;
export type Place = (typeof PLACES)[number];

const FAULT = { error: { message: 'Something went wrong' } };

const ANY: readonly Way[] = [
	{ name: 'HTTP 500', deeds: [{ status: 500, body: FAULT }] },
	{ name: 'HTTP 401', deeds: [{ status: 401, body: FAULT }] },
	{ name: 'HTTP 403', deeds: [{ status: 403, body: FAULT }] },
	{ name: 'dropped socket', deeds: ['dropBefore'] },
	{ name: 'truncated JSON', deeds: ['truncateJson'] },
	{ name: 'HTML with 200', deeds: ['html200'] },
	{ name: 'empty body', deeds: ['emptyBody'] },
	{ name: 'error body with 200', deeds: ['successFalse200'] },
	{ name: 'empty page', deeds: ['emptyPage'] },
];

const OF_LINKS: readonly Way[] = [
	{ name: 'next link missing', deeds: ['noNextLink'], places: ['first', 'middle'] },
	{ name: 'next link foreign', deeds: ['foreignNextLink'], places: ['first', 'middle'] },
	{ name: 'cursor repeated', deeds: ['repeatCursor'], places: ['middle', 'last'] },
];
const OF_HEADER: readonly Way[] = OF_LINKS.slice(0, 1);

const SHIFTED: Way = { name: 'rows shifted', deeds: ['shiftRows'] };
const MOVED: Way = { name: 'totals moved', deeds: ['moveTotals'] };
const UNLISTED: Way = { name: 'people silently unlisted', deeds: [], unlisted: true };

/** The ways in which this list can be incomplete. */
export function waysOf({ cut, keys, ways, vendor }: List): Way[] {
	const other = vendor === '360Learning' || vendor === 'Personio v2' ? {} : [];
	return [
		...ANY,
		{ name: 'JSON of another type', deeds: [{ wrongType: vendor === '360Learning' ? other : [] }] },
		{ name: 'page cut short', deeds: [{ shortPage: cut }] },
		...keys.map((key): Way => ({
			name: `${key.split(' ')[0]} vanished`,
			deeds: key.split(' ').map((each) => ({ vanishAttribute: each })),
			onwards: true,
		})),
		...ways,
	];
}

const V1_PAGE = 100;
const FATES_ON_PAGE = 8;

const number = (text: string | null): number => Number(text ?? 0);

/** Cursors of the stand-in servers tell the page. */
function pageOfCursor(cursor: string | null): number {
	if (cursor === null) return 1;
	const text = Buffer.from(cursor.replace(/^cur_/, ''), 'base64url').toString('utf8');
	return (JSON.parse(text) as { page: number }).page;
}

const v2List = (
	name: string,
	path: string,
	keys: readonly string[],
	more: Partial<List> = {},
	isOurs: (call: Call) => boolean = () => true,
): List => ({
	vendor: 'Personio v2',
	name,
	server: 'personio',
	apiVersion: 'v2',
	longLists: 'personio',
	matches: (call) => call.path === path && isOurs(call),
	pageOf: ({ query }) => pageOfCursor(query.get('cursor')),
	cut: FATES_ON_PAGE,
	keys,
	ways: OF_LINKS,
	...more,
});

const EMPLOYMENTS = /^\/v2\/persons\/(\d+)\/employments$/;

const PERSONIO: readonly List[] = [
	{
		vendor: 'Personio v1',
		name: 'employees',
		server: 'personio',
		apiVersion: 'v1',
		longLists: 'personio',
		matches: ({ path, query }) => path === '/v1/company/employees' && query.get('limit') !== '1',
		pageOf: ({ query }) => Math.floor(number(query.get('offset')) / V1_PAGE) + 1,
		cut: FATES_ON_PAGE,
		keys: ['status', 'termination_date', 'hire_date', 'department', 'office', 'email', 'position'],
		ways: [MOVED, SHIFTED, UNLISTED],
	},
	v2List('employees', '/v2/persons', ['status', 'email'], { ways: [...OF_LINKS, SHIFTED, UNLISTED] }),
	{
		...v2List('employments', '', [
			'status',
			'termination_date',
			'hire_date',
			'department',
			'office',
			'position',
		]),
		matches: ({ path }) => EMPLOYMENTS.test(path),
		// A list for each person; the page is that of the person.
		pageOf: ({ path }) => Math.floor(number(EMPLOYMENTS.exec(path)?.[1] ?? null) / 1000),
		cut: 1,
		ways: [],
	},
	v2List('departments', '/v2/org-units', [], {}, ({ query }) => query.get('type') === 'department'),
	v2List('offices', '/v2/workplaces', []),
];

const learnUponList = (
	name: string,
	path: string,
	keys: readonly string[],
	isOurs: (call: Call) => boolean = () => true,
): List => ({
	vendor: 'LearnUpon',
	name,
	server: 'learnUpon',
	apiVersion: 'v1',
	longLists: 'lms',
	matches: (call) => call.method === 'GET' && call.path === `/api/v1${path}` && isOurs(call),
	pageOf: ({ query }) => number(query.get('page')) || 1,
	cut: 2,
	keys,
	ways: OF_HEADER,
});

const LEARNUPON: readonly List[] = [
	learnUponList('accounts', '/users', [
		'id',
		'email',
		'enabled',
		'account_expires',
		'CustomData customDataFieldValues',
	]),
	learnUponList('invitations', '/group_invites', [
		'id',
		'invite_status',
		'invite_email_address',
		'customDataFieldValues',
	]),
	learnUponList('groups', '/groups', ['id', 'title', 'description']),
	learnUponList('members of groups', '/group_memberships', ['id'], ({ query }) => query.has('group_id')),
];

const threeSixtyList = (
	name: string,
	path: string | RegExp,
	keys: readonly string[],
	filters: Record<string, string> = {},
): List => ({
	vendor: '360Learning',
	name,
	server: 'threeSixtyLearning',
	apiVersion: 'v1',
	longLists: 'lms',
	matches: ({ method, path: own, query }) =>
		method === 'GET' &&
		(typeof path === 'string' ? own === path : path.test(own)) &&
		Object.entries(filters).every(([field, value]) => query.get(field) === value) &&
		// A look for a single record is another thing.
		!query.has('value[eq]') &&
		!query.has('targetId[eq]'),
	pageOf: ({ query }) => pageOfCursor(query.get('next')),
	cut: 2,
	keys,
	ways: OF_LINKS,
});

const EXTERNAL_IDS = '/api/v2/external-ids';
const OF_ID = ['_id', 'targetId', 'value', 'platform'];
const OF_USER = ['_id', 'mail', 'status', 'toBeDeactivatedAt'];
const THREE_SIXTY: readonly List[] = [
	threeSixtyList('accounts', '/api/v2/users', OF_USER, { 'status[ne]': 'deleted' }),
	threeSixtyList('ended accounts', '/api/v2/users', OF_USER, { 'status[eq]': 'deleted' }),
	threeSixtyList('Personio IDs', EXTERNAL_IDS, OF_ID, { 'platform[eq]': 'personio-n8n' }),
	threeSixtyList('marks', EXTERNAL_IDS, OF_ID, { 'platform[eq]': 'personio-n8n-mark' }),
	threeSixtyList('groups', '/api/v2/groups', ['_id', 'name', 'parentId']),
	threeSixtyList('members of groups', /^\/api\/v2\/groups\/\w+\/roles$/, ['userId', 'role']),
];

export const LISTS: readonly List[] = [...PERSONIO, ...LEARNUPON, ...THREE_SIXTY];

export interface Cell {
	list: List;
	way: Way;
	place: Place;
	platform: PlatformName;
	/** Whether a scheduled run without a fault was made before. */
	remembers: boolean;
}

export const nameOf = ({ list, way, place, platform, remembers }: Cell): string =>
	[
		`${list.vendor}, ${list.name}, ${way.name}, ${place} page`,
		...(list.server === 'personio' ? [`to ${platform}`] : []),
		remembers ? 'after a scheduled run' : 'without a memory',
	].join(', ');

/** All cells, those with the same setting together. */
export function allCells(): Cell[] {
	const cells: Cell[] = [];
	for (const list of LISTS) {
		for (const { platform, remembers } of variantsOf(list)) {
			for (const way of waysOf(list)) {
				for (const place of way.places ?? PLACES) cells.push({ list, way, place, platform, remembers });
			}
		}
	}
	return cells;
}

/** Reads of Personio are long here, so those cells have three of the four. */
function variantsOf({ server, apiVersion }: List): Array<Pick<Cell, 'platform' | 'remembers'>> {
	if (server !== 'personio') return [false, true].map((remembers) => ({ platform: server, remembers }));
	return [
		{ platform: 'learnUpon', remembers: false },
		{ platform: 'threeSixtyLearning', remembers: true },
		...(apiVersion === 'v1' ? [{ platform: 'learnUpon' as const, remembers: true }] : []),
	];
}

/** Spoils the list from now on. */
export function spoil(sandbox: Sandbox, { list, way, place }: Cell, calls: readonly Call[]): void {
	if (way.unlisted) {
		for (const id of sandbox.personio.people.keys()) {
			const isOut = place === 'last' ? id >= 3000 : id % 2 === (place === 'first' ? 0 : 1);
			if (isOut) sandbox.personio.unlisted.add(id);
		}
		return;
	}
	const asked = calls.filter((call) => list.matches(call));
	// Each path or filter is a list of its own: members of one group have more pages than those of another.
	const keyOf = ({ path, query }: Call) => `${path} ${query.get('group_id') ?? ''}`;
	const isOne = list.pageOf(asked[0] as Call) > 0 && EMPLOYMENTS.test(asked[0]?.path ?? '');
	const lasts = new Map<string, number>();
	for (const call of asked) {
		const key = isOne ? '' : keyOf(call);
		lasts.set(key, Math.max(lasts.get(key) ?? 0, list.pageOf(call)));
	}
	const wanted = (call: Call): number => {
		const last = lasts.get(isOne ? '' : keyOf(call)) ?? 1;
		return place === 'first' ? 1 : place === 'last' ? last : Math.ceil((1 + last) / 2);
	};
	// Where a list has no page between the first and the last, it stays as it is.
	const isHit = (call: Call): boolean => {
		if (!list.matches(call)) return false;
		const page = wanted(call);
		const last = lasts.get(isOne ? '' : keyOf(call)) ?? 1;
		if (place === 'middle' && (page === 1 || page === last)) return false;
		if (place === 'last' && last === 1) return false;
		return way.onwards ? list.pageOf(call) >= page : list.pageOf(call) === page;
	};
	if (![...new Set(asked)].some(isHit)) throw new Error(`${list.name} has no ${place} page`);
	for (const deed of way.deeds) sandbox[list.server].misbehave({ match: isHit, do: deed });
}
