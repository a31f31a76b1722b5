import type { Gap } from '../../nodes/shared/item';
import type * as Clock from './clock';
import { failureOf } from './failure';
import {
	ACME,
	API,
	BERLIN,
	BOARD,
	BOBS_ID,
	hex,
	JANE,
	jane,
	JANES_ID,
	LINK,
	mapping,
	MARK,
	oneUser,
	refusal,
	STAFF,
	threeSixtyRun,
	TREE,
	user,
	type Mapping,
	type RunOptions,
	type ThreeSixtyRun,
} from './threeSixtyLearning';
import type { Answer, Call } from './vendor';

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

let run: ThreeSixtyRun;
/** Of each list the pages of the first reading, of the second one, and so on; the last one stays. */
let lists: Record<string, Answer[][]>;

const LIVE = '/users live';
const ENDED = '/users ended';
const LINKS = '/external-ids links';
const MARKS = '/external-ids marks';
const MEMBERS = `/groups/${BOARD}/roles`;

const page = (body: unknown[]): Answer[] => [{ body }];

beforeEach(() => {
	lists = {
		'/groups': [page(TREE)],
		[LIVE]: [page([user({ _id: BOBS_ID })])],
		[ENDED]: [page([])],
		[LINKS]: [page([])],
		[MARKS]: [page([])],
		'/external-ids others': [page([])],
		[MEMBERS]: [page([])],
	};
	run = threeSixtyRun();
	announce();
});

/** Which of the lists somebody asks for. */
function nameOf({ path, query }: Call): string {
	const filters = Object.fromEntries(query);
	const route = path.slice(API.length);
	if (route === '/users') return filters['status[ne]'] ? LIVE : ENDED;
	if (route !== '/external-ids') return route;
	if (filters['platform[eq]'] === LINK) return LINKS;
	return filters['platform[eq]'] === MARK ? MARKS : '/external-ids others';
}

/** With other options, at the same company. */
function open(options: RunOptions): void {
	run = { ...threeSixtyRun(options), company: run.company };
}

function announce(): void {
	const readings = new Map<string, number>();
	const cursors = new Map<string, string>();
	const answer = (call: Call): Answer => {
		const next = call.query.get('next');
		const name = next === null ? nameOf(call) : (cursors.get(next) ?? '');
		const number = next === null ? 1 : Number(next.split('-')[1]);
		if (number === 1) readings.set(name, (readings.get(name) ?? -1) + (hasFailed(name) ? 0 : 1));
		const all = lists[name] ?? [];
		const pages = all[Math.min(readings.get(name) ?? 0, all.length - 1)] ?? [];
		const cursor = `${[...Object.keys(lists)].indexOf(name)}-${number + 1}`;
		cursors.set(cursor, name);
		const link = `<${call.path}?next=${cursor}>; rel="next"`;
		const { headers, ...rest } = pages[number - 1] ?? { status: 500 };
		return { ...rest, headers: headers ?? (pages.length > number ? { link } : {}) };
	};
	for (const path of ['/groups', '/users', '/external-ids', MEMBERS])
		run.company.optional('GET', path, answer);
}

/** A page that is answered with a fault is asked for again, which is no reading of its own. */
const hasFailed = (name: string): boolean => lists[name]?.[0]?.[0]?.status === 503;

const asked = (name: string) =>
	run.company.calls.filter((call) => nameOf(call) === name && !call.query.has('next')).length;
const people = (first: number, count: number, changes: object = {}) =>
	Array.from({ length: count }, (_, index) =>
		user({ _id: hex(first + index), mail: `p${first + index}@example.com`, ...changes }),
	);
const branches = (count: number) =>
	Array.from({ length: count }, (_, index) => ({
		_id: hex(0x7000 + index),
		name: `Branch ${index}`,
		parentId: STAFF,
	}));
const kept = (first: number, count: number, platform = LINK): Mapping[] =>
	Array.from({ length: count }, (_, index) =>
		mapping(first + index, String(first + index), { platform, targetId: BOBS_ID }),
	);
