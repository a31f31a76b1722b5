import type { Gap } from '../../nodes/shared/item';
import type * as Clock from './clock';
import { failureOf } from './failure';
import {
	DEFINITIONS,
	janesAccount,
	learnUponRun,
	list,
	NEW_JANE,
	NOBODY,
	oneUser,
	refusal,
	usersList,
	type LearnUponRun,
} from './learnUpon';
import type { Answer } from './vendor';

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

let run: LearnUponRun;

beforeEach(() => {
	run = learnUponRun();
});

const FULL = 499;
const records = (first: number, count = FULL) =>
	Array.from({ length: count }, (_, index) =>
		janesAccount({
			id: first + index,
			email: `p${first + index}@example.com`,
			title: `Group ${first + index}`,
			invite_email_address: `p${first + index}@example.com`,
			invite_status: 'sent',
		}),
	);
const fault = refusal(503, 'try later');
/** As often as a call is sent that is answered with a fault. */
const faults = [fault, fault, fault, fault];

const EMPTY: Record<string, Answer> = {
	'/group_invites': list('group_invite', []),
	'/users': usersList([janesAccount({ id: 9000 })]),
	'/groups': list('groups', []),
};

interface Listed {
	path: string;
	what: string;
	/** One page of that list. */
	page: (records: unknown[], more?: boolean) => Answer;
	count: () => Promise<{ count: number; gaps: Gap[] | undefined }>;
}

/** Announces the other lists, whole, and reads all. */
async function readAll(path: string) {
	for (const [other, answer] of Object.entries(EMPTY))
		if (other !== path) run.portal.on('GET', other, answer);
	return await run.learnUpon.read();
}

const learners = (path: string) => async () => {
	const { learners: all, gaps } = await readAll(path);
	return { count: all.filter(({ id }) => id !== '9000').length, gaps };
};

const LISTS: Listed[] = [
	{ path: '/users', what: 'the accounts', page: usersList, count: learners('/users') },
	{
		path: '/group_invites',
		what: 'the invitations',
		page: (all, more) => list('group_invite', all, more),
		count: learners('/group_invites'),
	},
	{
		path: '/groups',
		what: 'the groups',
		page: (all, more) => list('groups', all, more),
		count: async () => {
			const { groups, gaps } = await readAll('/groups');
			return { count: groups.length, gaps };
		},
	},
	{
		path: '/group_memberships',
		what: 'the members of "Sales"',
		page: (all, more) => list('user', all, more),
		count: async () => {
			const { of, gaps } = await run.learnUpon.memberships([{ id: '7', name: 'Sales', own: false }]);
			return { count: of.size, gaps: gaps.length > 0 ? gaps : undefined };
		},
	},
];

