import { learnerId } from '../../nodes/shared/item';
import { longWaits } from './clock';
import type * as Clock from './clock';
import { failureOf } from './failure';
import {
	ACTIVE_JANE,
	askedFor,
	BOBS_ID,
	hex,
	HOME,
	jane,
	JANES_ID,
	LINK,
	mapping,
	oneUser,
	rolesIn,
	STAFF,
	threeSixtyRun,
	to,
	TREE,
	type Company,
	type ThreeSixtyRun,
} from './threeSixtyLearning';
import type { Answer } from './vendor';

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

let run: ThreeSixtyRun;

beforeEach(() => {
	run = threeSixtyRun();
});

const ROLES = `/users/${JANES_ID}/roles`;
const VALUES = `/users/${JANES_ID}/custom-fields/values`;
const SALES = { id: hex(7), name: 'Sales', own: false };
const FIELD = { _id: hex(0xf1), name: 'Site', targetType: 'users', type: 'string' };
const NO_IDS: Answer = { body: [] };
const asks = (values = true) => ({ values: values ? [jane] : [], managers: [], endings: [] });
const site = [{ ...to('custom.Site', 'Berlin', 'Site'), newOption: true as const }];

/** A call, the scope that it takes, and what makes the adapter do it. */
const CALLS: Array<[method: string, path: string, scope: string, (run: ThreeSixtyRun) => unknown]> = [
	['GET', '/groups', 'groups:read', async ({ lms }) => await lms.read()],
	[
		'GET',
		`/groups/${STAFF}/roles`,
		'groups:read',
		async ({ lms }) => await lms.memberships([{ ...SALES, id: STAFF }]),
	],
	['POST', '/groups', 'groups:write', async ({ lms }) => await lms.ensureGroup({ name: '/Acme > New' })],
	[
		'POST',
		`/groups/${SALES.id}/learner/${JANES_ID}`,
		'groups:write',
		async ({ lms }) => await lms.join(jane.id, SALES),
	],
	[
		'DELETE',
		`/groups/${SALES.id}/learner/${JANES_ID}`,
		'groups:write',
		async ({ lms }) => await lms.leave(jane.id, SALES),
	],
	['GET', ROLES, 'users:read', async ({ lms }) => await lms.groupsOf(jane.id)],
	['GET', '/users', 'users:read', async ({ lms }) => await lms.read()],
	['GET', `/users/${JANES_ID}`, 'users:read', async ({ lms }) => await lms.deactivate(jane)],
	['DELETE', `/users/${JANES_ID}`, 'users:write', async ({ lms }) => await lms.deactivate(jane)],
	['POST', '/users', 'users:write', async ({ lms }) => await lms.create(ACTIVE_JANE, HOME)],
	[
		'PATCH',
		`/users/${JANES_ID}`,
		'users:write',
		async ({ lms }) => await lms.update(jane, [to('lastName', 'Roe')]),
	],
	[
		'PUT',
		`/users/${JANES_ID}/activate`,
		'users:write',
		async ({ lms }) => await lms.update({ ...jane, status: 'pending' }, [to('status', 'active')]),
	],
	['GET', '/external-ids', 'externalIds:read', async ({ lms }) => await lms.create(ACTIVE_JANE, HOME)],
	[
		'POST',
		'/external-ids',
		'externalIds:write',
		async ({ lms }) => await lms.update(jane, [to('link', '8120', LINK)]),
	],
	['GET', '/custom-fields', 'customFields:read', async ({ lms }) => await lms.inspect(asks())],
	[
		'POST',
		'/custom-fields',
		'customFields:write',
		async ({ lms }) => await lms.update(jane, [to('custom.New', 'x', 'New')]),
	],
	[
		'GET',
		`/custom-fields/${FIELD._id}/authorized-values`,
		'customFields:read',
		async ({ lms }) => await lms.update(jane, site),
	],
	[
		'PUT',
		`/custom-fields/${FIELD._id}/authorized-values`,
		'customFields:write',
		async ({ lms }) => await lms.update(jane, site),
	],
	['GET', VALUES, 'users:read', async ({ lms }) => await lms.inspect(asks())],
	['PUT', VALUES, 'users:write', async ({ lms }) => await lms.update(jane, site)],
	[
		'GET',
		`/users/${BOBS_ID}/subordinates`,
		'users:read',
		async ({ lms }) => await lms.inspect({ ...asks(false), managers: [learnerId(BOBS_ID)] }),
	],
	[
		'POST',
		`/users/${JANES_ID}/managers/${BOBS_ID}`,
		'users:write',
		async ({ lms }) => await lms.setManager(jane, { label: LINK, from: null, to: '9' as never }),
	],
	[
		'DELETE',
		`/users/${JANES_ID}/managers/${BOBS_ID}`,
		'users:write',
		async ({ lms }) => await lms.setManager(jane, { label: LINK, from: '9' as never, to: null }),
	],
];

/** Everything but the call that is refused is granted. */
function grantAllBut(refused: string, answer: Answer): void {
	const grants: Array<[string, string, Parameters<Company['optional']>[2]]> = [
		['GET', '/groups', { body: TREE }],
		['GET', '/external-ids', ({ query }) => askedFor([mapping(1, '9', { targetId: BOBS_ID })], query)],
		['POST', '/external-ids', { status: 201, body: mapping(2, 'x') }],
		// The turn of whoever makes groups.
		['DELETE', `/external-ids/${mapping(2, 'x')._id}`, { status: 204 }],
		['GET', '/users', NO_IDS],
		['GET', `/users/${JANES_ID}`, oneUser()],
		['GET', ROLES, rolesIn(STAFF, SALES.id)],
		['GET', `/users/${JANES_ID}/managers`, { body: [] }],
		['GET', `/users/${JANES_ID}/subordinates`, { body: [] }],
		['GET', '/custom-fields', { body: [FIELD] }],
		['GET', `/custom-fields/${FIELD._id}/authorized-values`, { body: ['Paris'] }],
		['PUT', `/custom-fields/${FIELD._id}/authorized-values`, { body: ['Paris', 'Berlin'] }],
		['GET', VALUES, { body: [] }],
	];
	for (const [method, path, granted] of grants) {
		if (`${method} ${path}` !== refused) run.company.optional(method, path, granted);
	}
	const [method, path] = refused.split(' ') as [string, string];
	run.company.on(method, path, answer);
}

describe.each<[string, unknown, string]>([
	['nested', { error: { code: 'invalid_scope', message: 'No.' } }, ': invalid_scope, No.'],
	['flat', { error: 'invalid_scope' }, ': invalid_scope'],
	['of a proxy', '<html/>', ''],
])('a refusal for want of a scope (%s)', (_form, body, words) => {
	it.each(CALLS)('at %s %s names %s', async (method, path, scope, ask) => {
		grantAllBut(`${method} ${path}`, { status: 403, body: body as object });
		const failure = await failureOf(run.n8n, ask(run) as Promise<unknown>);
		expect(failure.message).toBe(`360Learning answered HTTP 403${words}`);
		expect(failure.remedy).toBe(
			`The credential lacks ${scope}. In 360Learning, open Settings > API v2 and grant it; a scope that is not offered there has to be opened by 360Learning.`,
		);
		expect(failure.uncertain).toBe(false);
		expect(longWaits()).toEqual([]);
	});
});