const members = (first: number, count: number) =>
	Array.from({ length: count }, (_, index) => ({ userId: hex(first + index), role: 'admin' }));
const FAULT: Answer = { status: 503, body: {} };

interface Listed {
	name: string;
	what: string;
	size: number;
	records: (first: number, count: number) => unknown[];
	/** What is read beside, on the first page. */
	head: unknown[];
	gaps: () => Promise<Gap[] | undefined>;
	/** How the list is asked for. */
	path: string;
}

const read = async () => (await run.lms.read()).gaps;
const LISTS: Listed[] = [
	{ name: LIVE, what: 'the accounts', size: 500, records: people, head: [], gaps: read, path: LIVE },
	{
		name: ENDED,
		what: 'the ended accounts',
		size: 500,
		records: (first, count) => people(0x4000 + first, count, { status: 'deleted' }),
		head: [],
		gaps: read,
		path: ENDED,
	},
	{
		name: '/groups',
		what: 'the groups',
		size: 500,
		records: (first, count) => branches(first + count).slice(first),
		head: TREE,
		gaps: read,
		path: '/groups',
	},
	{ name: LINKS, what: 'the Personio IDs', size: 5000, records: kept, head: [], gaps: read, path: LINKS },
	{
		name: MARKS,
		what: 'the marks of the sync',
		size: 5000,
		records: (first, count) => kept(first, count, MARK),
		head: [],
		gaps: async () => {
			lists[LINKS] = [page(kept(1, 1))];
			return await read();
		},
		path: MARKS,
	},
	{
		name: MEMBERS,
		what: 'the members of "Board"',
		size: 1000,
		records: members,
		head: [],
		gaps: async () => {
			const { gaps } = await run.lms.memberships([{ id: BOARD, name: 'Board', own: false }]);
			return gaps.length > 0 ? gaps : undefined;
		},
		path: MEMBERS,
	},
];

describe.each(LISTS)('$what', ({ name, what, size, records, head, gaps }) => {
	const full = (number = 0): unknown[] => {
		const all = number === 0 ? head : [];
		return [...all, ...records(1 + number * size, size - all.length)];
	};
	const rest = () => records(1 + 3 * size, 2);
	const again = ' Run again later.';
	const short = (number: number) => ({
		code: 'pageShort',
		message: `360Learning delivered page ${number} of ${what} with records left out.${again}`,
	});

	it('are read once where they are whole, and have a gap where a page cannot be read', async () => {
		lists[name] = [[...page(full()), ...page(full(1)), ...page(rest())]];
		expect(await gaps()).toBeUndefined();
		expect(asked(name)).toBe(1);
		lists[name] = [[...page(full()), FAULT]];
		expect(await gaps()).toEqual([
			{
				code: 'pageMissing',
				message: `360Learning did not deliver page 2 of ${what}: 360Learning answered HTTP 503.${again}`,
			},
		]);
	});

	it('have a gap where a page comes in another form', async () => {
		lists[name] = [[...page(full()), { body: { data: [] } }]];
		expect(await gaps()).toMatchObject([{ code: 'pageMissing' }]);
	});

	it('have a gap where a page comes twice', async () => {
		lists[name] = [[...page(full()), ...page(full()), ...page(rest())]];
		expect(await gaps()).toEqual([
			{
				code: 'pageRepeated',
				message: `360Learning delivered page 2 of ${what} with what it had delivered before.${again}`,
			},
		]);
	});

	it.each([
		['elsewhere', `<${API}/custom-fields?next=1>; rel="next"`],
		['in a circle', undefined],
	])('have a gap where the way to the next page leads %s', async (_where, link) => {
		const circle = `<${API}${name.split(' ')[0]}?next=${Object.keys(lists).indexOf(name)}-2>; rel="next"`;
		const lost = [...page(full()), { body: full(1), headers: { link: link ?? circle } }];
		lists[name] = [lost];
		expect(await gaps()).toEqual([
			{ code: 'linkBroken', message: `360Learning delivered ${what} with pages left out.${again}` },
		]);
	});

	it('have a gap where a full page does not say what follows, and are different the second time', async () => {
		lists[name] = [page(full()), [...page(full()), ...page(rest())]];
		expect(await gaps()).toEqual([
			{
				code: 'linkBroken',
				message: `360Learning delivered a full page 1 of ${what} without saying whether there are more.${again}`,
			},
		]);
		expect(asked(name)).toBe(2);
	});

	it('are whole where a full page does not say what follows, and are the same the second time', async () => {
		lists[name] = [page(full())];
		// Of groups nothing else tells whether these are all.
		expect((await gaps())?.map(({ code }) => code)).toEqual(
			name === '/groups' ? ['lastPageFull'] : undefined,
		);
		expect(asked(name)).toBe(2);
	});

	it('have a gap where a page is shorter than all are, and are different the second time', async () => {
		lists[name] = [
			[...page(full().slice(0, -1)), ...page(rest())],
			[...page(full()), ...page(rest())],
		];
		expect(await gaps()).toEqual([short(1)]);
	});

	it('have a gap where a page that was announced is empty, and are different the second time', async () => {
		lists[name] = [
			[...page(full()), ...page([])],
			[...page(full()), ...page(rest())],
		];
		expect(await gaps()).toEqual([short(2)]);
	});

	it('are whole where pages are shorter than documented both times', async () => {
		lists[name] = [[...page(full().slice(0, 300)), ...page(rest())]];
		expect(await gaps()).toBeUndefined();
		expect(asked(name)).toBe(2);
	});

	it('have a gap where the second reading fails', async () => {
		lists[name] = [page(full()), [FAULT]];
		expect(await gaps()).toMatchObject([{ code: 'linkBroken' }]);
	});
});

