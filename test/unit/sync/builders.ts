import {
	employeeId,
	learnerId,
	type Decision,
	type Employee,
	type EmployeeId,
	type Learner,
	type Roster,
} from '../../../nodes/shared/item';
import type { CustomField, Group, LmsState } from '../../../nodes/LmsSync/sync/lmsState';
import type { Memory } from '../../../nodes/LmsSync/sync/memory';
import type { Answers } from '../../../nodes/LmsSync/sync/missing';
import { markText } from '../../../nodes/LmsSync/sync/marks';
import { plan, type Plan, type PlannedPerson } from '../../../nodes/LmsSync/sync/plan';
import type { Condition, GroupRule, Limits, PlanSettings, Scope } from '../../../nodes/LmsSync/sync/settings';

/** A Tuesday at noon in Berlin. */
export const NOW = '2026-03-10T11:00:00.000Z';
export const YESTERDAY = '2026-03-09';
export const TODAY = '2026-03-10';
export const LATER = '2026-06-30';
export const LINK_FIELD = 'Personio ID';

/** Somebody at work, with an open end. Numbers are Personio ids, and make the address. */
export function anEmployee(id: number, over: Partial<Employee> = {}): Employee {
	return {
		id: employeeId(id),
		email: `p${id}@acme.example`,
		firstName: `First${id}`,
		lastName: `Last${id}`,
		status: 'active',
		hireDate: '2020-01-01',
		terminationDate: null,
		lastWorkingDay: null,
		contractEndDate: null,
		custom: {},
		...over,
	};
}

/** The same employee as Personio shows them when some attributes are not delivered. */
export function without(employee: Employee, ...fields: Array<keyof Employee>): Employee {
	return Object.fromEntries(
		Object.entries(employee).filter(([key]) => !fields.includes(key as keyof Employee)),
	) as unknown as Employee;
}

/** The account that is in step with an employee. */
export function accountOf(employee: Employee, over: Partial<Learner> = {}): Learner {
	return {
		id: learnerId(`L${employee.id}`),
		email: employee.email ?? '',
		firstName: employee.firstName ?? null,
		lastName: employee.lastName ?? null,
		status: 'active',
		link: employee.id,
		accessEnds: null,
		custom: {},
		...over,
	};
}

export const invitationOf = (employee: Employee, over: Partial<Learner> = {}): Learner =>
	accountOf(employee, { id: learnerId(`I${employee.id}`), status: 'pending', ...over });

/** Somebody whom only the LMS knows. */
export function lmsOnly(name: string, over: Partial<Learner> = {}): Learner {
	return {
		id: learnerId(`X-${name}`),
		email: `${name}@partner.example`,
		firstName: name,
		lastName: 'External',
		status: 'active',
		link: null,
		accessEnds: null,
		custom: {},
		...over,
	};
}

export const aGroup = (name: string, own = false): Group => ({ id: `G-${name}`, name, own });
export const aField = (
	label: string,
	type: CustomField['type'] = 'text',
	options?: string[],
): CustomField => ({
	label,
	type,
	...(options && { options }),
});
export const equals = (field: string, value: string): Condition => ({ field, operator: 'equals', value });
export const joins = (field: string, value: string, group: string): GroupRule => ({
	...equals(field, value),
	group,
});

export const aPortal = (over: Partial<LmsState> = {}): LmsState => ({
	learners: [],
	rejections: [],
	groups: [],
	fields: [],
	...over,
});

/** The group of everybody in an academy, and where it keeps the marks. */
export const ROOT: Group = { id: 'G-/Acme', name: '/Acme', own: false };
export const MARK_FIELD = 'Personio ID-mark';

/** An LMS of the other kind: who is invited has an account, and there are managers, marks and a tree of groups. */
export const anAcademy = ({ groups = [], rootGroup = ROOT, ...over }: Partial<LmsState> = {}): LmsState => ({
	...aPortal(over),
	invitedHaveAccounts: true,
	hasManagers: true,
	markField: MARK_FIELD,
	rootGroup,
	groups: groups.some(({ id }) => id === rootGroup.id) ? groups : [rootGroup, ...groups],
});

export const reportsTo = (id: number): Pick<Employee, 'supervisor'> => ({
	supervisor: { id: employeeId(id) },
});

