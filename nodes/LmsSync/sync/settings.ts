import type { EmployeeStatus } from '../../shared/item';

export type EndAccess = 'terminationDate' | 'lastWorkingDay' | 'contractEndDate' | 'earliest';
export type RuleOperator = 'equals' | 'notEquals' | 'contains' | 'startsWith' | 'isEmpty' | 'isNotEmpty';

/** A question about one attribute of an employee. */
export interface Condition {
	/** A field of the employee record, or the key of a custom attribute (`dynamic_<number>`). */
	field: string;
	operator: RuleOperator;
	value: string;
}

export interface GroupRule extends Condition {
	/** Name of the group that employees join to whom the condition applies. */
	group: string;
}

export interface FieldMapping {
	/** A field of the employee record, or the key of a custom attribute. */
	attribute: string;
	/** Label of the custom field in the LMS. */
	field: string;
}

export interface Scope {
	/** `inactive` never belongs here: inactive people get no account. */
	statuses: Array<Exclude<EmployeeStatus, 'inactive'>>;
	/** All of them must apply. */
	filters: Condition[];
	/** Personio ids or e-mail addresses of people who are left alone. */
	exclude: string[];
	/** What becomes of people whom `statuses` or `filters` leave out. Excluded people are always left alone. */
	outOfScope: 'leaveAlone' | 'deactivate';
}

/** How many people a run, together with those of the window before it, may touch: a count and a share. */
export interface Limits {
	maxDeactivations: number;
	/** Of the active learners that belong to an employee. */
	maxDeactivationPercent: number;
	maxGroupRemovals: number;
	maxGroupRemovalPercent: number;
	maxInvitations: number;
	/** Of the employees in scope, or of the active learners if there are more of them. */
	maxInvitationPercent: number;
	maxCreations: number;
	maxCreationPercent: number;
	maxEmailChanges: number;
	maxEmailChangePercent: number;
	/** Hours that a run looks back; 0 for each run on its own. */
	windowHours: number;
}

/** Everything an operator decides about a plan. */
export interface PlanSettings {
	dryRun: boolean;
	newLearners: 'invite' | 'create';
	/** Whether accounts that are created can be used at once, in an LMS that tells this from creating. */
	activate: boolean;
	/** Whether the supervisor becomes the manager, in an LMS that has managers. */
	managers: boolean;
	/** Days before the hire date from which on a new learner is added; absent means at once. */
	daysBeforeHire?: number;
	endAccess: EndAccess;
	/** `email` is a deliberate choice with a price: a changed address cannot be told from a new person. */
	matchBy: 'link' | 'email';
	/** Where the LMS keeps the Personio id. */
	linkField: string;
	usePreferredName: boolean;
	scope: Scope;
	fieldMapping: FieldMapping[];
	/** Fields whose values, from the first on, make the path of a group. */
	groupLevels: string[];
	groupRules: GroupRule[];
	createMissingGroups: boolean;
	limits: Limits;
	/** Complete runs in a row after which somebody whom Personio has deleted loses access; 0 for never. */
	missingRuns: number;
	/** IANA zone or offset for employees whose office zone Personio did not tell. */
	defaultZone: string;
}