describe('a record without an id', () => {
	it.each([
		['the accounts', LIVE, user()],
		['the groups', '/groups', { name: 'X', parentId: STAFF }],
		['the Personio IDs', LINKS, mapping(1, '8120', { targetId: BOBS_ID })],
	])('is a gap of %s', async (what, name, record) => {
		const { _id, ...nameless } = record as { _id?: string };
		lists[name] = [page([...((lists[name]?.[0]?.[0]?.body as unknown[]) ?? []), nameless])];
		expect(await read()).toEqual([
			{
				code: 'idMissing',
				message: `360Learning delivered ${what} with records that lack their id or name. Run again later.`,
			},
		]);
	});
});

describe('the accounts', () => {
	it('have a gap where there is nobody, not even the owner', async () => {
		lists[LIVE] = [page([])];
		expect(await read()).toEqual([
			{
				code: 'nobody',
				message:
					'360Learning delivered no account at all, not even that of its owner. Check that the credential is one of the right company, and run again.',
			},
		]);
	});

	it('have a gap where somebody linked is on neither list and there all the same', async () => {
		lists[LINKS] = [page([mapping(1, '8120')])];
		run.company.on('GET', `/users/${JANES_ID}`, oneUser({ status: 'invited' }));
		const { learners, gaps } = await run.lms.read();
		expect(learners).toContainEqual(
			expect.objectContaining({ id: JANES_ID, status: 'pending', link: '8120' }),
		);
		expect(gaps).toEqual([
			{
				code: 'pageMissing',
				message: `360Learning delivered the accounts without ${JANE}, who carries a Personio ID, so others may be missing too. Run again later.`,
			},
		]);
	});

	it.each<[string, Answer, RegExp]>([
		['a refusal', refusal(400, 'oops', 'no'), /not alone either: 360Learning answered HTTP 400: oops, no\./],
		['a page that is not there', { status: 404, body: '<html/>' }, /not alone either/],
		['an answer without a body', { status: 204 }, /in an unexpected form/],
		['a list', { body: [] }, /in an unexpected form/],
		['somebody else', oneUser({ _id: BOBS_ID }), /in an unexpected form/],
	])(
		'have a gap where somebody linked is on neither list and answered with %s',
		async (_what, answer, words) => {
			lists[LINKS] = [page([mapping(1, '8120')])];
			run.company.on('GET', `/users/${JANES_ID}`, answer);
			const gaps = await read();
			expect(gaps).toMatchObject([{ code: 'pageMissing', message: expect.stringMatching(words) }]);
		},
	);

	it('have one gap behind which not everybody is asked for', async () => {
		lists[LINKS] = [
			page([...Array(400).keys()].map((n) => mapping(n + 1, String(n), { targetId: hex(n + 1) }))),
		];
		lists[LIVE] = [[...page(people(0x8000, 500)), FAULT]];
		for (let n = 1; n <= 400; n++) {
			run.company.optional('GET', `/users/${hex(n)}`, oneUser({ _id: hex(n) }));
		}
		const { learners, gaps } = await run.lms.read();
		expect(gaps).toHaveLength(1);
		const found = learners.length - 500;
		expect(found).toBeGreaterThanOrEqual(50);
		expect(found).toBeLessThan(70);
	});

	const board = [{ id: BOARD, name: 'Board', own: false }];
	const learner = { userId: JANES_ID, role: 'learner' };

	it('have a gap where a member of a group is not among them and there all the same', async () => {
		lists[MEMBERS] = [page([learner, { userId: BOBS_ID, role: 'learner' }])];
		run.company.on('GET', `/users/${JANES_ID}`, oneUser());
		expect(await read()).toBeUndefined();
		const { of, gaps } = await run.lms.memberships(board);
		expect(of.size).toBe(2);
		expect(gaps).toEqual([
			{
				code: 'pageMissing',
				message: `360Learning delivered the accounts without ${JANE}, who is in a group, so others may be missing too. Run again later.`,
			},
		]);
	});

	it.each([
		['gone', refusal(404, 'userNotFound')],
		['ended', oneUser({ status: 'deleted' })],
		['not to be read', refusal(400, 'oops')],
	])('have none where that member is %s', async (_what, answer) => {
		lists[MEMBERS] = [page([learner])];
		run.company.on('GET', `/users/${JANES_ID}`, answer);
		await run.lms.read();
		expect((await run.lms.memberships(board)).gaps).toEqual([]);
	});
});