/** An account at which the sync has noted its manager, and values that nobody has any more. */
export const marked = (
	employee: Employee,
	manager: EmployeeId | null,
	over: Partial<Learner> = {},
): Learner =>
	accountOf(employee, { mark: markText(employee.id, { fingerprint: '0123456789ab', manager }), ...over });

/** So large that no company of a test reaches them. */
export const NO_LIMITS: Limits = {
	maxDeactivations: 100,
	maxDeactivationPercent: 100,
	maxGroupRemovals: 100,
	maxGroupRemovalPercent: 100,
	maxInvitations: 100,
	maxInvitationPercent: 100,
	maxCreations: 100,
	maxCreationPercent: 100,
	maxEmailChanges: 100,
	maxEmailChangePercent: 100,
	windowHours: 24,
};

export type SettingsOver = Partial<Omit<PlanSettings, 'scope' | 'limits'>> & {
	scope?: Partial<Scope>;
	limits?: Partial<Limits>;
};

export function someSettings({ scope, limits, ...over }: SettingsOver = {}): PlanSettings {
	return {
		dryRun: false,
		newLearners: 'invite',
		activate: true,
		managers: true,
		endAccess: 'terminationDate',
		matchBy: 'link',
		linkField: LINK_FIELD,
		usePreferredName: false,
		scope: {
			statuses: ['active', 'onboarding', 'leave'],
			filters: [],
			exclude: [],
			outOfScope: 'leaveAlone',
			...scope,
		},
		fieldMapping: [],
		groupLevels: [],
		groupRules: [],
		createMissingGroups: false,
		limits: { ...NO_LIMITS, ...limits },
		missingRuns: 0,
		defaultZone: 'Europe/Berlin',
		...over,
	};
}

export const aRoster = (count: number, over: Partial<Roster> = {}): Roster => ({
	complete: true,
	readAt: NOW,
	count,
	missingAttributes: [],
	scope: 'all',
	...over,
});

export interface Situation {
	employees: Employee[];
	lms?: Partial<LmsState>;
	/** Names of the groups of each learner, by the learner's id. */
	memberships?: Record<string, string[]>;
	settings?: SettingsOver;
	roster?: Partial<Roster>;
	now?: string;
	memory?: Memory;
	answers?: Answers;
	confirmed?: string;
	rootGroup?: string;
}

/** The plan of a whole situation. */
export function planned({
	employees,
	lms,
	memberships = {},
	settings,
	roster,
	now = NOW,
	...rest
}: Situation): Plan {
	return plan({
		...rest,
		platform: 'LMS',
		employees,
		roster: aRoster(employees.length, roster),
		lms: aPortal(lms),
		memberships: new Map(Object.entries(memberships).map(([id, names]) => [learnerId(id), names])),
		settings: someSettings(settings),
		now,
	});
}

/** The same in an academy, where everybody is in the root group already unless the situation says otherwise. */
export function plannedIn(
	employees: Employee[],
	learners: Learner[],
	{ lms, ...rest }: Partial<Situation> = {},
): Plan {
	const memberships = Object.fromEntries(learners.map(({ id }) => [id, [ROOT.name]]));
	return planned({ memberships, ...rest, employees, lms: anAcademy({ learners, ...lms }) });
}

/** What was decided about one employee: exactly one decision, or the test is about something else. */
export function about({ people }: Pick<Plan, 'people'>, employee: Employee): Decision {
	const found = people.filter((person) => person.employee?.id === employee.id);
	if (found.length !== 1) throw new Error(`${found.length} decisions about ${employee.id}`);
	return (found[0] as PlannedPerson).decision;
}

/** The decision about the only employee of a situation, with the learner they have. */
export function decided(
	employee: Employee,
	learners: Learner[],
	settings?: SettingsOver,
	rest: Omit<Situation, 'employees' | 'settings'> = {},
): Decision {
	const situation = { ...rest, employees: [employee], lms: { ...rest.lms, learners } };
	return about(planned({ ...situation, ...(settings && { settings }) }), employee);
}

export const holdCode = (decision: Decision): string | undefined =>
	decision.action === 'hold' ? decision.hold.code : undefined;

export const fieldsOf = (decision: Decision): string[] => decision.changes.map(({ field }) => field);

export const valueFor = (decision: Decision, field: string): unknown =>
	decision.changes.find((change) => change.field === field)?.to;
