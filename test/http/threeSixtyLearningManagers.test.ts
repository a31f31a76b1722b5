import { employeeId, learnerId, type ManagerChange } from '../../nodes/shared/item';
import type * as Clock from './clock';
import { failureOf } from './failure';
import {
	askedFor,
	BOBS_ID,
	DONE,
	hex,
	JANE,
	jane,
	JANES_ID,
	LINK,
	mapping,
	type Mapping,
	MARK,
	oneUser,
	refusal,
	threeSixtyRun,
	type ThreeSixtyRun,
	to,
} from './threeSixtyLearning';

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

let run: ThreeSixtyRun;
let kept: Mapping[];
/** What the list of links does not show, as gaps in its pages would have it. */
let missed: Mapping[];

const ANNS_ID = hex(0x503);
const LIST = `/users/${JANES_ID}/managers`;
const BOB = `${LIST}/${BOBS_ID}`;
const ANN = `${LIST}/${ANNS_ID}`;

beforeEach(() => {
	run = threeSixtyRun();
	kept = [mapping(1, '21', { targetId: BOBS_ID }), mapping(2, '22', { targetId: ANNS_ID })];
	missed = [];
	run.company.optional('GET', '/external-ids', ({ query }) => {
		const isList = !query.has('value[eq]') && !query.has('targetId[eq]');
		return askedFor(isList ? kept : [...kept, ...missed], query);
	});
});

const change = (from: string | null, wanted: string | null, more: Partial<ManagerChange> = {}) => ({
	label: LINK,
	from: from === null ? null : employeeId(from),
	to: wanted === null ? null : employeeId(wanted),
	...more,
});