describe('links and marks', () => {
	const link = (number: number) => mapping(number, String(number), { targetId: BOBS_ID });
	const mark = (number: number, targetId = BOBS_ID) =>
		mapping(number, `${number}.aa.0`, { platform: MARK, targetId });

	it('have a gap where there are marks and no links, unless nobody is to be linked', async () => {
		lists[MARKS] = [page([mark(2)])];
		expect(await read()).toEqual([
			{
				code: 'fewerThanUsual',
				message: `360Learning delivered no Personio ID at all, though there are marks of the sync (1). Run again later. If somebody has removed the external IDs "${LINK}", have those of "${MARK}" removed too.`,
			},
		]);
		open({ needsLink: false });
		expect(await read()).toBeUndefined();
	});

	it('have a gap where there were no marks at first', async () => {
		lists[LINKS] = [page([link(1)])];
		lists[MARKS] = [page([]), page([mark(2)])];
		const { learners, gaps } = await run.lms.read();
		expect(gaps).toEqual([
			{
				code: 'fewerThanUsual',
				message: 'At first 360Learning delivered no mark of the sync at all. Run again later.',
			},
		]);
		expect(learners).toMatchObject([{ link: '1', mark: '2.aa.0' }]);
	});

	it('are whole where there are no marks both times', async () => {
		lists[LINKS] = [page([link(1)])];
		expect(await read()).toBeUndefined();
		expect(asked(MARKS)).toBe(2);
	});

	it('have a gap where an account has a mark, and its link is not on the list', async () => {
		lists[LIVE] = [page([user(), user({ _id: BOBS_ID })])];
		lists[LINKS] = [page([link(1)]), page([link(1)]), page([mapping(3, '8120')])];
		lists[MARKS] = [page([mark(2)]), page([mark(2), mark(4, JANES_ID)])];
		expect(await read()).toBeUndefined();
		expect(asked(LINKS) + asked(MARKS)).toBe(2);
		const { learners, gaps } = await run.lms.read();
		expect(learners[0]).toMatchObject({ id: JANES_ID, link: '8120' });
		expect(gaps).toEqual([
			{
				code: 'pageMissing',
				message:
					'360Learning delivered the Personio IDs without 8120, so others may be missing too. Run again later.',
			},
		]);
		expect(run.company.asked).toContain(`GET /external-ids?platform[eq]=${LINK}&targetId[eq]=${JANES_ID}`);
	});

	it('are whole where the link was taken off an account that has a mark', async () => {
		lists[LINKS] = [page([link(1)]), page([])];
		lists[MARKS] = [page([mark(2), mark(4, JANES_ID)])];
		expect(await read()).toBeUndefined();
		expect(asked(LINKS)).toBe(2);
	});
});

