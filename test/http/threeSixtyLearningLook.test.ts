import type { Change } from '../../nodes/shared/item';
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
	MARK,
	oneUser,
	refusal,
	threeSixtyRun,
	to,
	type Mapping,
	type ThreeSixtyRun,
} from './threeSixtyLearning';
import type { Answer } from './vendor';

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

let run: ThreeSixtyRun;
/** What is kept at the moment of the question. */
let kept: Mapping[];

const JANES = `/users/${JANES_ID}`;
const MARKED = mapping(2, '8120.aa.0', { platform: MARK });
const LINKED = mapping(1, '8120');

// As the steps open it, which know nothing of the options of a plan.
beforeEach(() => {
	run = threeSixtyRun({ linkField: '', needsLink: false });
	kept = [LINKED, MARKED, mapping(3, '77', { platform: 'another program' })];
	run.company.optional('GET', '/external-ids', ({ query }) => askedFor(kept, query));
});

describe('a look at an account', () => {
	const look = async () => await run.lms.look(jane, LINK);

	it('finds it as it was, by two calls', async () => {
		run.company.on('GET', JANES, oneUser({ job: 'Engineer' }));
		expect(await look()).toEqual({
			...jane,
			link: '8120',
			mark: '8120.aa.0',
			custom: { 'Job Title': 'Engineer', Language: 'en' },
			partial: true,
		});
		expect(run.company.asked).toEqual([
			`GET ${JANES}`,
			`GET /external-ids?type[eq]=user&targetId[eq]=${JANES_ID}`,
		]);
	});

	it('finds another address, name and last day', async () => {
		const toBeDeactivatedAt = '2027-02-01T12:00:00.000Z';
		run.company.on('GET', JANES, oneUser({ mail: 'roe@example.com', lastName: 'Roe', toBeDeactivatedAt }));
		expect(await look()).toMatchObject({
			email: 'roe@example.com',
			lastName: 'Roe',
			accessEnds: '2027-01-31',
		});
	});

	it('finds it deleted, which can be undone', async () => {
		run.company.on('GET', JANES, oneUser({ status: 'deleted' }));
		expect(await look()).toMatchObject({ id: JANES_ID, status: 'inactive', link: '8120' });
	});

	it('finds it invited, which is here an account', async () => {
		run.company.on('GET', JANES, oneUser({ status: 'invited' }));
		expect(await look()).toMatchObject({ id: JANES_ID, status: 'pending' });
	});

	it('finds it gone', async () => {
		run.company.on('GET', JANES, refusal(404, 'userNotFound'));
		expect(await look()).toBeUndefined();
		expect(run.company.asked).toEqual([`GET ${JANES}`]);
	});

	it('finds it linked to somebody else, or to nobody', async () => {
		run.company.on('GET', JANES, oneUser(), oneUser());
		kept = [mapping(1, '99'), mapping(4, '8120', { targetId: BOBS_ID })];
		expect(await look()).toMatchObject({ link: '99', mark: null });
		kept = [];
		expect(await look()).toMatchObject({ link: null, mark: null });
	});

	it('asks for no link where none is kept', async () => {
		run.company.on('GET', JANES, oneUser());
		expect(await run.lms.look(jane, '')).toMatchObject({ link: null });
		expect(run.company.asked).toEqual([`GET ${JANES}`]);
	});

	it.each<[string, Answer]>([
		['somebody else', oneUser({ _id: BOBS_ID })],
		['a list', { body: [] }],
	])('does not take %s for an answer', async (_what, answer) => {
		run.company.on('GET', JANES, answer);
		const failure = await failureOf(run.n8n, look());
		expect(failure.message).toMatch(/in an unexpected form/);
	});

	it('that is refused is an error', async () => {
		run.company.on('GET', JANES, { status: 404, body: '<html/>' });
		await expect(failureOf(run.n8n, look())).resolves.toMatchObject({ status: 404 });
	});
});

