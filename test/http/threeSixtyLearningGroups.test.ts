import { learnerId } from '../../nodes/shared/item';
import { waits } from './clock';
import type * as Clock from './clock';
import { failureOf } from './failure';
import {
	ACME,
	BERLIN,
	BOARD,
	BOARDS_IT,
	BOBS_ID,
	hex,
	IT,
	JANES_ID,
	mapping,
	refusal,
	STAFF,
	threeSixtyRun,
	TREE,
	type RunOptions,
	type ThreeSixtyRun,
} from './threeSixtyLearning';

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

let run: ThreeSixtyRun;

function open(options: RunOptions = {}, tree: unknown[] = TREE): void {
	run = threeSixtyRun(options);
	run.company.optional('GET', '/groups', { body: tree });
	run.company.optional('GET', '/external-ids', { body: [] });
}

const groupOf = (id: string, name: string) => ({ id, name, own: false });

describe('the tree of groups', () => {
	const names = async () => new Map((await run.lms.groups()).map(({ id, name }) => [id, name]));

	it('is named by paths below the root group, and by paths from the top elsewhere', async () => {
		open({ rootGroup: STAFF });
		expect(await names()).toEqual(
			new Map([
				[ACME, '/Acme'],
				[STAFF, '/Acme > Staff'],
				[BERLIN, 'Berlin'],
				[IT, 'Berlin > IT'],
				[BOARD, '/Acme > Board'],
				[BOARDS_IT, '/Acme > Board > IT'],
			]),
		);
	});

	it('is named from the top without a root group', async () => {
		open();
		expect((await names()).get(IT)).toBe('/Acme > Staff > Berlin > IT');
	});

	it('tells what this sync has made, and which groups a public one brings', async () => {
		open();
		const groups = new Map((await run.lms.groups()).map((each) => [each.id, each]));
		expect(groups.get(IT)).toMatchObject({ own: true, brings: [BERLIN, STAFF] });
		expect(groups.get(BERLIN)).toMatchObject({ own: false, brings: [STAFF] });
		for (const id of [ACME, STAFF, BOARD, BOARDS_IT]) {
			expect(groups.get(id)).not.toHaveProperty('brings');
			expect(groups.get(id)).toMatchObject({ own: false });
		}
	});

	it.each([
		['R > D', 'R / D'],
		[' / HR ', 'HR'],
		['//HR', 'HR'],
		['R&D/IT', 'R&D/IT'],
	])('has names that look like paths told apart: "%s"', async (name, expected) => {
		open({ rootGroup: STAFF }, [...TREE, { _id: hex(9), name, public: false, parentId: STAFF }]);
		expect((await names()).get(hex(9))).toBe(expected);
		const ref = { name: expected, below: STAFF };
		expect(await run.lms.ensureGroup(ref)).toMatchObject({ id: hex(9) });
		expect(run.company.written).toEqual([]);
	});

	it('does not end in a circle', async () => {
		const odd = [
			{ _id: hex(1), name: 'A', public: true, parentId: hex(2) },
			{ _id: hex(2), name: 'B', public: true, parentId: hex(1) },
		];
		open({}, [...TREE, ...odd]);
		expect((await names()).get(hex(2))).toBe('/A > B');
	});

	it('is refused where a group above is not delivered', async () => {
		open({}, [...TREE, { _id: hex(3), name: 'C', public: true, parentId: hex(99) }]);
		const failure = await failureOf(run.n8n, run.lms.groups());
		expect(failure.message).toBe('360Learning delivered the group "C" without the group above it.');
		expect(failure.remedy).toMatch(/Run again later/);
	});

	it.each([
		['id', STAFF],
		['path', '/Acme > Staff'],
		['path in another case', '/ACME > staff'],
		['name', 'Staff'],
		['name in another case', ' STAFF '],
	])('begins at the root group that is named by its %s', async (_what, rootGroup) => {
		open({ rootGroup });
		run.company.on('GET', '/users', { body: [] }, { body: [] });
		const state = await run.lms.read();
		expect(state.rootGroup).toEqual({ id: STAFF, name: '/Acme > Staff', own: false });
	});

	it('begins at the topmost one of a name that others have below it', async () => {
		const below = { _id: hex(9), name: 'staff', public: false, parentId: BERLIN };
		open({ rootGroup: 'Staff' }, [below, ...TREE]);
		run.company.on('GET', '/users', { body: [] }, { body: [] });
		expect((await run.lms.read()).rootGroup).toMatchObject({ id: STAFF });
	});

	it.each([
		['', '"Root Group" is empty.'],
		['Sales', '360Learning has no group "Sales".'],
		['it', '360Learning has several groups "it": "/Acme > Staff > Berlin > IT", "/Acme > Board > IT".'],
	])('has no root group "%s"', async (rootGroup, sentence) => {
		open({ rootGroup });
		const failure = await failureOf(run.n8n, run.lms.read());
		expect(failure.message).toBe(sentence);
		expect(failure.remedy).toMatch(/Nothing was changed/);
		expect(run.company.asked).toEqual(['GET /groups']);
	});
});

