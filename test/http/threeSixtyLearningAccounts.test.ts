import type * as Clock from './clock';
import { failureOf } from './failure';
import {
	ACTIVE_JANE,
	BOBS_ID,
	DONE,
	HOME,
	JANE,
	jane,
	JANES_ID,
	mapping,
	NEW_JANE,
	oneUser,
	refusal,
	STAFF,
	threeSixtyRun,
	to,
	user,
	type ThreeSixtyRun,
} from './threeSixtyLearning';
import type { Answer } from './vendor';

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

let run: ThreeSixtyRun;

beforeEach(() => {
	run = threeSixtyRun();
});

const JANES = `/users/${JANES_ID}`;
const ACTIVATE = `${JANES}/activate`;
const made = (): Answer => ({ status: 201, body: user({ status: 'invited' }) });
const FORMER: Answer = {
	status: 200,
	body: user({ status: 'invited', deletedAt: ['2026-01-31T00:00:00Z'] }),
};
const LINKED: Answer = { status: 201, body: mapping(1, '8120') };

describe('a new account', () => {
	const BODY = {
		mail: JANE,
		firstName: 'Jane',
		lastName: 'Doe',
		toBeDeactivatedAt: '2027-07-01T12:00:00.000Z',
		job: 'Engineer',
		lang: 'de',
		membership: { groupId: STAFF, role: 'learner' },
	};

	it('is made in its group without a mail, activated, and linked', async () => {
		run.company.keeps([]).on('POST', '/users', made()).on('PUT', ACTIVATE, oneUser());
		run.company.on('POST', '/external-ids', LINKED);
		expect(await run.lms.create(ACTIVE_JANE, HOME)).toEqual({ status: 'done', learnerId: JANES_ID });
		expect(run.company.written).toEqual([
			'POST /users?sendInvitationEmail=false',
			`PUT ${ACTIVATE}`,
			'POST /external-ids',
		]);
		expect(run.company.bodies('POST', '/users')).toEqual([BODY]);
		expect(run.company.bodies('PUT', ACTIVATE)).toEqual(['']);
		const [{ _id: _, ...link }] = [mapping(1, '8120')];
		expect(run.company.bodies('POST', '/external-ids')).toEqual([link]);
		expect(run.company.to('/users')[0]!.headers['content-type']).toMatch(/^application\/json/);
	});

	it('by an invitation gets the mail and is not activated', async () => {
		run.company.keeps([]).on('POST', '/users', made()).on('POST', '/external-ids', LINKED);
		const applied = await run.lms.invite(NEW_JANE, HOME);
		expect(applied).toEqual({ status: 'done', learnerId: JANES_ID, pending: true });
		expect(run.company.written[0]).toBe('POST /users?sendInvitationEmail=true');
		expect(run.company.bodies('POST', '/users')).toEqual([BODY]);
	});

	it('is told as pending where nobody asked for it to be active', async () => {
		run.company.keeps([]).on('POST', '/users', made()).on('POST', '/external-ids', LINKED);
		expect(await run.lms.create(NEW_JANE, HOME)).toMatchObject({ status: 'done', pending: true });
	});

	it('is made without what is empty', async () => {
		run.company.on('POST', '/users', made());
		const empty = [
			to('firstName', ''),
			to('lastName', null),
			to('accessEnds', null),
			to('custom.Phone', '', 'Phone'),
			to('custom.Organization', null, 'Organization'),
			to('custom.Additional Information', '', 'Additional Information'),
		];
		await run.lms.invite([to('email', JANE), ...empty], HOME);
		expect(run.company.bodies('POST', '/users')).toEqual([{ mail: JANE, membership: BODY.membership }]);
	});

	it.each(['active', 'deleted'])('is not made where its Personio id is at an account, %s', async (status) => {
		run.company.keeps([mapping(1, '8120', { targetId: BOBS_ID })]);
		run.company.on('GET', `/users/${BOBS_ID}`, oneUser({ _id: BOBS_ID, status }));
		const applied = await run.lms.create(ACTIVE_JANE, HOME);
		expect(applied).toEqual({
			status: 'skipped',
			message: 'An account of Personio id 8120 exists already. The next run links it.',
			learnerId: BOBS_ID,
			isTheirs: true,
		});
		expect(run.company.written).toEqual([]);
	});

	it('takes the Personio id over from an account that is gone for good', async () => {
		const link = mapping(1, '8120', { targetId: BOBS_ID });
		run.company.keeps([link]).on('GET', `/users/${BOBS_ID}`, refusal(404, 'userNotFound'));
		run.company.on('POST', '/users', made()).on('POST', '/external-ids', refusal(400, 'valueAlreadyUsed'));
		run.company.on('PUT', `/external-ids/${link._id}`, LINKED);
		expect(await run.lms.invite(NEW_JANE, HOME)).toMatchObject({ status: 'done', learnerId: JANES_ID });
	});

	it('takes the Personio id over from no account that got it meanwhile', async () => {
		let isThere = false;
		const link = mapping(1, '8120', { targetId: BOBS_ID });
		run.company.always('GET', '/external-ids', () => ({ body: isThere ? [link] : [] }));
		run.company.on('POST', '/users', made()).always('POST', '/external-ids', () => {
			isThere = true;
			return refusal(400, 'valueAlreadyUsed');
		});
		run.company.optional('PUT', `/external-ids/${link._id}`, LINKED);
		run.company.optional('GET', `/users/${BOBS_ID}`, oneUser({ _id: BOBS_ID }));
		const failure = await failureOf(run.n8n, run.lms.invite(NEW_JANE, HOME));
		expect(failure.message).toBe(`360Learning refused ${JANE}: valueAlreadyUsed`);
	});

	it.each(['create', 'invite'] as const)('of an address in use is skipped by %s', async (how) => {
		run.company.keeps([]).on('POST', '/users', refusal(400, 'mailAlreadyUsed', 'In use.'));
		const others = [user({ _id: BOBS_ID, mail: 'xjane@example.com' }), user({ status: 'deleted' })];
		run.company.on('GET', '/users', { body: [...others, user({ mail: 'JANE@Example.com' })] });
		expect(await run.lms[how](ACTIVE_JANE, HOME)).toEqual({
			status: 'skipped',
			message: `An account with the address ${JANE} exists already. The next run links it.`,
			learnerId: JANES_ID,
		});
		expect(run.company.asked.at(-1)).toBe('GET /users?mail[eq]=jane%40example.com');
	});

	it('of an address in use by an account that is not shown is an error', async () => {
		run.company.keeps([]).on('POST', '/users', refusal(400, 'mailAlreadyUsed', 'In use.'));
		run.company.on('GET', '/users', { body: [] });
		const failure = await failureOf(run.n8n, run.lms.create(ACTIVE_JANE, HOME));
		expect(failure.message).toBe(`360Learning refused ${JANE}: mailAlreadyUsed (In use.)`);
	});

	it.each([
		[400, 'mailInvalid', /Correct the address in Personio/],
		[400, 'mailUsedTooManyTimes', /Keep one of them/],
		[400, 'loginIdentifierMultipleUsersFound', /belong to two accounts/],
		[400, 'deactivationDateInvalid', /last day is over/],
		[400, 'analystUnavailable', /role is not part/],
		[400, 'mailAndUsernameUndefined', /Correct the value/],
		[400, 'notMemberOfPrimaryGroup', /primary group/],
		[404, 'groupNotFound', /group was deleted.*"Root Group"/],
		[409, 'whatever', /Correct the value/],
	])('that is refused with %i %s is one error with its remedy', async (status, code, remedy) => {
		run.company.keeps([]).on('POST', '/users', refusal(status, code));
		const failure = await failureOf(run.n8n, run.lms.create(ACTIVE_JANE, HOME));
		expect(failure).toMatchObject({ message: `360Learning refused ${JANE}: ${code}`, status });
		expect(failure.remedy).toMatch(remedy);
		expect(run.company.written).toHaveLength(1);
	});

	it('without a group to be made in is not asked for', async () => {
		run.company.keeps([]);
		const failure = await failureOf(run.n8n, run.lms.create(ACTIVE_JANE));
		expect(failure.remedy).toBe('Choose "Root Group" in the plan, and plan again.');
		expect(run.company.written).toEqual([]);
	});

	it.each(['create', 'invite'] as const)(
		'that turns out to be a former one is undone by %s, and told',
		async (how) => {
			run.company.keeps([]).on('POST', '/users', FORMER).on('DELETE', JANES, DONE);
			const failure = await failureOf(run.n8n, run.lms[how](ACTIVE_JANE, HOME));
			expect(failure.message).toBe(
				`${JANE} was the address of an ended account, which 360Learning restored.`,
			);
			expect(failure.remedy).toMatch(/^It was ended again/);
			expect(run.company.written.slice(1)).toEqual([`DELETE ${JANES}`]);
		},
	);

	it('that was a former one and could not be ended again is not told as ended', async () => {
		run.company.keeps([]).on('POST', '/users', FORMER).on('DELETE', JANES, refusal(400, 'notNow'));
		const failure = await failureOf(run.n8n, run.lms.create(ACTIVE_JANE, HOME));
		expect(`${failure.message} ${failure.remedy}`).not.toMatch(/was ended again/);
	});

	it.each([[{}], [[]], [{ _id: 7 }], [undefined]])(
		'without an id is refused where nobody has the address: %j',
		async (body) => {
			run.company.keeps([]).on('POST', '/users', { status: 201, body }).on('GET', '/users', { body: [] });
			const failure = await failureOf(run.n8n, run.lms.create(ACTIVE_JANE, HOME));
			expect(failure.message).toBe('360Learning answered /users in an unexpected form.');
			expect(run.company.written).toHaveLength(1);
		},
	);

	it('that cannot be activated is an error', async () => {
		run.company.keeps([]).on('POST', '/users', made()).on('PUT', ACTIVATE, refusal(400, 'userDeleted'));
		const failure = await failureOf(run.n8n, run.lms.create(ACTIVE_JANE, HOME));
		expect(failure.message).toBe(`360Learning refused ${JANE}: userDeleted`);
		expect(failure.remedy).toBe('The account was deleted meanwhile. Run again.');
	});
});