const emptied = (field: 'link' | 'mark', from: string): Change => ({
	field,
	label: field === 'link' ? LINK : MARK,
	from,
	to: null,
});
const unlink = async (...changes: Change[]) => await run.lms.update(jane, changes);
const pathOf = ({ _id }: Mapping) => `/external-ids/${_id}`;

describe.each([
	['link', LINKED],
	['mark', MARKED],
] as const)('a %s that is taken off', (field, present) => {
	it('is deleted, and nothing else is', async () => {
		run.company.on('DELETE', pathOf(present), DONE);
		expect(await unlink(emptied(field, present.value))).toEqual({ status: 'done', learnerId: JANES_ID });
		expect(run.company.asked).toEqual([
			`GET /external-ids?platform[eq]=${present.platform}&targetId[eq]=${JANES_ID}`,
			`DELETE ${pathOf(present)}`,
		]);
	});

	it('stays where it is another one by now, and nothing is written', async () => {
		const failure = await failureOf(run.n8n, unlink(to('lastName', 'Roe'), emptied(field, 'other')));
		expect(failure.message).toBe(`${JANE} carries ${present.value} under "${present.platform}" by now.`);
		expect(failure.remedy).toMatch(/Plan again/);
		expect(run.company.asked).toEqual([
			`GET /external-ids?platform[eq]=${present.platform}&targetId[eq]=${JANES_ID}`,
		]);
	});

	it('is fine where it is gone already', async () => {
		kept = [];
		await unlink(emptied(field, present.value));
		expect(run.company.written).toEqual([]);
	});

	it('is fine where somebody else deletes it meanwhile', async () => {
		run.company.on('DELETE', pathOf(present), refusal(404, 'mappingIdNotFound'));
		await unlink(emptied(field, present.value));
	});

	it('that cannot be deleted is an error', async () => {
		run.company.on('DELETE', pathOf(present), refusal(400, 'reservedPlatformName'));
		const failure = await failureOf(run.n8n, unlink(emptied(field, present.value)));
		expect(failure.message).toBe(`360Learning refused ${JANE}: reservedPlatformName`);
	});

	it('is set anew after that, though the list was read before', async () => {
		const [label, value] = [present.platform, present.value];
		await unlink({ ...to(field, value, label), from: value });
		run.company.on('DELETE', pathOf(present), DONE);
		await unlink(emptied(field, value));
		run.company.on('POST', '/external-ids', { status: 201, body: present });
		await unlink(to(field, value, label));
		expect(run.company.written).toEqual([`DELETE ${pathOf(present)}`, 'POST /external-ids']);
	});
});

describe('an account that is taken back', () => {
	it('loses its link after everything else, and its mark before', async () => {
		run.company.on('PATCH', JANES, oneUser());
		run.company.on('DELETE', pathOf(MARKED), DONE).on('DELETE', pathOf(LINKED), DONE);
		await unlink(emptied('link', '8120'), emptied('mark', '8120.aa.0'), to('firstName', null));
		expect(run.company.written).toEqual([
			`PATCH ${JANES}`,
			`DELETE ${pathOf(MARKED)}`,
			`DELETE ${pathOf(LINKED)}`,
		]);
		expect(run.company.bodies('PATCH', JANES)).toEqual([{ firstName: null }]);
	});

	it('loses its mark with its manager', async () => {
		kept.push(mapping(5, '9', { targetId: hex(9) }));
		run.company.on('DELETE', `${JANES}/managers/${hex(9)}`, DONE).on('DELETE', pathOf(MARKED), DONE);
		await run.lms.setManager(jane, {
			label: LINK,
			from: '9' as never,
			to: null,
			mark: emptied('mark', '8120.aa.0'),
		});
		expect(run.company.written).toEqual([`DELETE ${JANES}/managers/${hex(9)}`, `DELETE ${pathOf(MARKED)}`]);
	});
});