describe('the groups', () => {
	const orphan = { _id: hex(3), name: 'C', public: true, parentId: hex(99) };
	const below = { _id: hex(4), name: 'D', public: false, parentId: hex(3) };

	it('have a gap where a group above is not delivered, and what is below has no name', async () => {
		lists['/groups'] = [page([...TREE, orphan, below])];
		const { groups, gaps } = await run.lms.read();
		expect(groups.map(({ id }) => id)).toEqual(TREE.map(({ _id }) => _id));
		expect(gaps).toEqual([
			{
				code: 'groupMissing',
				message: '360Learning delivered the group "C" without the group above it. Run again later.',
			},
		]);
	});

	it('are named below the root group also where a group above that is not delivered', async () => {
		open({ rootGroup: STAFF });
		lists['/groups'] = [page(TREE.filter(({ _id }) => _id !== ACME))];
		const { groups, gaps, rootGroup } = await run.lms.read();
		expect(new Map(groups.map(({ id, name }) => [id, name]))).toEqual(
			new Map([
				[STAFF, '/Staff'],
				[BERLIN, 'Berlin'],
				[TREE[3]!._id, 'Berlin > IT'],
			]),
		);
		expect(rootGroup).toMatchObject({ id: STAFF });
		expect(gaps).toMatchObject([{ code: 'groupMissing' }]);
	});

	it('have a gap where none is at the top', async () => {
		lists['/groups'] = [page([])];
		expect(await read()).toEqual([
			{
				code: 'groupMissing',
				message:
					'360Learning delivered no group at the top of the platform. Check that the credential may read all groups, and run again.',
			},
		]);
	});

	it.each([[BOARD], ['Board'], ['Berlin'], ['/Berlin']])(
		'with a gap have no root group "%s" that is not known for certain',
		async (rootGroup) => {
			open({ rootGroup });
			const left = TREE.filter(({ _id }) => _id !== STAFF && _id !== BOARD);
			lists['/groups'] = [page([...left, { ...TREE[4], _id: hex(77), name: 'Board' }])];
			const failure = await failureOf(run.n8n, run.lms.read());
			expect(failure.message).toBe(
				`360Learning did not deliver all groups, and "${rootGroup}" is not among them.`,
			);
			expect(failure.remedy).toMatch(/^Nothing was changed\. Run again later/);
		},
	);

	it('have a gap where one page is shorter than another one, both times', async () => {
		const all = branches(1000);
		const pages = [
			...page([...TREE, ...all.slice(0, 400)]),
			...page(all.slice(400, 900)),
			...page(all.slice(900)),
		];
		lists['/groups'] = [pages];
		expect(await read()).toMatchObject([{ code: 'pageShort' }]);
	});

	it('have a gap where one has no name', async () => {
		lists['/groups'] = [page([...TREE, { _id: hex(0x7000), parentId: STAFF }])];
		expect(await read()).toMatchObject([{ code: 'idMissing' }]);
	});

	describe('that the sync has filled', () => {
		const gone = hex(0x9000);
		const filled = (targetId: string) => [
			mapping(1, targetId, { platform: 'personio-n8n-group', targetType: 'group', targetId }),
		];

		it('and that are not listed are asked for', async () => {
			lists['/external-ids others'] = [page(filled(gone))];
			run.company.on('GET', `/groups/${gone}`, { body: { _id: gone, name: 'Lost', parentId: STAFF } });
			expect(await read()).toEqual([
				{
					code: 'groupMissing',
					message: '360Learning delivered the groups without one that the sync has filled. Run again later.',
				},
			]);
		});

		it('are a gap as well where that is not answered', async () => {
			lists['/external-ids others'] = [page(filled(gone))];
			run.company.on('GET', `/groups/${gone}`, refusal(403, 'forbidden'));
			expect(await read()).toMatchObject([{ code: 'groupMissing' }]);
		});

		it('are gone where 360Learning does not know them', async () => {
			lists['/external-ids others'] = [page(filled(gone))];
			run.company.on('GET', `/groups/${gone}`, refusal(404, 'groupNotFound'));
			expect(await read()).toBeUndefined();
		});

		it('are not asked for where they are listed', async () => {
			lists['/external-ids others'] = [page(filled(BERLIN))];
			expect(await read()).toBeUndefined();
			expect(run.company.asked).not.toContain(`GET /groups/${BERLIN}`);
		});
	});

	it('that were read with a gap are not acted on', async () => {
		const berlin = TREE.filter(({ _id }) => _id !== BERLIN);
		lists['/groups'] = [page(berlin), page(TREE)];
		expect(await read()).toMatchObject([{ code: 'groupMissing' }]);
		expect(await run.lms.ensureGroup({ name: 'Berlin', below: STAFF })).toMatchObject({ id: BERLIN });
		expect(run.company.written).toEqual([]);
	});
});

