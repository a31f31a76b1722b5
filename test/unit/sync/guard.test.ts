import type { ApplicableDecision, Decision } from '../../../nodes/shared/item';
import { incompleteness, withoutRemovals } from '../../../nodes/LmsSync/sync/guard';
import { hold } from '../../../nodes/LmsSync/sync/parts';
import {
	about,
	accountOf,
	anEmployee,
	aRoster,
	decided,
	equals,
	fieldsOf,
	holdCode,
	joins,
	LATER,
	planned,
	someSettings,
	YESTERDAY,
} from './builders';

const london = { name: 'London', id: 'G1' };
const berlin = { name: 'Berlin', id: 'G2' };

function wanted(over: Partial<ApplicableDecision>): ApplicableDecision {
	return {
		action: 'update',
		reason: 'Differs.',
		changes: [],
		invite: false,
		groups: { add: [], remove: [] },
		dryRun: true,
		...over,
	};
}

describe('a decision withheld', () => {
	it('still says what would have been done, and invites nobody', () => {
		const invitation = wanted({ action: 'invite', invite: true, accessEnds: null, notes: ['a note'] });
		expect(hold(invitation, 'invite', 'noEmail', 'Enter one.')).toEqual({
			action: 'hold',
			withheld: 'invite',
			reason: 'Differs.',
			changes: [],
			invite: false,
			groups: { add: [], remove: [] },
			accessEnds: null,
			notes: ['a note'],
			dryRun: true,
			hold: { code: 'noEmail', message: 'Enter one.' },
		});
	});
});

describe('an incomplete roster', () => {
	const split = (whole: Decision): [Decision, ...Decision[]] => {
		const { decision, held = [] } = withoutRemovals({ decision: whole }, 'A page is missing.');
		return [decision, ...held];
	};

	it('takes access from nobody, and says why', () => {
		const [held, ...more] = split(wanted({ action: 'deactivate' }));
		expect(more).toEqual([]);
		expect(held).toMatchObject({
			action: 'hold',
			withheld: 'deactivate',
			hold: { code: 'incompleteRoster', message: expect.stringContaining('A page is missing.') },
		});
	});

	it('takes nobody out of a group, while the rest of the decision goes on', () => {
		const change = { field: 'lastName', from: 'A', to: 'B' };
		const [kept, held] = split(wanted({ changes: [change], groups: { add: [berlin], remove: [london] } }));
		expect(kept).toMatchObject({
			action: 'update',
			changes: [change],
			groups: { add: [berlin], remove: [] },
		});
		expect(held).toMatchObject({
			action: 'hold',
			withheld: 'groups',
			changes: [],
			groups: { add: [], remove: [london] },
		});
	});

	it.each<[string, Partial<ApplicableDecision>]>([
		['joining a group', { groups: { add: [berlin], remove: [london] } }],
		['enabling the account', { action: 'reactivate', groups: { add: [], remove: [london] } }],
	])('does not hold back %s', (_, over) => {
		expect(split(wanted(over)).map(({ action }) => action)).toEqual([over.action ?? 'update', 'hold']);
	});

	it('leaves no empty update where leaving a group was all', () => {
		expect(split(wanted({ groups: { add: [], remove: [london] } }))).toMatchObject([
			{ action: 'none' },
			{ action: 'hold' },
		]);
	});

	it.each<Decision>([
		wanted({ action: 'create' }),
		wanted({ action: 'invite', invite: true }),
		wanted({ action: 'update', changes: [{ field: 'lastName', from: 'A', to: 'B' }] }),
		{ ...wanted({}), action: 'none' },
		hold(wanted({}), 'none', 'noEmail', 'Enter one.'),
	])('changes nothing about %j', (decision) => {
		expect(split(decision)).toEqual([decision]);
	});
});

