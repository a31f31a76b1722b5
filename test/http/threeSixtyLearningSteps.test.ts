import type { Change } from '../../nodes/shared/item';
import type * as Clock from './clock';
import { failureOf } from './failure';
import {
	ACME,
	ACTIVE_JANE,
	askedFor,
	BOBS_ID,
	hex,
	HOME,
	JANE,
	jane,
	JANES_ID,
	LINK,
	mapping,
	MARK,
	NEW_JANE,
	oneUser,
	refusal,
	threeSixtyRun,
	to,
	TREE,
	user,
	type Mapping,
	type ThreeSixtyRun,
} from './threeSixtyLearning';
import type { Call } from './vendor';

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

let run: ThreeSixtyRun;

const JANES = `/users/${JANES_ID}`;
const ACTIVATE = `${JANES}/activate`;
const VALUES = `${JANES}/custom-fields/values`;
const NEW = 'POST /users?sendInvitationEmail=false';
const ENDED = '2026-01-31T00:00:00.000Z';

const SITE = { _id: hex(0xf1), name: 'Site', targetType: 'users', type: 'string' };
const SHIRT = { ...SITE, _id: hex(0xf2), name: 'T-Shirt' };
const valueOf = ({ _id, type }: typeof SITE, value: string) => ({ customFieldId: _id, type, value });
const site = to('custom.Site', 'Berlin', 'Site');
const mark = to('mark', '8120.aa.0', MARK);
const BESIDE: Change[] = [mark, site];
let kept: Mapping[];

/** Whatever comes beside an account is answered well. */
beforeEach(() => {
	run = threeSixtyRun();
	kept = [mapping(9, SITE._id, { platform: 'personio-n8n-field:site', targetId: ACME, targetType: 'group' })];
	run.company.optional('GET', '/custom-fields', { body: [SITE, SHIRT] });
	run.company.optional('GET', '/groups', { body: TREE });
	run.company.optional('GET', '/external-ids', ({ query }: Call) => askedFor(kept, query));
	run.company.optional('GET', VALUES, { body: [valueOf(SHIRT, 'XL')] });
	run.company.optional('PUT', VALUES, { body: [] });
	run.company.optional('PUT', ACTIVATE, oneUser());
	run.company.optional('PATCH', JANES, oneUser());
	run.company.optional('POST', '/external-ids', ({ body }: Call) => {
		const wanted = body as Mapping;
		const isUsed = kept.some(({ platform, value }) => platform === wanted.platform && value === wanted.value);
		if (isUsed) return refusal(400, 'valueAlreadyUsed');
		return { status: 201, body: { ...wanted, _id: hex(1) } };
	});
});

/** What was written, with the name of the other system for each external id. */
const steps = () => {
	const ids = run.company.bodies('POST', '/external-ids') as Mapping[];
	return run.company.written.map((call) =>
		call === 'POST /external-ids' ? `POST ${ids.shift()?.platform}` : call,
	);
};
const valuesWritten = () => run.company.bodies('PUT', VALUES);
const found = (...users: object[]) => run.company.on('GET', '/users', { body: users });

describe('the steps of a decision', () => {
	const update = [mark, site, to('status', 'active'), to('lastName', 'Roe'), to('link', '8120', LINK)];
	const UPDATED = [`POST ${LINK}`, `PATCH ${JANES}`, `PUT ${ACTIVATE}`, `PUT ${VALUES}`, `POST ${MARK}`];

	it('are for an update: link, fields, activation, custom fields, mark', async () => {
		await run.lms.update({ ...jane, status: 'pending' }, update);
		expect(steps()).toEqual(UPDATED);
	});

	it('are the same for a rehire, after the restoring', async () => {
		run.company.on('GET', JANES, oneUser({ status: 'deleted' }));
		run.company.on('POST', '/users', { status: 200, body: user({ status: 'invited', deletedAt: [ENDED] }) });
		await run.lms.update({ ...jane, status: 'inactive' }, update, HOME);
		expect(steps()).toEqual([NEW, ...UPDATED]);
		expect(valuesWritten()).toEqual([{ customValues: [valueOf(SHIRT, 'XL'), valueOf(SITE, 'Berlin')] }]);
	});

	it.each([
		['the account carries another link by now', mapping(1, '77')],
		['another account carries the link by now', mapping(1, '8120', { targetId: BOBS_ID })],
	])('end before anything is written at the account where %s', async (_what, link) => {
		kept = [link];
		run.company.optional('PUT', `/external-ids/${link._id}`, { body: link });
		await failureOf(run.n8n, run.lms.update({ ...jane, status: 'pending' }, update));
		expect(run.company.written.filter((call) => call !== 'POST /external-ids')).toEqual([]);
	});

	it('are for a new account: the account, activation, link, custom fields, mark', async () => {
		run.company.on('POST', '/users', { status: 201, body: user({ status: 'invited' }) });
		await run.lms.create([...BESIDE, ...ACTIVE_JANE], HOME);
		expect(steps()).toEqual([NEW, `PUT ${ACTIVATE}`, `POST ${LINK}`, `PUT ${VALUES}`, `POST ${MARK}`]);
	});

	it('are the same for an invitation, without the activation', async () => {
		run.company.on('POST', '/users', { status: 201, body: user({ status: 'invited' }) });
		await run.lms.invite([...BESIDE, ...NEW_JANE], HOME);
		expect(steps().slice(1)).toEqual([`POST ${LINK}`, `PUT ${VALUES}`, `POST ${MARK}`]);
	});
});