describe('a step', () => {
	const short = (first: unknown[], second: unknown[]) => [page(first), page(second)];
	const full = (all: unknown[]) => [...all, ...branches(500 - all.length)];

	it('fails where its list is different the second time', async () => {
		lists['/groups'] = short(full(TREE), full([...TREE, { _id: hex(5), name: 'New', parentId: STAFF }]));
		const failure = await failureOf(run.n8n, run.lms.ensureGroup({ name: 'New', below: STAFF }));
		expect(failure.message).toBe(
			'360Learning delivered a full page 1 of the groups without saying whether there are more.',
		);
		expect(failure.remedy).toBe('Nothing was changed. Run again later.');
	});

	it('goes on where its list is the same the second time', async () => {
		lists['/groups'] = [page(full(TREE))];
		run.company.turns().on('POST', '/groups', { status: 201, body: { _id: hex(6) } });
		expect(await run.lms.ensureGroup({ name: 'New', below: STAFF })).toMatchObject({ id: hex(6) });
		// Twice before it is missing, and twice before it is made.
		expect(run.company.asked.filter((call) => call === 'GET /groups')).toHaveLength(4);
	});

	it('fails where there is no group at the top', async () => {
		lists['/groups'] = [page([])];
		const failure = await failureOf(run.n8n, run.lms.groups());
		expect(failure.message).toBe('360Learning delivered no group at the top of the platform.');
	});

	it('fails where a page of its list has nothing new', async () => {
		const path = `/users/${JANES_ID}/roles`;
		const roles = { body: [{ groupId: STAFF, role: 'learner' }] };
		const link = `<${API}${path}?next=p2>; rel="next"`;
		run.company.on('GET', path, { ...roles, headers: { link } }, roles);
		const failure = await failureOf(run.n8n, run.lms.groupsOf(jane.id));
		expect(failure.message).toBe(
			`360Learning delivered page 2 of the groups of account ${JANES_ID} with what it had delivered before.`,
		);
	});

	it('does not follow links to nothing for ever', async () => {
		const path = `/users/${JANES_ID}/roles`;
		let number = 0;
		run.company.always('GET', path, () => ({
			body: [],
			headers: { link: `<${API}${path}?next=p${++number}>; rel="next"` },
		}));
		const failure = await failureOf(run.n8n, run.lms.groupsOf(jane.id));
		expect(failure.message).toMatch(/with pages left out/);
		expect(run.company.calls).toHaveLength(2);
	});
});