describe('nothing may be taken away', () => {
	const reasonFor = (missingAttributes: string[], settings = {}) =>
		incompleteness(aRoster(5, { missingAttributes }), someSettings(settings));

	it('when the roster is not complete, for the reason it gives', () => {
		const roster = aRoster(5, { complete: false, reason: 'Page 2 did not come.' });
		expect(incompleteness(roster, someSettings())).toBe('Page 2 did not come.');
		expect(incompleteness(aRoster(5, { complete: false }), someSettings())).toBeTruthy();
	});

	it('but may when it is complete', () => {
		expect(reasonFor([])).toBeUndefined();
	});

	it.each<[string, object]>([
		['terminationDate', {}],
		['lastWorkingDay', { endAccess: 'lastWorkingDay' }],
		['contractEndDate', { endAccess: 'earliest' }],
		['office', { groupLevels: ['office'] }],
		['department', { groupRules: [joins('department', 'IT', 'Techies')] }],
		['team', { scope: { filters: [equals('team', 'A')] } }],
		['dynamic_7', { fieldMapping: [{ attribute: 'dynamic_7', field: 'Seven' }] }],
	])('when %s, on which something depends, was not delivered', (name, settings) => {
		expect(reasonFor([name], settings)).toContain(name);
	});

	it('when the hire date was not delivered, which tells an old end date from a new one', () => {
		expect(reasonFor(['hireDate'])).toContain('hireDate');
	});

	it('when the status was not delivered, which the roster itself says', () => {
		const reason = 'Personio did not deliver the attribute "Status".';
		const roster = aRoster(5, { complete: false, reason, missingAttributes: ['status'] });
		expect(incompleteness(roster, someSettings())).toBe(reason);
	});

	it('but may when only attributes are missing that nothing depends on', () => {
		expect(reasonFor(['lastWorkingDay', 'office', 'dynamic_7', 'position'])).toBeUndefined();
	});
});

describe('two employees with one address, of whom one was read', () => {
	const anna = anEmployee(1, { email: 'office@acme.example' });
	const ben = anEmployee(2, { email: 'Office@acme.example' });
	const account = accountOf(anna, { link: null });
	const changes = { roster: { scope: 'changes' as const } };
	const search = { roster: { scope: 'selection' as const, byAddress: true as const } };

	it('do not get one account between them', () => {
		expect(decided(ben, [account], {}, changes)).toMatchObject({
			action: 'hold',
			hold: { code: 'incompleteRoster', message: expect.stringContaining('A sync of all employees decides') },
		});
		expect(holdCode(decided(ben, [account], {}, { roster: { scope: 'selection' } }))).toBe(
			'incompleteRoster',
		);
		expect(decided(ben, [account]).action).toBe('update');
	});

	it('are both found by their address, and held', () => {
		const both = planned({ employees: [anna, ben], lms: { learners: [account] }, ...search });
		expect([anna, ben].map((each) => holdCode(about(both, each)))).toEqual([
			'duplicateEmail',
			'duplicateEmail',
		]);
	});

	it('are no matter to somebody whose address is theirs alone, if it was asked for', () => {
		expect(decided(ben, [account], {}, search).action).toBe('update');
	});

	it('are no matter to those who carry the link, and to newcomers', () => {
		const linked = accountOf(ben, { firstName: 'Old' });
		expect(decided(ben, [linked], {}, changes).action).toBe('update');
		expect(decided(ben, [], {}, changes).action).toBe('invite');
	});

	it('do not get one account between them where only addresses are compared', () => {
		const byEmail = { matchBy: 'email' as const };
		expect(holdCode(decided(ben, [account], byEmail, changes))).toBe('incompleteRoster');
		const own = accountOf(ben, { link: null, lastName: 'Old', accessEnds: null });
		expect(decided(ben, [own], byEmail, changes).action).toBe('update');
		const leaver = { ...ben, terminationDate: LATER };
		const { people } = planned({
			employees: [leaver],
			lms: { learners: [own] },
			settings: byEmail,
			...changes,
		});
		expect(people.map(({ decision }) => [decision.action, fieldsOf(decision)])).toEqual([
			['update', ['lastName']],
			['hold', ['accessEnds']],
		]);
	});

	it('do not lose access on the strength of an address, whatever was asked for', () => {
		const leaver = { ...ben, terminationDate: YESTERDAY };
		expect(holdCode(decided(leaver, [account], {}, changes))).toBe('incompleteRoster');
		expect(holdCode(decided(leaver, [account], {}, search))).toBe('incompleteRoster');
	});
});
