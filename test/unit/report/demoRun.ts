import { demoCompany } from '../../sandbox/company/demo';
import {
	employeeId,
	learnerId,
	type ApplicableAction,
	type Employee,
	type HoldCode,
	type SyncItem,
} from '../../../nodes/shared/item';
import {
	employeeOf,
	explanationOf,
	full,
	invited,
	itemOf,
	PLATFORM,
	someRun,
	tallied,
	ZONE,
	type DecisionOver,
} from './items';

/** Of everything one: the demo company after a busy week, in a real run or a dry one. */
export function demoRun(dryRun: boolean): SyncItem[] {
	const people = demoCompany().map(employeeOf);
	const at = (index: number) => people[index] as Employee;
	const held = (index: number, code: HoldCode, message: string, withheld: string, over: DecisionOver = {}) =>
		itemOf(at(index), { action: 'hold', dryRun }, message, {
			hold: { code, message },
			withheld: withheld as never,
			...over,
		});
	const act = (action: ApplicableAction) => ({ action, dryRun });
	const failed = (index: number, message: string): SyncItem => {
		const item = invited(at(index), dryRun);
		const who = `${full(at(index))} (${at(index).email})`;
		return dryRun
			? item
			: { ...item, outcomes: [{ step: 'invite', status: 'failed', message: `${who}: ${message}` }] };
	};
	const refused =
		'LearnUpon refused the invitation: the address is used in another portal. Allow it under Settings > Users > General, or choose "Create Account" under New Learners.';
	const moved = at(10);
	const items: SyncItem[] = [
		...[13, 14, 16, 17, 21].map((index) => invited(at(index), dryRun)),
		failed(25, refused),
		failed(26, refused),
		failed(28, 'LearnUpon did not answer within 60 seconds. Run again: what was done is not done twice.'),
		itemOf(at(9), act('update'), 'Differs in last name.', {
			changes: [{ field: 'lastName', from: 'von Hohenstein', to: 'Freifrau von Hohenstein-Liebenwerda' }],
			notes: [
				'"seven" was not written to "Level", which takes whole numbers. Change the field in the LMS or map another attribute.',
			],
		}),
		itemOf(moved, act('update'), 'Differs in Department, groups.', {
			changes: [
				{
					field: 'custom.Department',
					label: 'Department',
					from: 'Kundenservice',
					to: moved.department ?? '',
				},
			],
			groups: { add: [{ name: 'Produkt & Entwicklung' }], remove: [{ name: 'Kundenservice' }] },
			manager: {
				label: 'personio',
				from: at(5).id,
				to: at(7).id,
				fromName: full(at(5)),
				toName: full(at(7)),
			},
		}),
		itemOf(at(11), act('update'), 'Differs in e-mail.', {
			changes: [{ field: 'email', from: 'oisin@nordhafen.example', to: at(11).email ?? '' }],
		}),
		itemOf(at(30), act('update'), 'Differs in last day of access. Contract ends 2027-09-30.', {
			changes: [{ field: 'accessEnds', from: null, to: '2027-09-30' }],
			explanation: explanationOf(at(30), {
				access: {
					state: 'endsLater',
					lastDay: '2027-09-30',
					zone: 'Europe/Berlin',
					sentence: 'Access ends with 2027-09-30, the contract end date.',
				},
			}),
		}),
		itemOf(at(29), act('reactivate'), 'Back: active in Personio, and the account has ended.', {
			changes: [{ field: 'status', from: 'inactive', to: 'active' }],
		}),
		itemOf(
			{ ...at(19), terminationDate: '2026-03-08' },
			act('deactivate'),
			'Termination date 2026-03-08; that day is over.',
			{
				changes: [{ field: 'status', from: 'active', to: 'inactive' }],
				approved: { by: 'Heather Whitcombe', at: '2026-03-10T10:58:00Z', code: 'limitExceeded' },
				explanation: explanationOf(at(19), {
					access: {
						state: 'ended',
						lastDay: '2026-03-08',
						zone: ZONE,
						sentence: 'Access ended with 2026-03-08, the termination date.',
					},
				}),
			},
		),
		held(
			33,
			'noEmail',
			'Nadine Administrator (Personio id 7201154) has no e-mail address in Personio, so there can be no account. Enter it in Personio.',
			'invite',
		),
		...[22, 23, 24].map((index) =>
			held(
				index,
				'limitExceeded',
				'This run would deactivate 4 people, and 3 are allowed. If that is right, raise "Limits" for one run; otherwise look at what changed in Personio.',
				'deactivate',
				{ changes: [{ field: 'status', from: 'active', to: 'inactive' }] },
			),
		),
		held(
			12,
			'valueNotAllowed',
			'"Qualitätssicherung" was not written to "Role", which takes the values of its list (Sales, Service, …). Add it to the list in the LMS, correct the value in Personio, or switch on "Add Values to Restricted Lists" where the plan offers it.',
			'fields',
			{
				changes: [{ field: 'custom.Role', label: 'Role', from: 'QA', to: 'Qualitätssicherung' }],
			},
		),
		held(
			27,
			'duplicateEmail',
			`${full(at(27))} (Personio id ${at(27).id}) has the same address ${at(27).email} in Personio as Eilís Hanrahan (Personio id ${at(31).id}). Correct one of them in Personio.`,
			'none',
		),
		{
			learner: {
				id: learnerId('88112'),
				email: 'bernd.alt@nordhafen.example',
				firstName: 'Bernd',
				lastName: 'Altmann',
				status: 'active',
				link: employeeId('7200990'),
				accessEnds: null,
				custom: {},
			},
			decision: {
				platform: PLATFORM,
				action: 'hold',
				withheld: 'none',
				reason: 'Not among the employees.',
				changes: [],
				invite: false,
				groups: { add: [], remove: [] },
				dryRun,
				hold: {
					code: 'missing',
					message:
						'Bernd Altmann (bernd.alt@nordhafen.example): Personio no longer lists the employee 7200990. Nothing was changed, because a missing entry does not prove that the person has left. If so, disable the account in the LMS; otherwise check the rights of the integration in Personio, or take the Personio ID off the account.',
				},
			},
		},
	];
	const run = someRun({
		dryRun,
		decisions: tallied(items, 34 - (items.length - 1)),
		holds: { limitExceeded: 3, noEmail: 1, valueNotAllowed: 1, duplicateEmail: 1, missing: 1 },
		limits: [
			{ kind: 'deactivations', wanted: 4, before: 0, allowed: 3, windowHours: 24, exceeded: true },
			{ kind: 'groupRemovals', wanted: 1, before: 2, allowed: 5, windowHours: 24, exceeded: false },
			{ kind: 'invitations', wanted: 8, before: 0, allowed: 20, windowHours: 24, exceeded: false },
			{ kind: 'emailChanges', wanted: 1, before: 0, allowed: 5, windowHours: 24, exceeded: false },
		],
		configuration: {
			code: 'K7QM-4T2X',
			changed: ['Field Mapping', 'End Access'],
			lastApplied: '2026-03-09T11:00:03.000Z',
			confirmed: !dryRun,
		},
		alerts: dryRun
			? [
					{
						code: 'manyChanges',
						message:
							'18 of 34 people would be touched, and the last ten runs touched 3 at most. Look at what changed before you switch Dry Run off.',
					},
				]
			: [],
		gaps: [
			{
				code: 'groupMissing',
				message: 'The group "Dublin" is missing in the list of groups, although others are below it.',
			},
		],
		passport: [
			{
				attribute: 'email',
				label: 'E-mail',
				why: ['the address of the account', 'matching'],
				goesTo: ['e-mail'],
				delivered: true,
			},
			{
				attribute: 'firstName',
				label: 'First name',
				why: ['the name of the account'],
				goesTo: ['first name'],
				delivered: true,
			},
			{
				attribute: 'lastName',
				label: 'Last name',
				why: ['the name of the account'],
				goesTo: ['last name'],
				delivered: true,
			},
			{
				attribute: 'status',
				label: 'Status',
				why: ['who is in scope', 'whose access ends'],
				goesTo: ['account'],
				delivered: true,
			},
			{
				attribute: 'terminationDate',
				label: 'Termination date',
				why: ['the last day of access'],
				goesTo: ['last day of access'],
				delivered: true,
			},
			{
				attribute: 'department',
				label: 'Department',
				why: ['field mapping', 'groups by levels'],
				goesTo: ['Department', 'groups'],
				delivered: true,
			},
			{
				attribute: 'dynamic_204',
				label: 'Gender',
				why: ['field mapping'],
				goesTo: ['Salutation'],
				delivered: true,
				sensitive: true,
			},
			{
				attribute: 'dynamic_188',
				label: 'Cost centre',
				why: ['groups by rules'],
				goesTo: ['groups'],
				delivered: false,
			},
		],
		makes: { groups: ['Kundenservice', 'Vertrieb'], fields: [] },
	});
	return [...items, { run }];
}