describe.each(LISTS)('$what', ({ path, what, page, count }) => {
	it('have none where they are whole, and one where a page cannot be read', async () => {
		run.portal.on('GET', path, page(records(1), true), page(records(500, 3)));
		expect(await count()).toEqual({ count: 502, gaps: undefined });
		run.portal.on('GET', path, page(records(1), true), ...faults);
		expect(await count()).toEqual({
			count: FULL,
			gaps: [
				{
					code: 'pageMissing',
					message: `LearnUpon did not deliver page 2 of ${what}: LearnUpon answered HTTP 503: try later. Run again later.`,
				},
			],
		});
	});

	it('have a gap where the second page cannot be read, and are not known where the first one cannot', async () => {
		run.portal.on('GET', path, page(records(1), true), ...faults);
		expect(await count()).toMatchObject({ gaps: [{ code: 'pageMissing' }] });
		run = learnUponRun();
		run.portal.on('GET', path, ...faults);
		for (const other of ['/group_invites', '/users']) {
			if (other !== path) run.portal.optional('GET', other, EMPTY[other] as Answer);
		}
		const work = path === '/group_memberships' ? count() : run.learnUpon.read();
		const failure = await failureOf(run.n8n, work);
		expect(failure.message).toBe('LearnUpon answered HTTP 503: try later');
	});

	it('have a gap where a page comes in another form', async () => {
		run.portal.on('GET', path, page(records(1), true), { body: {} });
		expect(await count()).toMatchObject({ count: FULL, gaps: [{ code: 'pageMissing' }] });
	});

	const short = (number: number) => [
		{
			code: 'pageShort',
			message: `LearnUpon delivered page ${number} of ${what} with records left out. Run again later.`,
		},
	];

	it('have a gap where a page is shorter than it says, and are read on', async () => {
		run.portal.on('GET', path, page(records(1), true), page(records(500, 480), true), page(records(999, 2)));
		expect(await count()).toEqual({ count: FULL + 482, gaps: short(2) });
	});

	it('have a gap where the first page is shorter than it says', async () => {
		run.portal.on('GET', path, page(records(1, 480), true), page(records(500, 2)));
		expect(await count()).toEqual({ count: 482, gaps: short(1) });
	});

	it('have a gap where a page is shorter than another one, and no header tells the size', async () => {
		const bare = (all: unknown[], more: boolean) => {
			const answer = page(all, more);
			return { ...answer, headers: { 'lu-has-next-page': String(more) } };
		};
		run.portal.on('GET', path, bare(records(1), true), bare(records(500, 480), true), bare([], false));
		expect(await count()).toMatchObject({ count: FULL + 480, gaps: [...short(2), ...short(3)] });
	});

	it('have a gap where a page that was announced is empty', async () => {
		run.portal.on('GET', path, page(records(1), true), page([]));
		expect(await count()).toEqual({ count: FULL, gaps: short(2) });
	});

	it('have a gap where a page comes twice, and are read no further', async () => {
		run.portal.on('GET', path, page(records(1), true), page(records(1), true));
		expect(await count()).toEqual({
			count: FULL,
			gaps: [
				{
					code: 'pageRepeated',
					message: `LearnUpon delivered page 2 of ${what} with what it had delivered before. Run again later.`,
				},
			],
		});
	});

	it('have a gap where records have no id', async () => {
		run.portal.on('GET', path, page([...records(1, 2), { email: 'x@example.com' }]));
		expect(await count()).toMatchObject({ count: 2, gaps: [{ code: 'idMissing' }] });
	});
});

describe('the accounts', () => {
	it('have a gap where there is nobody, not even an administrator', async () => {
		run.portal.on('GET', '/users', usersList([]));
		const { gaps } = await readAll('/users');
		expect(gaps).toEqual([
			{
				code: 'nobody',
				message:
					'LearnUpon delivered no account at all, not even that of an administrator. Check that "Portal URL" in the credential names the right portal, and run again.',
			},
		]);
	});

	describe('of members of a group', () => {
		const SALES = [{ id: '7', name: 'Sales', own: false }];
		const members = (...ids: number[]) =>
			list(
				'user',
				ids.map((id) => janesAccount({ id })),
			);
		beforeEach(async () => {
			run.portal.on('GET', '/users', usersList([janesAccount({ id: 1 })]));
			await readAll('/users');
		});

		it('have a gap where one is not among them and there all the same', async () => {
			run.portal.on('GET', '/group_memberships', members(1, 501)).on('GET', '/users/501', oneUser());
			const { of, gaps } = await run.learnUpon.memberships(SALES);
			expect(of.size).toBe(2);
			expect(gaps).toEqual([
				{
					code: 'pageMissing',
					message:
						'LearnUpon delivered the accounts without jane@example.com, who is in a group, so others may be missing too. Run again later.',
				},
			]);
		});

		it('have none where that one is gone, or cannot be read', async () => {
			run.portal.on('GET', '/group_memberships', members(501, 502));
			run.portal.on('GET', '/users/501', NOBODY).on('GET', '/users/502', refusal(400, 'no'));
			expect((await run.learnUpon.memberships(SALES)).gaps).toEqual([]);
		});

		it('cost no call where all are among them', async () => {
			run.portal.on('GET', '/group_memberships', members(1));
			const before = run.portal.calls.length;
			expect((await run.learnUpon.memberships(SALES)).gaps).toEqual([]);
			expect(run.portal.calls).toHaveLength(before + 1);
		});
	});
});