describe('a change', () => {
	it('writes several fields at once, and clears with null, never with an empty text', async () => {
		run.company.on('PATCH', JANES, oneUser());
		const changes = [
			to('email', 'roe@example.com'),
			to('lastName', 'Roe'),
			to('accessEnds', null),
			to('custom.job title', '', 'job_title'),
			to('custom.Phone', null, 'Phone'),
			to('custom.Organization', 'Acme', 'Organization'),
			to('custom.Additional Information', 'x', 'Additional Information'),
			to('custom.Language', 'fr', 'Language'),
		];
		expect(await run.lms.update(jane, changes)).toEqual({ status: 'done', learnerId: JANES_ID });
		expect(run.company.written).toEqual([`PATCH ${JANES}`]);
		expect(run.company.bodies('PATCH', JANES)).toEqual([
			{
				mail: 'roe@example.com',
				lastName: 'Roe',
				toBeDeactivatedAt: null,
				job: null,
				phone: null,
				organization: 'Acme',
				custom: 'x',
				lang: 'fr',
			},
		]);
	});

	it.each([
		['2027-06-30', '2027-07-01T12:00:00.000Z'],
		['2027-12-31', '2028-01-01T12:00:00.000Z'],
		['2028-02-28', '2028-02-29T12:00:00.000Z'],
		['2027-03-27', '2027-03-28T12:00:00.000Z'],
	])('of the last day to %s is sent as %s', async (lastDay, toBeDeactivatedAt) => {
		run.company.on('PATCH', JANES, oneUser());
		await run.lms.update(jane, [to('accessEnds', lastDay)]);
		expect(run.company.bodies('PATCH', JANES)).toEqual([{ toBeDeactivatedAt }]);
	});

	it.each([
		[400, 'mailAlreadyUsed', /Another account has this address/],
		[400, 'ownerDeactivationNotAllowed', /Hand the ownership over/],
		[400, 'deactivationDateInvalid', /last day is over/],
		[404, 'userNotFound', /The account is gone/],
	])('that is refused with %i %s names the person and the remedy', async (status, code, remedy) => {
		run.company.on('PATCH', JANES, refusal(status, code, 'Sorry.'));
		const failure = await failureOf(run.n8n, run.lms.update(jane, [to('lastName', 'Roe')]));
		expect(failure.message).toBe(`360Learning refused ${JANE}: ${code} (Sorry.)`);
		expect(failure.remedy).toMatch(remedy);
	});

	it('that meets a fault is repeated, for it does the same twice', async () => {
		run.company.on('PATCH', JANES, { status: 502 }, { fault: 'ECONNRESET' }, oneUser());
		await run.lms.update(jane, [to('lastName', 'Roe')]);
		expect(run.company.bodies('PATCH', JANES)).toHaveLength(2);
	});

	describe('whose answer is not the account', () => {
		const changes = [to('email', 'roe@example.com'), to('accessEnds', '2027-06-30'), to('firstName', null)];
		const taken = { mail: 'Roe@example.com', toBeDeactivatedAt: '2027-07-01T00:00:00.000Z', firstName: '' };

		it('is done where the account carries all of it', async () => {
			run.company.on('PATCH', JANES, { body: {} }).on('GET', JANES, oneUser(taken));
			expect(await run.lms.update(jane, changes)).toEqual({ status: 'done', learnerId: JANES_ID });
		});

		it.each([
			['the address', { mail: JANE }],
			['the last day', { toBeDeactivatedAt: null }],
			['a name', { firstName: 'Jane' }],
		])('is an error where the account is without %s', async (_, old) => {
			run.company.on('PATCH', JANES, { body: {} }).on('GET', JANES, oneUser({ ...taken, ...old }));
			const failure = await failureOf(run.n8n, run.lms.update(jane, changes));
			expect(failure.message).toBe(`360Learning answered ${JANES} in an unexpected form.`);
		});
	});

	it('makes an invited account active', async () => {
		run.company.on('PUT', ACTIVATE, oneUser());
		await run.lms.update({ ...jane, status: 'pending' }, [to('status', 'active')]);
		expect(run.company.written).toEqual([`PUT ${ACTIVATE}`]);
	});

	it('of an address makes way for a colleague at one that nobody uses', async () => {
		run.company.on('PATCH', JANES, oneUser());
		await run.lms.setAside(jane);
		expect(run.company.bodies('PATCH', JANES)).toEqual([
			{ mail: `set-aside-${JANES_ID}@personio-sync.invalid` },
		]);
	});
});
