import type * as Clock from './clock';
import { failureOf } from './failure';
import {
	ACME,
	BERLIN,
	DONE,
	IT,
	jane,
	JANES_ID,
	refusal,
	rolesIn,
	STAFF,
	threeSixtyRun,
	TREE,
	type ThreeSixtyRun,
} from './threeSixtyLearning';

jest.mock('n8n-workflow', () => jest.requireActual<typeof Clock>('./clock').withoutWaiting());

let run: ThreeSixtyRun;

const ROLES = `/users/${JANES_ID}/roles`;

describe('a membership', () => {
	beforeEach(() => {
		run = threeSixtyRun();
		run.company.optional('GET', '/groups', { body: TREE });
	});
	const JOIN = `/groups/${BERLIN}/learner/${JANES_ID}`;
	const berlin = { id: BERLIN, name: 'Berlin', own: false };

	it('is made without a body', async () => {
		run.company.on('POST', JOIN, DONE);
		await run.lms.join(jane.id, berlin);
		expect(run.company.bodies('POST', JOIN)).toEqual(['']);
	});

	it.each([
		[400, 'userDeleted', /deleted meanwhile/],
		[400, 'analystUnavailable', /role is not part/],
		[404, 'groupNotFound', /group was deleted/],
		[404, 'userNotFound', /account is gone/],
	])('that is refused with %i %s is an error that names the group', async (status, code, remedy) => {
		run.company.on('POST', JOIN, refusal(status, code)).on('GET', ROLES, rolesIn(STAFF));
		const failure = await failureOf(run.n8n, run.lms.join(jane.id, berlin));
		expect(failure.message).toBe(`360Learning refused the membership of "Berlin": ${code}`);
		expect(failure.remedy).toMatch(remedy);
	});

	it('that is refused to somebody who is in the group already is fine', async () => {
		run.company.on('POST', JOIN, refusal(409, 'alreadyInGroup')).on('GET', ROLES, rolesIn(STAFF, BERLIN));
		await run.lms.join(jane.id, berlin);
		expect(run.company.asked).toEqual([`POST ${JOIN}`, `GET ${ROLES}`]);
	});

	it('that is refused to somebody who has another role in the group is an error', async () => {
		run.company.on('POST', JOIN, refusal(400, 'userDeleted'));
		run.company.on('GET', ROLES, { body: [{ groupId: BERLIN, role: 'admin' }] });
		const failure = await failureOf(run.n8n, run.lms.join(jane.id, berlin));
		expect(failure.message).toBe('360Learning refused the membership of "Berlin": userDeleted');
	});

	// What was refused is lost where the look at the roles is refused for the same reason.
	it('that is refused is told with its reason also where the roles are refused', async () => {
		const gone = refusal(404, 'userNotFound');
		run.company.on('POST', JOIN, gone).on('GET', ROLES, gone);
		const failure = await failureOf(run.n8n, run.lms.join(jane.id, berlin));
		expect(failure.message).toBe('360Learning refused the membership of "Berlin": userNotFound');
	});

	it('is ended without a body, after a look at what is left', async () => {
		run.company.on('GET', ROLES, rolesIn(STAFF, BERLIN)).on('DELETE', JOIN, DONE);
		await run.lms.leave(jane.id, berlin);
		expect(run.company.bodies('DELETE', JOIN)).toEqual(['']);
		expect(run.company.asked).toContain(`GET ${ROLES}`);
	});

	it('that is gone already is fine', async () => {
		run.company.on('GET', ROLES, rolesIn(STAFF)).on('DELETE', JOIN, refusal(404, 'userNotFoundInGroup'));
		await run.lms.leave(jane.id, berlin);
	});

	it('that cannot be ended is an error', async () => {
		run.company.on('GET', ROLES, rolesIn(STAFF)).on('DELETE', JOIN, refusal(404, 'groupNotFound'));
		const failure = await failureOf(run.n8n, run.lms.leave(jane.id, berlin));
		expect(failure.message).toBe('360Learning refused the leaving of "Berlin": groupNotFound');
	});

	it.each([
		['in no other one', rolesIn(BERLIN)],
		['otherwise only in a public one below, which is left with it', rolesIn(BERLIN, IT)],
	])('that is the last one is not ended: %s', async (_what, roles) => {
		run.company.on('GET', ROLES, roles);
		const failure = await failureOf(run.n8n, run.lms.leave(jane.id, berlin));
		expect(failure.message).toBe('"Berlin" would be the last group that is left, and it was not left.');
		expect(run.company.written).toEqual([]);
	});

	it('is ended where another role remains', async () => {
		const roles = {
			body: [
				{ groupId: BERLIN, role: 'learner' },
				{ groupId: ACME, role: 'admin' },
			],
		};
		run.company.on('GET', ROLES, roles).on('DELETE', JOIN, DONE);
		await run.lms.leave(jane.id, berlin);
	});
});
