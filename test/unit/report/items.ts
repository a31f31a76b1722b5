import type { Person as PersonioPerson } from '../../sandbox/personio/types';
import {
	employeeId,
	type Action,
	type Decision,
	type Employee,
	type Explanation,
	type HoldCode,
	type RunSummary,
	type SyncItem,
} from '../../../nodes/shared/item';
import { aRoster } from '../sync/builders';

/** Items as they reach a report, with every part that an item can have. */

export const PLANNED_AT = '2026-03-10T11:00:00.000Z';
export const READ_AT = '2026-03-10T10:59:12.000Z';
export const PLATFORM = 'LearnUpon';

export const employeeOf = (person: PersonioPerson): Employee => ({
	id: employeeId(person.id),
	email: person.email || null,
	firstName: person.firstName,
	lastName: person.lastName,
	preferredName: person.preferredName,
	status: person.status,
	position: person.position,
	department: person.department,
	office: person.office,
	hireDate: person.hireDate,
	contractEndDate: person.contractEndDate,
	terminationDate: null,
	custom: {},
});

export const ZONE = 'Europe/Dublin';
export const full = ({ firstName, lastName }: Employee) => `${firstName} ${lastName}`;

export function explanationOf(employee: Employee, over: Partial<Explanation> = {}): Explanation {
	const { department, office } = employee;
	const path = [office, department].filter(Boolean).join(' > ');
	return {
		facts: {
			status: employee.status ?? null,
			firstName: employee.firstName ?? null,
			lastName: employee.lastName ?? null,
			email: employee.email ?? null,
			department: department ?? null,
			office: office ?? null,
			hireDate: employee.hireDate ?? null,
			terminationDate: employee.terminationDate ?? null,
		},
		scope: {
			inScope: true,
			sentence: `In scope: the status is "${employee.status}", and no filter leaves them out.`,
		},
		match: {
			by: 'link',
			sentence: `Matched by the Personio ID ${employee.id}, which the account carries.`,
		},
		access: { state: 'open', zone: ZONE, sentence: 'No end of the employment is entered.' },
		groups: {
			wanted: path ? [path] : [],
			sentence: path ? `The levels office and department want "${path}".` : 'No group is wanted.',
		},
		guards: ['All employees were read.', '3 deactivations are wanted and 20 are allowed.'],
		...over,
	};
}

const NEW = {
	by: 'nothing' as const,
	sentence: 'No account carries this Personio ID, and none has this address.',
};

export interface Options {
	dryRun: boolean;
	action: Action;
}

export type DecisionOver = Partial<Omit<Extract<Decision, { action: 'hold' }>, 'action'>> & {
	approved?: { by: string; at: string; code: HoldCode };
};

export function itemOf(
	employee: Employee,
	{ action, dryRun }: Options,
	reason: string,
	over: DecisionOver = {},
	rest: Partial<SyncItem> = {},
): SyncItem {
	const decision = {
		platform: PLATFORM,
		action,
		reason,
		changes: [],
		invite: action === 'invite',
		groups: { add: [], remove: [] },
		dryRun,
		explanation: explanationOf(employee),
		...over,
	} as unknown as Decision;
	const steps = action === 'deactivate' ? (['deactivate'] as const) : (['upsert', 'mapGroups'] as const);
	const outcomes = ['hold', 'none'].includes(action)
		? {}
		: {
				outcomes: steps.map((step) => ({
					step,
					status: dryRun ? ('previewed' as const) : ('done' as const),
				})),
			};
	return { employee, decision, ...outcomes, ...rest };
}

export function invited(employee: Employee, dryRun: boolean): SyncItem {
	const { department, id, email = '', firstName = '', lastName = '' } = employee;
	const status = dryRun ? ('previewed' as const) : ('done' as const);
	return itemOf(
		employee,
		{ action: 'invite', dryRun },
		`New: ${employee.status} in Personio, hired ${employee.hireDate}, no account in the LMS.`,
		{
			changes: [
				{ field: 'email', from: null, to: email },
				{ field: 'firstName', from: null, to: firstName },
				{ field: 'lastName', from: null, to: lastName },
				{ field: 'link', label: 'Personio ID', from: null, to: id },
			],
			groups: { add: department ? [{ name: department }] : [], remove: [] },
			explanation: explanationOf(employee, { match: NEW }),
		},
		{ outcomes: (['invite', 'mapGroups'] as const).map((step) => ({ step, status })) },
	);
}

export const someRun = (over: Partial<RunSummary> = {}): RunSummary => ({
	platform: PLATFORM,
	dryRun: true,
	plannedAt: PLANNED_AT,
	roster: aRoster(34, { readAt: READ_AT }),
	learners: { active: 30, pending: 2, inactive: 4, linked: 31, lmsOnly: 5 },
	decisions: { create: 0, invite: 0, update: 0, reactivate: 0, deactivate: 0, none: 0, hold: 0 },
	holds: {},
	limits: [],
	configuration: { code: '', changed: [], confirmed: false },
	alerts: [],
	passport: [],
	makes: { groups: [], fields: [] },
	...over,
});

export const tallied = (items: SyncItem[], none: number): RunSummary['decisions'] => {
	const decisions: RunSummary['decisions'] = {
		create: 0,
		invite: 0,
		update: 0,
		reactivate: 0,
		deactivate: 0,
		none,
		hold: 0,
	};
	for (const { decision } of items) if (decision) decisions[decision.action]++;
	return decisions;
};
