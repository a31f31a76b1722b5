import type { Learner } from '../../nodes/shared/item';
import type * as Clock from './clock';
import { failureOf } from './failure';
import {
	BOBS_ID,
	DONE,
	hex,
	HOME,
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
/** When the account was deleted. */
const ENDED = '2026-01-31T00:00:00.000Z';
const former: Learner = { ...jane, status: 'inactive' };

describe('a rehire', () => {
	const back = [to('status', 'active'), to('lastName', 'Roe'), to('email', 'roe@example.com')];
	const RESTORED: Answer = { status: 200, body: user({ status: 'invited', deletedAt: [ENDED] }) };
	const bobs = `/users/${BOBS_ID}`;
	/** What the look at the account shows before anything is done. */
	const is = (changes: object = {}) =>
		run.company.on('GET', JANES, oneUser({ status: 'deleted', deletedAt: [ENDED], ...changes }));
	const isGone = () => run.company.on('GET', JANES, refusal(404, 'userNotFound'));

	it('is restored by the address without a mail, activated, and brought up to date', async () => {
		is().on('POST', '/users', RESTORED);
		run.company.on('PUT', `${JANES}/activate`, oneUser()).on('PATCH', JANES, oneUser());
		expect(await run.lms.update(former, back, HOME)).toEqual({ status: 'done', learnerId: JANES_ID });
		expect(run.company.asked).toEqual([
			`GET ${JANES}`,
			'POST /users?sendInvitationEmail=false',
			`PATCH ${JANES}`,
			`PUT ${JANES}/activate`,
		]);
		const membership = { groupId: STAFF, role: 'learner' };
		expect(run.company.bodies('POST', '/users')).toEqual([{ mail: JANE, membership }]);
		expect(run.company.bodies('PATCH', JANES)).toEqual([{ mail: 'roe@example.com', lastName: 'Roe' }]);
	});

	it.each<[string, object, Partial<Learner>, object]>([
		['the address that the account has by now', { mail: 'doe@example.com' }, {}, { mail: 'doe@example.com' }],
		['the user name where there is no address', { mail: '' }, { username: 'jd' }, { username: 'jd' }],
		['the user name of somebody without', { mail: null }, { username: 'jd', email: '' }, { username: 'jd' }],
	])('is restored by %s', async (_what, now, planned, sent) => {
		is(now).on('POST', '/users', RESTORED).on('PUT', `${JANES}/activate`, oneUser());
		const changes = [to('status', 'active')];
		expect(await run.lms.update({ ...former, ...planned }, changes, HOME)).toMatchObject({ status: 'done' });
		const membership = { groupId: STAFF, role: 'learner' };
		expect(run.company.bodies('POST', '/users')).toEqual([{ ...sent, membership }]);
	});

	// The address that the plan saw may be somebody else's by now, or nobody's.
	it('is restored by the user name where the address was removed meanwhile', async () => {
		is({ mail: null, username: 'jd' }).on('POST', '/users', RESTORED);
		run.company.on('PUT', `${JANES}/activate`, oneUser());
		await run.lms.update({ ...former, username: 'jd' }, [to('status', 'active')], HOME);
		expect(run.company.bodies('POST', '/users')).toEqual([
			{ username: 'jd', membership: { groupId: STAFF, role: 'learner' } },
		]);
	});

	it('who is made anew takes the link and the mark over, and the names', async () => {
		const mark = mapping(2, '8120.aa.0', { platform: MARK });
		isGone().on('POST', '/users', { status: 201, body: user({ _id: BOBS_ID, status: 'invited' }) });
		run.company.on('PATCH', bobs, oneUser({ _id: BOBS_ID })).on('PUT', `${bobs}/activate`, oneUser());
		run.company.keeps([mapping(1, '8120'), mark]);
		const used = refusal(400, 'valueAlreadyUsed');
		run.company.on('POST', '/external-ids', used, used);
		for (const each of [mapping(1, '8120'), mark]) {
			run.company.on('PUT', `/external-ids/${each._id}`, { body: { ...each, targetId: BOBS_ID } });
		}
		const changes = [to('status', 'active'), to('link', '8120', LINK), to('mark', '8120.aa.0', MARK)];
		expect(await run.lms.update(former, changes, HOME)).toEqual({ status: 'done', learnerId: BOBS_ID });
		expect(run.company.written).toEqual([
			'POST /users?sendInvitationEmail=false',
			'POST /external-ids',
			`PUT /external-ids/${mapping(1, '')._id}`,
			`PATCH ${bobs}`,
			`PUT ${bobs}/activate`,
			'POST /external-ids',
			`PUT /external-ids/${mapping(2, '')._id}`,
		]);
		expect(run.company.bodies('PATCH', bobs)).toEqual([{ firstName: 'Jane', lastName: 'Doe' }]);
	});

	it('who is made anew takes the link off the former account, and off no other one', async () => {
		const link = mapping(1, '8120', { targetId: hex(0x999) });
		isGone().on('POST', '/users', { status: 201, body: user({ _id: BOBS_ID, status: 'invited' }) });
		run.company.keeps([link]).on('POST', '/external-ids', refusal(400, 'valueAlreadyUsed'));
		run.company.optional('PUT', `/external-ids/${link._id}`, { body: link });
		run.company.optional('PUT', `${bobs}/activate`, oneUser());
		const changes = [to('status', 'active'), to('link', '8120', LINK)];
		const failure = await failureOf(run.n8n, run.lms.update(former, changes, HOME));
		expect(failure.message).toBe(`360Learning refused ${JANE}: valueAlreadyUsed`);
		expect(run.company.written).toEqual(['POST /users?sendInvitationEmail=false', 'POST /external-ids']);
	});

	it('whose restoring is uncertain is looked up, and not restored twice', async () => {
		is().on('POST', '/users', { status: 502 });
		run.company.on('GET', '/users', { body: [user({ status: 'invited' })] });
		run.company.on('PUT', `${JANES}/activate`, oneUser());
		const applied = await run.lms.update(former, [to('status', 'active')], HOME);
		expect(applied).toEqual({ status: 'done', learnerId: JANES_ID });
	});

	it('whose restoring is uncertain does not become a live account of that address', async () => {
		is().on('POST', '/users', { status: 502 });
		run.company.on('GET', '/users', { body: [user({ _id: BOBS_ID, status: 'active' })] });
		run.company.optional('PUT', `${bobs}/activate`, oneUser({ _id: BOBS_ID }));
		await failureOf(run.n8n, run.lms.update(former, [to('status', 'active')], HOME));
		expect(run.company.written).toHaveLength(1);
	});

	it.each<[string, Answer]>([
		['is refused', refusal(400, 'mailAlreadyUsed')],
		['has that one as the answer', { status: 200, body: user({ _id: BOBS_ID }) }],
	])('whose address somebody else has by now is an error, where the POST %s', async (_what, answer) => {
		is().on('POST', '/users', answer);
		run.company.optional('GET', '/users', { body: [user({ _id: BOBS_ID })] });
		const failure = await failureOf(run.n8n, run.lms.update(former, back, HOME));
		expect(failure.message).toBe(`The address ${JANE} belongs to another account by now.`);
		expect(run.company.written).toHaveLength(1);
	});

	it('whose address brings another former account back has that one ended again', async () => {
		is().on('POST', '/users', { status: 200, body: { ...(RESTORED.body as object), _id: BOBS_ID } });
		run.company.on('DELETE', bobs, DONE);
		const failure = await failureOf(run.n8n, run.lms.update(former, back, HOME));
		expect(failure.message).toBe(`The address ${JANE} belongs to another account by now.`);
		expect(run.company.written.slice(1)).toEqual([`DELETE ${bobs}`]);
	});

	it.each(['active', 'invited'])('who is back already (%s) is brought up to date', async (status) => {
		is({ status }).on('PUT', `${JANES}/activate`, oneUser()).on('PATCH', JANES, oneUser());
		expect(await run.lms.update(former, back, HOME)).toEqual({ status: 'done', learnerId: JANES_ID });
		expect(run.company.written).toEqual([`PATCH ${JANES}`, `PUT ${JANES}/activate`]);
	});

	it('who comes back between the look and the POST is brought up to date', async () => {
		is()
			.on('POST', '/users', refusal(400, 'mailAlreadyUsed'))
			.on('GET', '/users', { body: [user()] });
		run.company.on('PUT', `${JANES}/activate`, oneUser()).on('PATCH', JANES, oneUser());
		expect(await run.lms.update(former, back, HOME)).toEqual({ status: 'done', learnerId: JANES_ID });
	});

	it('whose account cannot be looked at is not restored', async () => {
		run.company.on('GET', JANES, refusal(403, 'invalid_scope'));
		await failureOf(run.n8n, run.lms.update(former, back, HOME));
		expect(run.company.written).toEqual([]);
	});

	it('without a group to come back to is not asked for', async () => {
		is();
		const failure = await failureOf(run.n8n, run.lms.update(former, back));
		expect(failure.message).toMatch(/names no root group/);
		expect(run.company.written).toEqual([]);
	});
});