describe('values of an account that was made', () => {
	const both = [{ customValues: [valueOf(SHIRT, 'XL'), valueOf(SITE, 'Berlin')] }];

	it('for certain are not read', async () => {
		run.company.on('POST', '/users', { status: 201, body: user({ status: 'invited' }) });
		await run.lms.create([site, ...ACTIVE_JANE], HOME);
		expect(run.company.asked).not.toContain(`GET ${VALUES}`);
		expect(valuesWritten()).toEqual([{ customValues: [valueOf(SITE, 'Berlin')] }]);
	});

	it('and that only a look has found are read, and stay', async () => {
		run.company.on('POST', '/users', { status: 502 });
		found(user({ status: 'invited' }));
		await run.lms.create([site, ...ACTIVE_JANE], HOME);
		expect(valuesWritten()).toEqual(both);
	});

	// Nothing tells that this account was made and not there before.
	it.each([[201], [202], [204]])('by an answer of %i without an id are read, and stay', async (status) => {
		run.company.on('POST', '/users', { status, body: undefined });
		found(user({ status: 'invited' }));
		await run.lms.create([site, ...ACTIVE_JANE], HOME);
		expect(valuesWritten()).toEqual(both);
	});
});

describe('an answer about a new account', () => {
	it.each<[string, unknown]>([
		['without a body', undefined],
		['without an id', {}],
		['that is a list', []],
		['with a number as its id', { _id: 7 }],
	])('%s has the account looked up by the address', async (_what, body) => {
		run.company.on('POST', '/users', { status: 201, body });
		found(user({ _id: BOBS_ID, mail: 'xjane@example.com' }), user({ status: 'invited' }));
		const applied = await run.lms.create(ACTIVE_JANE, HOME);
		expect(applied).toEqual({ status: 'done', learnerId: JANES_ID });
		expect(run.company.asked).toContain('GET /users?mail[eq]=jane%40example.com');
		expect(steps()).toEqual([NEW, `PUT ${ACTIVATE}`, `POST ${LINK}`]);
	});

	// A POST makes invited accounts only: this one was there before.
	it.each([[201], [202], [204]])('of %i without an id does not hand a live account on', async (status) => {
		run.company.on('POST', '/users', { status });
		found(user({ status: 'active' }));
		expect(await run.lms.create([site, ...ACTIVE_JANE], HOME)).toMatchObject({ status: 'skipped' });
	});

	it.each(['create', 'invite'] as const)(
		'that was there before is skipped by %s, and not undone',
		async (how) => {
			for (const deletedAt of [undefined, []]) {
				run.company.on('POST', '/users', { status: 200, body: user({ status: 'invited', deletedAt }) });
				expect(await run.lms[how](ACTIVE_JANE, HOME)).toEqual({
					status: 'skipped',
					message: `An account with the address ${JANE} exists already. The next run links it.`,
					learnerId: JANES_ID,
				});
			}
			expect(run.company.written.filter((call) => !call.startsWith('POST /users'))).toEqual([]);
		},
	);

	it.each<[string, object, RegExp | undefined]>([
		['was there before is skipped', {}, undefined],
		['was ended before is undone', { deletedAt: [ENDED] }, /was the address of an ended account/],
	])('of 200 without an id, by an account that %s', async (_what, changes, message) => {
		run.company.on('POST', '/users', { status: 200, body: {} });
		found(user({ status: 'invited', ...changes }));
		const creating = run.lms.create(ACTIVE_JANE, HOME);
		if (message === undefined) {
			expect(await creating).toMatchObject({ status: 'skipped', learnerId: JANES_ID });
			expect(run.company.written).toEqual([NEW]);
			return;
		}
		run.company.on('DELETE', JANES, { status: 204 });
		expect((await failureOf(run.n8n, creating)).message).toMatch(message);
		expect(run.company.written).toEqual([NEW, `DELETE ${JANES}`]);
	});
});
