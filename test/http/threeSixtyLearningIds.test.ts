import type * as Clock from './clock';
import { failureOf } from './failure';
import {
	askedFor,
	BOBS_ID,
	DONE,
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
/** So many questions are answered with a fault first. */
let faults = 0;

beforeEach(() => {
	run = threeSixtyRun();
	kept = [];
	faults = 0;
	run.company.always('GET', '/external-ids', ({ query }) =>
		faults-- > 0 ? { status: 502 } : askedFor(kept, query),
	);
});

const link = async (value = '8120') => await run.lms.update(jane, [to('link', value, LINK)]);
const mark = async (value: string, from: string | null = null) =>
	await run.lms.update(jane, [{ ...to('mark', value, MARK), from }]);
const asMark = (number: number, value: string, targetId = JANES_ID) =>
	mapping(number, value, { platform: MARK, targetId });
const idOf = (number: number) => `/external-ids/${mapping(number, '')._id}`;
const body = (value: string, platform = LINK) => ({
	platform,
	targetId: JANES_ID,
	targetType: 'user',
	value,
});
const POST = '/external-ids';

/** Answers with a refusal, after which other things are kept than before. */
const meanwhile =
	(code: string, now: Mapping[], status = 400) =>
	(): Answer => {
		kept = now;
		return refusal(status, code);
	};

describe('an external id', () => {
	it('is added where there is none', async () => {
		run.company.on('POST', POST, { status: 201, body: mapping(1, '8120') });
		await link();
		expect(run.company.asked).toEqual([
			`GET /external-ids?platform[eq]=${LINK}&type[eq]=user`,
			`POST ${POST}`,
		]);
		expect(run.company.bodies('POST', POST)).toEqual([body('8120')]);
	});

	it('that is there already is not written', async () => {
		kept = [mapping(1, '8120')];
		await link();
		expect(run.company.written).toEqual([]);
	});

	it('with the value that the plan saw is replaced', async () => {
		kept = [asMark(1, 'old')];
		run.company.on('PUT', idOf(1), { body: asMark(1, 'new') });
		await mark('new', 'old');
		expect(run.company.bodies('PUT', idOf(1))).toEqual([body('new', MARK)]);
	});

	it.each([
		['a mark', MARK, 'old'],
		['a mark, where there was none', MARK, null],
		['a link', LINK, 'old'],
	])('with a value that the plan did not see is never replaced: %s', async (_what, platform, from) => {
		kept = [mapping(1, 'other', { platform })];
		run.company.optional('PUT', idOf(1), { body: mapping(1, 'new', { platform }) });
		const field = platform === LINK ? 'link' : 'mark';
		const failure = await failureOf(run.n8n, run.lms.update(jane, [{ ...to(field, 'new', platform), from }]));
		expect(failure.message).toBe(`${JANE} carries other under "${platform}" by now.`);
		expect(failure.remedy).toMatch(/Plan again/);
		expect(run.company.written).toEqual([]);
	});

	it('of the link with the value that the plan saw is replaced', async () => {
		kept = [mapping(1, '77')];
		run.company.on('PUT', idOf(1), { body: mapping(1, '8120') });
		await run.lms.update(jane, [{ ...to('link', '8120', LINK), from: '77' }]);
		expect(run.company.bodies('PUT', idOf(1))).toEqual([body('8120')]);
	});

	it('of another employee is never replaced: the plan saw an account without one', async () => {
		kept = [mapping(1, '77')];
		run.company.optional('PUT', idOf(1), { body: mapping(1, '8120') });
		await failureOf(run.n8n, link());
		expect(run.company.written).toEqual([]);
	});

	it('is known after it was written, and the list is read once', async () => {
		run.company.on('POST', POST, { status: 201, body: asMark(1, 'a') });
		run.company.on('PUT', idOf(1), { body: asMark(1, 'b') });
		await mark('a');
		await mark('a');
		await mark('b', 'a');
		expect(run.company.asked.filter((call) => call.startsWith('GET'))).toHaveLength(1);
	});

	it('of another account that has the same value is left alone', async () => {
		kept = [mapping(1, '8120', { targetId: BOBS_ID, platform: LINK.toUpperCase() })];
		run.company.on('POST', POST, { status: 201, body: mapping(2, '8120') });
		await link();
	});

	it('is written after everything else, so that what broke off is seen as not done', async () => {
		run.company.on('PATCH', `/users/${JANES_ID}`, oneUser());
		run.company.on('POST', POST, { status: 201, body: asMark(1, 'a') });
		await run.lms.update(jane, [to('mark', 'a', MARK), to('lastName', 'Roe')]);
		expect(run.company.written).toEqual([`PATCH /users/${JANES_ID}`, `POST ${POST}`]);
	});

	it('is asked for again where the list could not be read for somebody else', async () => {
		faults = 4;
		await failureOf(run.n8n, link());
		run.company.optional('POST', POST, { status: 201, body: mapping(1, '8120') });
		await link();
	});
});

describe('mappingAlreadyExists', () => {
	it('is fine where the same value was kept meanwhile', async () => {
		run.company.always('POST', POST, meanwhile('mappingAlreadyExists', [mapping(1, '8120')]));
		await link();
		expect(run.company.asked.at(-1)).toBe(`GET /external-ids?platform[eq]=${LINK}&targetId[eq]=${JANES_ID}`);
		expect(run.company.written).toEqual([`POST ${POST}`]);
	});

	it('has the value replaced that the plan saw and the list did not show', async () => {
		run.company.always('POST', POST, meanwhile('mappingAlreadyExists', [asMark(1, 'old')]));
		run.company.on('PUT', idOf(1), { body: asMark(1, 'new') });
		await mark('new', 'old');
		expect(run.company.bodies('PUT', idOf(1))).toEqual([body('new', MARK)]);
	});

	it('has no other value replaced that was kept meanwhile', async () => {
		run.company.always('POST', POST, meanwhile('mappingAlreadyExists', [asMark(1, 'other')]));
		run.company.optional('PUT', idOf(1), { body: asMark(1, 'new') });
		const failure = await failureOf(run.n8n, mark('new', 'old'));
		expect(failure.message).toBe(`${JANE} carries other under "${MARK}" by now.`);
		expect(run.company.written).toEqual([`POST ${POST}`]);
	});

	it('has a mark replaced that another run has set meanwhile without the manager', async () => {
		run.company.always('POST', POST, meanwhile('mappingAlreadyExists', [asMark(1, '8120.0a1b.0')]));
		run.company.on('PUT', idOf(1), { body: asMark(1, '8120.0a1b.77') });
		await mark('8120.0a1b.77', null);
		expect(run.company.bodies('PUT', idOf(1))).toEqual([body('8120.0a1b.77', MARK)]);
	});

	it('leaves a mark that another run has set meanwhile and that knows the manager', async () => {
		run.company.always('POST', POST, meanwhile('mappingAlreadyExists', [asMark(1, '8120.0a1b.77')]));
		await mark('8120.0a1b.0', null);
		expect(run.company.written).toEqual([`POST ${POST}`]);
	});

	it('does not take the manager for kept whom this run takes away', async () => {
		kept = [asMark(1, '8120.0a1b.77')];
		run.company.on('PUT', idOf(1), { body: asMark(1, '8120.0a1b.0') });
		await mark('8120.0a1b.0', '8120.0a1b.77');
		expect(run.company.bodies('PUT', idOf(1))).toEqual([body('8120.0a1b.0', MARK)]);
	});

	it('of an id that is not shown is an error, and is not tried over and over', async () => {
		const limit = 20;
		run.company.always('POST', POST, () => {
			const tried = run.company.to(POST).filter(({ method }) => method === 'POST').length;
			return tried < limit ? refusal(400, 'mappingAlreadyExists') : { status: 403 };
		});
		const failure = await failureOf(run.n8n, link());
		expect(failure.message).toBe(`360Learning refused ${JANE}: mappingAlreadyExists`);
		expect(run.company.written.length).toBeLessThan(limit);
	});
});

describe('mappingIdNotFound', () => {
	it('has the id added anew', async () => {
		kept = [asMark(1, 'old')];
		run.company.always('PUT', idOf(1), meanwhile('mappingIdNotFound', [], 404));
		run.company.on('POST', POST, { status: 201, body: asMark(2, 'new') });
		await mark('new', 'old');
		expect(run.company.written).toEqual([`PUT ${idOf(1)}`, `POST ${POST}`]);
	});

	it('has the one replaced that came in its place with the same value', async () => {
		kept = [asMark(1, 'old')];
		run.company.always('PUT', idOf(1), meanwhile('mappingIdNotFound', [asMark(2, 'old')], 404));
		run.company.on('PUT', idOf(2), { body: asMark(2, 'new') });
		await mark('new', 'old');
	});

	it('has no other value replaced that came in its place', async () => {
		kept = [asMark(1, 'old')];
		run.company.always('PUT', idOf(1), meanwhile('mappingIdNotFound', [asMark(2, 'other')], 404));
		run.company.optional('PUT', idOf(2), { body: asMark(2, 'new') });
		const failure = await failureOf(run.n8n, mark('new', 'old'));
		expect(failure.message).toBe(`${JANE} carries other under "${MARK}" by now.`);
		expect(run.company.written).toEqual([`PUT ${idOf(1)}`]);
	});

	it('of an id that is shown all the same is an error', async () => {
		kept = [asMark(1, 'old')];
		run.company.on('PUT', idOf(1), refusal(404, 'mappingIdNotFound'));
		const failure = await failureOf(run.n8n, mark('new', 'old'));
		expect(failure.message).toBe(`360Learning refused ${JANE}: mappingIdNotFound`);
	});
});

describe('valueAlreadyUsed', () => {
	it('is an error for a link: it is never taken off another account', async () => {
		run.company.always(
			'POST',
			POST,
			meanwhile('valueAlreadyUsed', [mapping(1, '8120', { targetId: BOBS_ID })]),
		);
		const failure = await failureOf(run.n8n, link());
		expect(failure.message).toBe(`360Learning refused ${JANE}: valueAlreadyUsed`);
		expect(failure.remedy).toBe('Another account carries this Personio id. Take it off there.');
		expect(run.company.written).toEqual([`POST ${POST}`]);
	});

	it('for a mark takes it over from an account that is gone', async () => {
		kept = [asMark(1, '8120.aa.0', BOBS_ID)];
		run.company.on('POST', POST, refusal(400, 'valueAlreadyUsed'));
		run.company.on('PUT', idOf(1), { body: asMark(1, '8120.aa.0') });
		await mark('8120.aa.0');
		expect(run.company.asked).toContain(`GET /external-ids?platform[eq]=${MARK}&value[eq]=8120.aa.0`);
		expect(run.company.bodies('PUT', idOf(1))).toEqual([body('8120.aa.0', MARK)]);
	});

	it('for a mark that nobody shows is an error', async () => {
		run.company.on('POST', POST, refusal(400, 'valueAlreadyUsed', 'Taken.'));
		const failure = await failureOf(run.n8n, mark('8120.aa.0'));
		expect(failure.message).toBe(`360Learning refused ${JANE}: valueAlreadyUsed (Taken.)`);
	});

	it('for a mark takes it over also where the account has a mark already', async () => {
		kept = [asMark(1, '8120.aa.0', BOBS_ID), asMark(2, '8120.bb.0')];
		const put = (id: string, wanted: Mapping): Answer => {
			const others = kept.filter(({ _id, platform }) => _id !== id && platform === wanted.platform);
			if (others.some(({ value }) => value === wanted.value)) return refusal(400, 'valueAlreadyUsed');
			if (others.some(({ targetId }) => targetId === wanted.targetId)) {
				return refusal(400, 'targetAlreadyMapped');
			}
			kept = [...kept.filter(({ _id }) => _id !== id), { ...wanted, _id: id }];
			return { body: { ...wanted, _id: id } };
		};
		for (const { _id } of [...kept]) {
			const path = `${POST}/${_id}`;
			run.company.optional('PUT', path, (call) => put(_id, call.body as Mapping));
			run.company.optional('DELETE', path, () => {
				kept = kept.filter((each) => each._id !== _id);
				return DONE;
			});
		}
		await mark('8120.aa.0', '8120.bb.0');
		expect(kept).toContainEqual(expect.objectContaining(body('8120.aa.0', MARK)));
		expect(kept.filter(({ targetId }) => targetId === JANES_ID)).toHaveLength(1);
	});
});

describe('any other refusal of an external id', () => {
	it.each([
		[400, 'reservedPlatformName', /Choose another "External ID Name" in the options of the plan/],
		[404, 'resourceNotFound', /Correct the value/],
	])('(%i %s) is an error with its remedy', async (status, code, remedy) => {
		run.company.on('POST', POST, refusal(status, code));
		const failure = await failureOf(run.n8n, link());
		expect(failure.message).toBe(`360Learning refused ${JANE}: ${code}`);
		expect(failure.remedy).toMatch(remedy);
		expect(run.company.written).toHaveLength(1);
	});
});
