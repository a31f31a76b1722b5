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

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

let run: ThreeSixtyRun;

beforeEach(() => {
	run = threeSixtyRun();
});

const JANES = `/users/${JANES_ID}`;
const former: Learner = { ...jane, status: 'inactive' };

describe('a rehire', () => {
	const back = [to('status', 'active'), to('lastName', 'Roe'), to('email', 'roe@example.com')];

	it('is restored by the address without a mail, activated, and brought up to date', async () => {
		run.company.on('POST', '/users', { status: 200, body: user({ status: 'invited' }) });
		run.company.on('PUT', `${JANES}/activate`, oneUser()).on('PATCH', JANES, oneUser());
		expect(await run.lms.update(former, back, HOME)).toEqual({ status: 'done', learnerId: JANES_ID });
		expect(run.company.written).toEqual([
			'POST /users?sendInvitationEmail=false',
			`PATCH ${JANES}`,
			`PUT ${JANES}/activate`,
		]);
		const membership = { groupId: STAFF, role: 'learner' };
		expect(run.company.bodies('POST', '/users')).toEqual([{ mail: JANE, membership }]);
		expect(run.company.bodies('PATCH', JANES)).toEqual([{ mail: 'roe@example.com', lastName: 'Roe' }]);
	});

	it('who is made anew takes the link and the mark over, and has no values to be kept', async () => {
		const bobs = `/users/${BOBS_ID}`;
		const mark = mapping(2, '8120.aa.0', { platform: MARK });
		run.company.on('POST', '/users', { status: 201, body: user({ _id: BOBS_ID, status: 'invited' }) });
		run.company.on('PUT', `${bobs}/activate`, oneUser()).keeps([mapping(1, '8120'), mark]);
		const used = refusal(400, 'valueAlreadyUsed');
		run.company.on('POST', '/external-ids', used, used);
		for (const each of [mapping(1, '8120'), mark]) {
			run.company.on('PUT', `/external-ids/${each._id}`, { body: { ...each, targetId: BOBS_ID } });
		}
		const changes = [to('status', 'active'), to('link', '8120', LINK), to('mark', '8120.aa.0', MARK)];
		expect(await run.lms.update(former, changes, HOME)).toEqual({ status: 'done', learnerId: BOBS_ID });
		expect(run.company.written).toEqual([
			'POST /users?sendInvitationEmail=false',
			`PUT ${bobs}/activate`,
			'POST /external-ids',
			`PUT /external-ids/${mapping(1, '')._id}`,
			'POST /external-ids',
			`PUT /external-ids/${mapping(2, '')._id}`,
		]);
	});

	it('who is made anew takes the link off the former account, and off no other one', async () => {
		const link = mapping(1, '8120', { targetId: hex(0x999) });
		run.company.on('POST', '/users', { status: 201, body: user({ _id: BOBS_ID, status: 'invited' }) });
		run.company.on('PUT', `/users/${BOBS_ID}/activate`, oneUser()).keeps([link]);
		run.company.on('POST', '/external-ids', refusal(400, 'valueAlreadyUsed'));
		run.company.optional('PUT', `/external-ids/${link._id}`, { body: link });
		const changes = [to('status', 'active'), to('link', '8120', LINK)];
		const failure = await failureOf(run.n8n, run.lms.update(former, changes, HOME));
		expect(failure.message).toBe(`360Learning refused ${JANE}: valueAlreadyUsed`);
	});

	it('whose restoring is uncertain is looked up, and not restored twice', async () => {
		run.company.on('POST', '/users', { status: 502 });
		run.company.on('GET', '/users', { body: [user({ status: 'invited' })] });
		run.company.on('PUT', `${JANES}/activate`, oneUser());
		const applied = await run.lms.update(former, [to('status', 'active')], HOME);
		expect(applied).toEqual({ status: 'done', learnerId: JANES_ID });
	});

	it('whose restoring is uncertain does not become a live account of that address', async () => {
		run.company.on('POST', '/users', { status: 502 });
		run.company.on('GET', '/users', { body: [user({ _id: BOBS_ID, status: 'active' })] });
		run.company.optional('PUT', `/users/${BOBS_ID}/activate`, oneUser({ _id: BOBS_ID }));
		await failureOf(run.n8n, run.lms.update(former, [to('status', 'active')], HOME));
		expect(run.company.written).toHaveLength(1);
	});

	it('whose address somebody else has by now is an error', async () => {
		run.company.on('POST', '/users', refusal(400, 'mailAlreadyUsed'));
		run.company.on('GET', '/users', { body: [user({ _id: BOBS_ID })] });
		const failure = await failureOf(run.n8n, run.lms.update(former, back, HOME));
		expect(failure.message).toBe(`The address ${JANE} belongs to another account by now.`);
		expect(run.company.written).toHaveLength(1);
	});

	it('whose address brings another former account back has that one ended again', async () => {
		run.company.on('POST', '/users', { status: 200, body: user({ _id: BOBS_ID, status: 'invited' }) });
		run.company.on('DELETE', `/users/${BOBS_ID}`, DONE);
		const failure = await failureOf(run.n8n, run.lms.update(former, back, HOME));
		expect(failure.message).toBe(`The address ${JANE} belongs to another account by now.`);
		expect(run.company.written.slice(1)).toEqual([`DELETE /users/${BOBS_ID}`]);
	});

	it('who is back already is brought up to date', async () => {
		run.company.on('POST', '/users', refusal(400, 'mailAlreadyUsed')).on('GET', '/users', { body: [user()] });
		run.company.on('PUT', `${JANES}/activate`, oneUser()).on('PATCH', JANES, oneUser());
		expect(await run.lms.update(former, back, HOME)).toEqual({ status: 'done', learnerId: JANES_ID });
	});

	it('without a group to come back to is not asked for', async () => {
		const failure = await failureOf(run.n8n, run.lms.update(former, back));
		expect(failure.message).toMatch(/names no root group/);
		expect(run.company.calls).toEqual([]);
	});
});

