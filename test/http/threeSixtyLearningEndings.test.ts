import type { EmployeeId, Learner, Reporting } from '../../nodes/shared/item';
import type * as Clock from './clock';
import { failureOf } from './failure';
import {
	BERLIN,
	BOARD,
	BOBS_ID,
	DONE,
	hex,
	JANE,
	jane,
	JANES_ID,
	LINK,
	MARK,
	oneUser,
	refusal,
	STAFF,
	threeSixtyRun,
	TREE,
	type ThreeSixtyRun,
} from './threeSixtyLearning';

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

let run: ThreeSixtyRun;

beforeEach(() => {
	run = threeSixtyRun();
});

const JANES = `/users/${JANES_ID}`;
const JIMS_ID = hex(0x777);

describe('ending access', () => {
	it('deletes the account', async () => {
		run.company.lets(JANES_ID);
		run.company.on('GET', JANES, oneUser()).on('DELETE', JANES, DONE);
		expect(await run.lms.deactivate(jane)).toMatchObject({ status: 'done', learnerId: JANES_ID });
		expect(run.company.written).toEqual([`DELETE ${JANES}`]);
	});

	const gone = { status: 'skipped', message: 'The account is deleted already.', learnerId: JANES_ID };

	it('of an account that is deleted already writes nothing', async () => {
		run.company.on('GET', JANES, oneUser({ status: 'deleted' }), refusal(404, 'userNotFound'));
		expect(await run.lms.deactivate(jane)).toEqual(gone);
		expect(await run.lms.deactivate(jane)).toEqual(gone);
		expect(run.company.written).toEqual([]);
	});

	it('whose answer is lost is done, with what the account had', async () => {
		run.company.lets(JANES_ID);
		run.company.on('GET', JANES, oneUser()).on('DELETE', JANES, { status: 502 });
		run.company.on('DELETE', JANES, refusal(404, 'userNotFound'));
		const { status, before } = await run.lms.deactivate(jane);
		expect(status).toBe('done');
		expect(before?.groups).toHaveLength(1);
	});

	it('whose every answer is lost is done where the account is deleted', async () => {
		run.company.lets(JANES_ID);
		run.company.on('GET', JANES, oneUser(), oneUser({ status: 'deleted' }));
		run.company.optional('DELETE', JANES, { status: 502 });
		expect(await run.lms.deactivate(jane)).toMatchObject({ status: 'done', before: {} });
	});

	it.each([
		['the account is there', oneUser()],
		['nobody can tell', refusal(404, 'companyNotFound')],
	])('whose every answer is lost is an error where %s', async (_what, answer) => {
		run.company.lets(JANES_ID);
		run.company.on('GET', JANES, oneUser(), answer).optional('DELETE', JANES, { status: 502 });
		expect((await failureOf(run.n8n, run.lms.deactivate(jane))).message).toContain('HTTP 502');
	});

	it('of the owner is an error with its remedy', async () => {
		run.company.lets(JANES_ID);
		run.company.on('GET', JANES, oneUser()).on('DELETE', JANES, refusal(400, 'userIsCompanyOwner'));
		const failure = await failureOf(run.n8n, run.lms.deactivate(jane));
		expect(failure.message).toBe(`360Learning refused ${JANE}: userIsCompanyOwner`);
		expect(failure.remedy).toBe('The account owns the platform. Hand the ownership over first.');
	});

	it('that meets a fault is repeated', async () => {
		run.company.lets(JANES_ID);
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

describe('the end of access tells what the account loses with it', () => {
	const roles = {
		body: [
			{ groupId: STAFF, role: 'learner' },
			{ groupId: BERLIN, role: 'learner' },
			{ groupId: BOARD, role: 'admin' },
		],
	};
	const before = {
		groups: [
			{ id: STAFF, name: STAFF },
			{ id: BERLIN, name: BERLIN },
		],
		managers: [BOBS_ID],
		reports: [JIMS_ID],
	};

	beforeEach(() => {
		run.company.on('GET', JANES, oneUser()).on('DELETE', JANES, DONE);
	});

	it('by three calls before it', async () => {
		run.company.on('GET', `${JANES}/roles`, roles).on('GET', `${JANES}/managers`, { body: [BOBS_ID] });
		run.company.on('GET', `${JANES}/subordinates`, { body: [JIMS_ID] });
		expect(await run.lms.deactivate(jane)).toEqual({ status: 'done', learnerId: JANES_ID, before });
		expect(run.company.asked).toEqual([
			`GET ${JANES}`,
			`GET ${JANES}/roles`,
			`GET ${JANES}/managers`,
			`GET ${JANES}/subordinates`,
			`DELETE ${JANES}`,
		]);
	});

	it('by the names of the groups, where they are known', async () => {
		run.company.on('GET', '/groups', { body: TREE }).on('GET', '/external-ids', { body: [] });
		run.company.on('GET', `${JANES}/roles`, roles).on('GET', `${JANES}/managers`, { body: [] });
		run.company.on('GET', `${JANES}/subordinates`, { body: [] });
		await run.lms.groups();
		const { before } = await run.lms.deactivate(jane);
		expect(before?.groups).toEqual([
			{ id: STAFF, name: '/Acme > Staff' },
			{ id: BERLIN, name: '/Acme > Staff > Berlin' },
		]);
	});

	it.each([
		['the groups are refused', refusal(403, 'invalid_scope'), { body: [] }, { body: [] }],
		['the managers are refused', roles, refusal(403, 'invalid_scope'), { body: [] }],
		['the managers come in another form', roles, { body: {} }, { body: [] }],
		['the reports are refused', roles, { body: [] }, refusal(403, 'invalid_scope')],
	])('unless it is not known, since %s', async (_what, groups, managers, reports) => {
		run.company.on('GET', `${JANES}/roles`, groups);
		run.company.on('GET', `${JANES}/managers`, managers).on('GET', `${JANES}/subordinates`, reports);
		expect(await run.lms.deactivate(jane)).toEqual({ status: 'done', learnerId: JANES_ID });
	});
});

describe('what an account lost', () => {
	const there = (path: string) => refusal(400, `${path} is not documented`);

	it('is given back: its managers, and who reported to it', async () => {
		run.company.on('POST', `${JANES}/managers/${BOBS_ID}`, DONE);
		run.company.on('POST', `/users/${JIMS_ID}/managers/${JANES_ID}`, DONE);
		const lost = { managers: [BOBS_ID], reports: [JIMS_ID] } as Reporting;
		expect(await run.lms.restoreReporting(jane, lost)).toMatchObject({ status: 'done' });
		expect(run.company.written).toHaveLength(2);
	});

	it('may be there again already', async () => {
		run.company.on('POST', `${JANES}/managers/${BOBS_ID}`, there('already'));
		run.company.on('GET', `${JANES}/managers`, { body: [BOBS_ID] });
		const lost = { managers: [BOBS_ID], reports: [] } as unknown as Reporting;
		expect(await run.lms.restoreReporting(jane, lost)).toMatchObject({ status: 'done' });
	});
});

describe('a manager whom somebody has set before the sync', () => {
	it('is noted, and not set a second time', async () => {
		const mark = { field: 'mark', label: MARK, from: null, to: '8120.1.7' };
		const change = {
			label: LINK,
			from: null,
			to: '7' as EmployeeId,
			toName: 'Bob',
			isThere: true as const,
			mark,
		};
		run.company.on('GET', '/external-ids', { body: [] });
		run.company.on('POST', '/external-ids', { status: 201, body: { _id: hex(9) } });
		await run.lms.setManager(jane, change);
		expect(run.company.written).toEqual(['POST /external-ids']);
	});
});