describe('a step', () => {
	const short = (key: string) => list(key, records(1, 480), true);

	it.each([
		[
			'an invitation',
			'/group_invites',
			'group_invite',
			'the invitations',
			async () => run.learnUpon.invite(NEW_JANE),
		],
		[
			'a new group',
			'/groups',
			'groups',
			'the groups',
			async () => run.learnUpon.ensureGroup({ name: 'New' }),
		],
		['the list of groups', '/groups', 'groups', 'the groups', async () => run.learnUpon.groups()],
	])('fails where its list has a gap: %s', async (_what, path, key, what, act) => {
		run.portal.on('GET', path, short(key));
		const failure = await failureOf(run.n8n, act());
		expect(failure.message).toBe(`LearnUpon delivered page 1 of ${what} with records left out.`);
		expect(failure.remedy).toBe('Nothing was changed. Run again later.');
		expect(run.portal.calls).toHaveLength(1);
	});

	it('does not act on a list of groups that was read with a gap', async () => {
		run.portal.on('GET', '/groups', list('groups', records(1), true), list('groups', []));
		await readAll('/groups');
		run.portal.on('GET', '/groups', list('groups', [{ id: 800, title: 'Berlin' }]));
		expect(await run.learnUpon.ensureGroup({ name: 'Berlin' })).toMatchObject({ id: '800' });
		expect(run.portal.asked.filter((call) => call.startsWith('POST'))).toEqual([]);
	});
});

it('reads the fields also where the accounts have a gap', async () => {
	run.portal.on('GET', '/users', usersList(records(1), true), ...faults);
	const { fields } = await readAll('/users');
	expect(fields).toHaveLength(DEFINITIONS.length);
});

describe('accounts that are listed without custom data', () => {
	const { CustomData: _, customDataFieldValues: __, ...bare } = janesAccount();
	const listed = (...users: object[]) => {
		run.portal.on('GET', '/group_invites', EMPTY['/group_invites'] as Answer);
		run.portal.on('GET', '/users', usersList(users));
		run.portal.on('GET', '/groups', EMPTY['/groups'] as Answer);
	};

	it('are a gap where an account has some on its own', async () => {
		listed(janesAccount({ id: 500 }), bare);
		run.portal.on('GET', '/users/501', oneUser());
		expect((await run.learnUpon.read()).gaps).toEqual([
			{
				code: 'attributeMissing',
				message:
					'LearnUpon delivered 1 of 2 accounts without their custom data, and so without their Personio IDs. Run again later.',
			},
		]);
	});

	it('are a gap where that cannot be read', async () => {
		listed(bare);
		run.portal.on('GET', '/users/501', ...faults);
		expect((await run.learnUpon.read()).gaps).toMatchObject([{ code: 'attributeMissing' }]);
	});

	it('are whole where an account on its own has none either, or is gone', async () => {
		listed({ ...bare, id: 502 }, bare);
		run.portal.on('GET', '/users/501', { body: { user: [bare] } });
		run.portal.on('GET', '/users/502', NOBODY);
		expect((await run.learnUpon.read()).gaps).toBeUndefined();
	});

	it('are of no matter where nothing hangs on it', async () => {
		run = learnUponRun({ needsLink: false });
		listed(bare);
		expect((await run.learnUpon.read()).gaps).toBeUndefined();
	});

	it('are looked at three times at most', async () => {
		listed(...[1, 2, 3, 4, 5].map((id) => ({ ...bare, id })));
		for (const id of [3, 4, 5]) run.portal.on('GET', `/users/${id}`, { body: { user: [{ ...bare, id }] } });
		expect((await run.learnUpon.read()).gaps).toBeUndefined();
	});
});