describe('ending access', () => {
	it('deletes the account', async () => {
		run.company.on('GET', JANES, oneUser()).on('DELETE', JANES, DONE);
		expect(await run.lms.deactivate(jane)).toEqual({ status: 'done', learnerId: JANES_ID });
		expect(run.company.asked).toEqual([`GET ${JANES}`, `DELETE ${JANES}`]);
	});

	const gone = { status: 'skipped', message: 'The account is deleted already.', learnerId: JANES_ID };

	it('of an account that is deleted already writes nothing', async () => {
		run.company.on('GET', JANES, oneUser({ status: 'deleted' }), refusal(404, 'userNotFound'));
		expect(await run.lms.deactivate(jane)).toEqual(gone);
		expect(await run.lms.deactivate(jane)).toEqual(gone);
		expect(run.company.written).toEqual([]);
	});

	it('of an account that somebody deletes meanwhile is fine', async () => {
		run.company.on('GET', JANES, oneUser()).on('DELETE', JANES, refusal(404, 'userNotFound'));
		expect(await run.lms.deactivate(jane)).toEqual(gone);
	});

	it('of the owner is an error with its remedy', async () => {
		run.company.on('GET', JANES, oneUser()).on('DELETE', JANES, refusal(400, 'userIsCompanyOwner'));
		const failure = await failureOf(run.n8n, run.lms.deactivate(jane));
		expect(failure.message).toBe(`360Learning refused ${JANE}: userIsCompanyOwner`);
		expect(failure.remedy).toBe('The account owns the platform. Hand the ownership over first.');
	});

	it('that meets a fault is repeated', async () => {
		run.company.on('GET', JANES, { status: 503 }, oneUser()).on('DELETE', JANES, { status: 502 }, DONE);
		expect(await run.lms.deactivate(jane)).toMatchObject({ status: 'done' });
	});

	it.each([
		['an answer without a body', { status: 204 }],
		['a list', { body: [] }],
		['another account', oneUser({ _id: BOBS_ID })],
	])('is not told as done already after %s', async (_what, answer) => {
		run.company.on('GET', JANES, answer);
		const failure = await failureOf(run.n8n, run.lms.deactivate(jane));
		expect(failure.message).toMatch(/in an unexpected form/);
	});

	it.each([
		['a page that is not there', { status: 404, body: '<html/>' }],
		['another refusal', refusal(404, 'companyNotFound')],
	])('is not told as done already after %s', async (_what, answer) => {
		run.company.on('GET', JANES, answer);
		run.company.optional('DELETE', JANES, refusal(404, 'companyNotFound'));
		await failureOf(run.n8n, run.lms.deactivate(jane));
	});

	it('at first asks who owns the platform', async () => {
		const roles = (role: string) => ({ body: [{ groupId: STAFF, role }] });
		run.company.on('GET', `${JANES}/roles`, roles('owner'));
		run.company.on('GET', `/users/${BOBS_ID}/roles`, roles('admin'));
		const endings = [jane, { ...jane, id: BOBS_ID as Learner['id'] }];
		run.company.optional('GET', '/custom-fields', { body: [] });
		const { owners } = await run.lms.inspect({ values: [], managers: [], endings });
		expect(owners).toEqual(new Set([JANES_ID]));
	});
});