describe('who is in a group', () => {
	it('are its learners, by all pages and without other roles', async () => {
		open();
		const list = `/groups/${BERLIN}/roles`;
		const member = (userId: string, role = 'learner') => ({ userId, role });
		const link = `</api/v2${list}?next=p2>; rel="next"`;
		const full = [...Array(998).keys()].map((number) => member(hex(0x9000 + number), 'admin'));
		const [first, second] = [member(JANES_ID), member(hex(3), 'admin')];
		run.company.on('GET', list, { body: [first, second, ...full], headers: { link } });
		run.company.on('GET', list, { body: [member(BOBS_ID), member(hex(4), 'owner')] });
		run.company.on('GET', `/groups/${BOARD}/roles`, {
			body: [member(BOBS_ID), member(JANES_ID, 'userAdmin')],
		});
		const { of: found, gaps } = await run.lms.memberships([
			groupOf(BERLIN, 'Berlin'),
			groupOf(BOARD, '/Acme > Board'),
		]);
		// In the order of the groups, although the answers about the second one end before those about the first.
		expect(found.get(learnerId(BOBS_ID))).toEqual(['Berlin', '/Acme > Board']);
		expect(found.get(learnerId(JANES_ID))).toEqual(['Berlin']);
		expect(found.size).toBe(2);
		expect(gaps).toEqual([]);
	});

	it('is asked also of public groups below, which would be left together with it', async () => {
		open({ rootGroup: STAFF });
		for (const id of [BERLIN, IT]) run.company.on('GET', `/groups/${id}/roles`, { body: [] });
		const berlin = (await run.lms.groups()).filter(({ id }) => id === BERLIN);
		await run.lms.memberships(berlin);
	});
});

describe('a group that is missing', () => {
	const make = (id: string) => ({ status: 201, body: { _id: id } });

	it('has each missing level made once, private and with our mark', async () => {
		const tree: unknown[] = [...TREE];
		open({}, tree);
		run.company.turns(2).on('POST', '/groups', make(hex(11)), make(hex(12)), make(hex(13)));
		const ref = (name: string) => ({ name, below: STAFF });
		expect(await run.lms.ensureGroup(ref('Berlin > HR > Pay'))).toMatchObject({ id: hex(12), own: true });
		tree.push({ _id: hex(11), name: 'HR', public: false, parentId: BERLIN });
		tree.push({ _id: hex(12), name: 'Pay', public: false, parentId: hex(11) });
		expect(await run.lms.ensureGroup(ref('berlin > hr > pay'))).toMatchObject({ id: hex(12) });
		expect(await run.lms.ensureGroup(ref('Berlin > HR > Law'))).toMatchObject({ id: hex(13) });
		const custom = 'Made by the Personio sync.';
		expect(run.company.bodies('POST', '/groups')).toEqual([
			{ name: 'HR', public: false, parentId: BERLIN, custom },
			{ name: 'Pay', public: false, parentId: hex(11), custom },
			{ name: 'Law', public: false, parentId: hex(11), custom },
		]);
	});
});