describe('a manager', () => {
	it('is set without a body, by the account of the Personio id', async () => {
		run.company.on('POST', BOB, DONE);
		expect(await run.lms.setManager(jane, change(null, '21'))).toEqual({
			status: 'done',
			learnerId: JANES_ID,
		});
		expect(run.company.bodies('POST', BOB)).toEqual(['']);
	});

	it('takes the place of the former one, who goes afterwards', async () => {
		run.company.on('POST', BOB, DONE).on('DELETE', ANN, DONE);
		await run.lms.setManager(jane, change('22', '21'));
		expect(run.company.written).toEqual([`POST ${BOB}`, `DELETE ${ANN}`]);
	});

	it('is taken away where there is to be none', async () => {
		run.company.on('DELETE', ANN, DONE);
		await run.lms.setManager(jane, change('22', null));
		expect(run.company.written).toEqual([`DELETE ${ANN}`]);
	});

	it('whose setting is refused, since it is set already, is fine', async () => {
		run.company.on('POST', BOB, refusal(400, 'alreadyManager')).on('GET', LIST, { body: [ANNS_ID, BOBS_ID] });
		await run.lms.setManager(jane, change(null, '21'));
	});

	it.each([
		[400, 'userDeleted', /account was deleted/],
		[400, 'managerDeleted', /account of the manager was deleted/],
		[404, 'managerNotFound', /account of the manager is gone/],
		[404, 'userNotFound', /account is gone/],
	])(
		'whose setting is refused with %i %s is an error, and the former one stays',
		async (status, code, remedy) => {
			run.company.on('POST', BOB, refusal(status, code)).on('GET', LIST, { body: [ANNS_ID] });
			const failure = await failureOf(run.n8n, run.lms.setManager(jane, change('22', '21')));
			expect(failure.message).toBe(`360Learning refused the manager of ${JANE}: ${code}`);
			expect(failure.remedy).toMatch(remedy);
			expect(run.company.written).toEqual([`POST ${BOB}`]);
		},
	);

	it.each([
		['Ms Roe', { toName: 'Ms Roe' }],
		['99', {}],
	])('without an account (%s) is an error, and the former one stays', async (name, more) => {
		const failure = await failureOf(run.n8n, run.lms.setManager(jane, change('22', '99', more)));
		expect(failure.message).toBe(`The manager ${name} has no account in 360Learning yet.`);
		expect(failure.remedy).toBe('Run again once the account is there.');
		expect(run.company.written).toEqual([]);
	});

	it.each([
		[400, 'managerNotAssignedToUser'],
		[404, 'managerNotFound'],
	])('who is to go and is not there (%i %s) is fine', async (status, code) => {
		run.company.on('DELETE', ANN, refusal(status, code));
		expect(await run.lms.setManager(jane, change('22', null))).toMatchObject({ status: 'done' });
	});

	it('who is missing in the list of links is looked up once more', async () => {
		missed = [mapping(3, '23', { targetId: BOBS_ID })];
		run.company.on('POST', BOB, DONE);
		await run.lms.setManager(jane, change(null, '23'));
		expect(run.company.asked).toEqual([
			`GET /external-ids?platform[eq]=${LINK}&type[eq]=user`,
			`GET /external-ids?platform[eq]=${LINK}&type[eq]=user&value[eq]=23`,
			`POST ${BOB}`,
		]);
	});

	it('who is to go and is missing in the list of links is looked up once more', async () => {
		missed = [mapping(3, '23', { targetId: ANNS_ID })];
		run.company.on('DELETE', ANN, DONE);
		await run.lms.setManager(jane, change('23', null));
		expect(run.company.written).toEqual([`DELETE ${ANN}`]);
	});

	it('who is to go and has no account any more needs no call', async () => {
		await run.lms.setManager(jane, change('99', null));
		expect(run.company.written).toEqual([]);
	});

	it('who cannot be taken away is an error', async () => {
		run.company.on('DELETE', ANN, refusal(400, 'userDeleted'));
		const failure = await failureOf(run.n8n, run.lms.setManager(jane, change('22', null)));
		expect(failure.message).toBe(`360Learning refused the former manager of ${JANE}: userDeleted`);
	});

	it('is noted at the account, after everything else', async () => {
		run.company.on('POST', BOB, DONE).on('POST', '/external-ids', { status: 201, body: mapping(3, 'm') });
		await run.lms.setManager(jane, change(null, '21', { mark: to('mark', '8120.aa.21', MARK) }));
		expect(run.company.written).toEqual([`POST ${BOB}`, 'POST /external-ids']);
		expect(run.company.bodies('POST', '/external-ids')).toEqual([
			{ platform: MARK, targetId: JANES_ID, targetType: 'user', value: '8120.aa.21' },
		]);
	});

	it('is not noted where it was not set', async () => {
		run.company.on('POST', BOB, { status: 500 }, { status: 500 }, { status: 500 });
		run.company.on('GET', LIST, { body: [] }, { body: [] }, { body: [] });
		const setting = run.lms.setManager(jane, change(null, '21', { mark: to('mark', 'm', MARK) }));
		expect((await failureOf(run.n8n, setting)).uncertain).toBe(true);
		expect(run.company.written).toEqual([`POST ${BOB}`, `POST ${BOB}`, `POST ${BOB}`]);
	});

	it('is looked for after a POST without a proper answer, and not set again', async () => {
		run.company.on('POST', BOB, { status: 502 }).on('GET', LIST, { body: [BOBS_ID] });
		await run.lms.setManager(jane, change(null, '21'));
		expect(run.company.written).toEqual([`POST ${BOB}`]);
	});

	it('is the account that carries the Personio id now, also after it was taken over', async () => {
		const link = mapping(1, '8120', { targetId: ANNS_ID });
		kept = [link];
		run.company.on('GET', `/users/${ANNS_ID}`, refusal(404, 'userNotFound'));
		run.company.on('POST', '/users', { status: 201, body: { _id: BOBS_ID, status: 'invited' } });
		run.company.on('PATCH', `/users/${BOBS_ID}`, oneUser({ _id: BOBS_ID }));
		run.company.on('PUT', `/users/${BOBS_ID}/activate`, { body: {} });
		run.company.on('POST', '/external-ids', refusal(400, 'valueAlreadyUsed'));
		run.company.on('PUT', `/external-ids/${link._id}`, { body: { ...link, targetId: BOBS_ID } });
		const former = { ...jane, id: learnerId(ANNS_ID), status: 'inactive' as const };
		const home = { id: hex(0xa1), name: 'Staff' };
		await run.lms.update(former, [to('status', 'active'), to('link', '8120', LINK)], home);
		run.company.optional('POST', BOB, DONE);
		run.company.optional('POST', ANN, DONE);
		await run.lms.setManager(jane, change(null, '8120'));
		expect(run.company.written.at(-1)).toBe(`POST ${BOB}`);
	});
});

describe('reports of a manager', () => {
	it('are listed by a call for each manager, by all pages', async () => {
		const list = (id: string) => `/users/${id}/subordinates`;
		const link = `</api/v2${list(BOBS_ID)}?next=p2>; rel="next"`;
		run.company.on('GET', list(BOBS_ID), { body: [JANES_ID], headers: { link } }, { body: [ANNS_ID] });
		run.company.on('GET', list(ANNS_ID), { body: [] });
		run.company.optional('GET', '/custom-fields', { body: [] });
		const managers = [BOBS_ID, ANNS_ID].map(learnerId);
		const { reports } = await run.lms.inspect({ values: [], managers, endings: [] });
		expect(reports).toEqual(
			new Map([
				[BOBS_ID, new Set([JANES_ID, ANNS_ID])],
				[ANNS_ID, new Set()],
			]),
		);
	});
});