describe('a group to be filled', () => {
	beforeEach(() => open());

	it('that is known by its id is not made', async () => {
		expect(await run.lms.ensureGroup({ name: 'Berlin', id: BERLIN })).toMatchObject({ id: BERLIN });
		expect(run.company.written).toEqual([]);
	});

	it.each([
		['Berlin', STAFF, BERLIN],
		['berlin > it', STAFF, IT],
		['/Acme > Board > IT', STAFF, BOARDS_IT],
		['/acme', undefined, ACME],
	])('%s below %s is found whatever its letter case', async (name, below, id) => {
		const ref = { name, ...(below !== undefined && { below }) };
		expect(await run.lms.ensureGroup(ref)).toMatchObject({ id, name });
		expect(run.company.written).toEqual([]);
	});

	it('of a path that begins nowhere is an error', async () => {
		const failure = await failureOf(run.n8n, run.lms.ensureGroup({ name: '/Other > HR' }));
		expect(failure.message).toBe('There is no group "/Other" at the top of the platform.');
		expect(failure.remedy).toBe('A path with a slash before it starts at the top: "/Acme".');
	});

	it.each([[undefined], [hex(99)]])('of a root group that is gone (%s) is an error', async (below) => {
		const ref = { name: 'HR', ...(below !== undefined && { below }) };
		const failure = await failureOf(run.n8n, run.lms.ensureGroup(ref));
		expect(failure.message).toBe('The group "HR" cannot be made, because the root group is gone.');
	});

	it.each([
		[400, 'maxGroupsLimitReached', /too many groups/],
		[404, 'parentGroupNotFound', /group above was deleted/],
	])('that is refused with %i %s is an error', async (status, code, remedy) => {
		run.company.turns().on('POST', '/groups', refusal(status, code));
		const failure = await failureOf(run.n8n, run.lms.ensureGroup({ name: 'HR', below: STAFF }));
		expect(failure.message).toBe(`360Learning refused the group "HR": ${code}`);
		expect(failure.remedy).toMatch(remedy);
	});

	it('is recorded as filled by levels once, before anybody is in it', async () => {
		const wanted = { platform: 'personio-n8n-group', targetId: BOARD, targetType: 'group', value: BOARD };
		run.company.on('POST', '/external-ids', { status: 201, body: mapping(1, BOARD, wanted) });
		const ref = { name: '/Acme > Board', id: BOARD, byLevels: true as const };
		await run.lms.ensureGroup(ref);
		await run.lms.ensureGroup(ref);
		expect(run.company.bodies('POST', '/external-ids')).toEqual([wanted]);
		expect(run.company.asked[0]).toBe('GET /external-ids?platform[eq]=personio-n8n-group&type[eq]=group');
	});
});

/** Two runs of one workflow on two workers of n8n share nothing but 360Learning. */
describe('a group that another run makes at the same time', () => {
	const HR = { _id: hex(9), name: 'HR', public: false, parentId: STAFF };
	const making = { platform: 'personio-n8n-making', targetId: STAFF, targetType: 'group' };
	const theirs = mapping(0x7b, 'theirs', making);
	const ensure = async () => await run.lms.ensureGroup({ name: 'HR', below: STAFF });
	const taken = refusal(400, 'mappingAlreadyExists');
	const turn = `/external-ids?platform[eq]=personio-n8n-making&targetId[eq]=${STAFF}`;

	beforeEach(() => {
		run = threeSixtyRun();
	});

	it('is waited for, and not made a second time', async () => {
		let tree: unknown[] = TREE;
		run.company.always('GET', '/groups', () => ({ body: tree }));
		run.company.on('POST', '/external-ids', taken, taken);
		run.company.always('GET', '/external-ids', ({ query }) => {
			if (query.has('targetId[eq]')) tree = [...TREE, HR];
			return { body: query.has('targetId[eq]') ? [theirs] : [] };
		});
		run.company.turns();
		expect(await ensure()).toMatchObject({ id: HR._id });
		expect(run.company.asked.filter((call) => call === `GET ${turn}`)).toHaveLength(2);
		expect(run.company.bodies('POST', '/groups')).toEqual([]);
	});

	it('is made here once the other run has been waited for in vain', async () => {
		let isHeld = true;
		const ours = mapping(0x7c, 'ours', making);
		run.company.always('GET', '/groups', () => ({ body: TREE }));
		run.company.always('GET', '/external-ids', () => ({ body: isHeld ? [theirs] : [] }));
		run.company.always('POST', '/external-ids', () => (isHeld ? taken : { status: 201, body: ours }));
		run.company.always('DELETE', `/external-ids/${theirs._id}`, () => {
			isHeld = false;
			return { status: 204 };
		});
		run.company.on('DELETE', `/external-ids/${ours._id}`, { status: 204 });
		run.company.on('POST', '/groups', { status: 201, body: { _id: HR._id } });
		expect(await ensure()).toMatchObject({ id: HR._id });
		const waited = waits.filter((ms) => ms === 500).length * 500;
		expect(waited).toBeGreaterThan(10_000);
	});

	it('is made here without waiting where nobody may take turns', async () => {
		run.company.always('GET', '/groups', () => ({ body: TREE }));
		run.company.on('POST', '/external-ids', refusal(403, 'forbidden'));
		run.company.on('POST', '/groups', { status: 201, body: { _id: HR._id } });
		expect(await ensure()).toMatchObject({ id: HR._id });
	});
});
