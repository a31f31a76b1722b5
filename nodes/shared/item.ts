/**
 * The item that travels between the nodes.
 *
 * Three states of a value are told apart throughout: a key that is **absent** was not delivered and is
 * unknown; `null` was delivered and is empty; anything else is a value. Unknown is never compared, never
 * written, and never a reason to take something away from a person.
 */

declare const brand: unique symbol;

/** Personio's person id, as text: v1 sends a number, v2 a string, and they are equal. */
export type EmployeeId = string & { readonly [brand]: 'employee' };
/** The id of an account or of an open invitation in the LMS. */
export type LearnerId = string & { readonly [brand]: 'learner' };

export const employeeId = (id: string | number): EmployeeId => String(id) as EmployeeId;
export const learnerId = (id: string | number): LearnerId => String(id) as LearnerId;

/** `YYYY-MM-DD`, a day on the calendar of the employee's office. */
export type CalendarDate = string;
/** ISO 8601 with offset or `Z`. */
export type Instant = string;

export type EmployeeStatus = 'active' | 'inactive' | 'onboarding' | 'leave';

/** What a custom attribute may hold. Tags are lists, dates are calendar dates. */
export type AttributeValue = string | number | boolean | string[] | null;

export interface Supervisor {
	id: EmployeeId;
	/** Personio v1 may deliver only the id, v2 always does. */
	email?: string;
}

export interface Employee {
	id: EmployeeId;
	email?: string | null;
	firstName?: string | null;
	lastName?: string | null;
	preferredName?: string | null;
	status?: EmployeeStatus | null;
	position?: string | null;
	department?: string | null;
	team?: string | null;
	office?: string | null;
	legalEntity?: string | null;
	employmentType?: string | null;
	supervisor?: Supervisor | null;
	hireDate?: CalendarDate | null;
	contractEndDate?: CalendarDate | null;
	terminationDate?: CalendarDate | null;
	lastWorkingDay?: CalendarDate | null;
	/** Offset of the employee's office as Personio v1 writes it into dates, e.g. `+01:00`. v2 has none. */
	timeZoneOffset?: string;
	createdAt?: Instant | null;
	lastModifiedAt?: Instant | null;
	custom: Record<string, AttributeValue>;
}

export type EmployeeField = Exclude<keyof Employee, 'id' | 'custom' | 'timeZoneOffset'>;

/** The fields of the record that Personio is asked for, beside the id. */
export const EMPLOYEE_FIELDS: readonly EmployeeField[] = [
	'email',
	'firstName',
	'lastName',
	'preferredName',
	'status',
	'position',
	'department',
	'team',
	'office',
	'legalEntity',
	'employmentType',
	'supervisor',
	'hireDate',
	'contractEndDate',
	'terminationDate',
	'lastWorkingDay',
	'createdAt',
	'lastModifiedAt',
];

/**
 * Which people a read was about: everybody, those that changed, or a selection by id or filter. Only a
 * read about everybody can tell that somebody is missing.
 */
export type RosterScope = 'all' | 'changes' | 'selection';

export type GapCode =
	/** A page could not be read, or the list ended before its end. */
	| 'pageMissing'
	/** A page holds fewer records than it says, or none where more were announced. */
	| 'pageShort'
	| 'pageRepeated'
	/** The way to the next page is missing or leads elsewhere. */
	| 'linkBroken'
	/** Nothing says whether others follow. */
	| 'lastPageFull'
	| 'outOfTime'
	/** Only a part was asked for. */
	| 'limited'
	| 'countMoved'
	| 'countDiffers'
	| 'idRepeated'
	| 'idMissing'
	| 'nobody'
	/** An attribute without which nothing may be taken away. */
	| 'attributeMissing'
	| 'employmentMissing'
	| 'namesMissing'
	/** What arrived at the plan is not what was read. */
	| 'itemsLost'
	| 'severalReads'
	| 'noProof'
	/** Read hours before the plan. */
	| 'tooOld'
	/** Personio knows somebody by id whom the list left out. */
	| 'notListed'
	/** So few that it is more likely a fault than a fact. */
	| 'fewerThanUsual'
	/** A group is missing below which others are. */
	| 'groupMissing';

/** Why a list may not be whole: a code for workflows, a sentence for people. */
export interface Gap {
	code: GapCode;
	message: string;
}

/** The proof of one read of employees. The same on every item of that read. */
export interface Roster {
	complete: boolean;
	/** Why it is not complete: the sentences of all gaps. */
	reason?: string;
	/** The same one by one; absent where it is complete. */
	gaps?: Gap[];
	readAt: Instant;
	count: number;
	/** What Personio said the count would be; v2 does not say. */
	total?: number;
	/** Attributes that were asked for and not delivered, by the names of the employee record. */
	missingAttributes: string[];
	/** Fields of the employee record that were asked for; absent where all of them were. */
	attributes?: EmployeeField[];
	/** Keys of the custom attributes that were asked for; absent where there were none. */
	customAttributes?: string[];
	/** What Personio calls the custom attributes, by key, as far as it told. */
	labels?: Record<string, string>;
	/** Generation of the API that it was read by. */
	apiVersion?: 'v1' | 'v2';
	scope: RosterScope;
	/** Read by an e-mail address: whoever has that address is among them. */
	byAddress?: true;
}

export type LearnerStatus = 'active' | 'pending' | 'inactive';

export interface Learner {
	id: LearnerId;
	email: string;
	username?: string;
	firstName: string | null;
	lastName: string | null;
	/** `pending`: invited, not yet an account. */
	status: LearnerStatus;
	/** The Personio id stored in the LMS. */
	link: EmployeeId | null;
	accessEnds: CalendarDate | null;
	/** Names of the managed groups the learner is in; absent where memberships were not read. */
	groups?: string[];
	/** Further fields by their label in the LMS. */
	custom: Record<string, AttributeValue>;
	/** Fields whose reading costs a call for each person were not read, so they are missing in `custom`. */
	partial?: true;
	/** What this sync noted at the account when it last applied something; `null` if nothing. */
	mark?: string | null;
	/** Was ended once and has been brought back, but cannot be used yet. */
	restored?: true;
	/** Owns the platform: the LMS never lets such an account go. */
	owner?: true;
}

export type ChangeValue = AttributeValue;

/** One field: `email`, `firstName`, `lastName`, `link`, `status`, `accessEnds`, `mark` or `custom.<label>`. */
export interface Change {
	field: string;
	/** Of `link`, `mark` and `custom.<label>`: where the LMS keeps the value. */
	label?: string;
	from: ChangeValue;
	to: ChangeValue;
	/** The field takes the values of a list only, and this one has to be added to it. */
	newOption?: true;
}

/** Managers are named by their Personio id, since their account may only be made in the same run. */
export interface ManagerChange {
	/** Where the LMS keeps the Personio id. */
	label: string;
	/** The manager whom the sync has set before. Managers whom somebody else has set are left alone. */
	from: EmployeeId | null;
	to: EmployeeId | null;
	fromName?: string;
	toName?: string;
	/** To be noted when the manager is set. */
	mark?: Change;
	/** Somebody has set this manager before the sync, so only the mark is written. */
	isThere?: true;
}

/** Accounts on both sides of one that comes back, of those that it lost when its access ended. */
export interface Reporting {
	managers: LearnerId[];
	reports: LearnerId[];
}

/** A group by its name; `id` is absent while the group does not exist. */
export interface GroupRef {
	name: string;
	id?: string;
	/** In a tree: id of the group below which the path of a group that does not exist yet begins. */
	below?: string;
	/** Wanted by the levels of the mapping: whoever moves away leaves it again. */
	byLevels?: true;
}

export interface GroupChanges {
	add: GroupRef[];
	remove: GroupRef[];
}

export type HoldCode =
	| 'accountDisabled'
	| 'addressInUse'
	| 'addressReused'
	| 'configurationChanged'
	| 'duplicateAccount'
	| 'duplicateEmail'
	| 'factsMoved'
	| 'incompleteLearners'
	| 'incompleteRoster'
	| 'invitationRejected'
	| 'limitExceeded'
	| 'linkedToOther'
	| 'managerCycle'
	| 'missing'
	| 'noEmail'
	| 'noName'
	| 'ownerAccount'
	| 'possibleEmailChange'
	| 'unknownStatus'
	| 'valueNotAllowed';

export interface Hold {
	code: HoldCode;
	/** What is uncertain about whom, and what to do. */
	message: string;
}

/** Who let a held decision go, and what had held it. */
export interface Approval {
	/** As the workflow tells it; empty where it does not. */
	by: string;
	at: Instant;
	code: HoldCode;
}

/** Why a decision is what it is. Each part has its sentence; the rest is the same as data. */
export interface Explanation {
	/** What was read of the person that the decision rests on. What Personio did not deliver is absent. */
	facts: Record<string, AttributeValue>;
	/** `null`: not known, for want of an attribute. */
	scope: { inScope: boolean | null; sentence: string };
	match: { by: 'link' | 'email' | 'nothing' | 'conflict'; sentence: string };
	access: {
		state: 'ended' | 'endsLater' | 'open' | 'unknown';
		lastDay?: CalendarDate;
		/** In which the last day ends. */
		zone: string;
		sentence: string;
	};
	/** The groups that the mapping wants, by rules and levels. */
	groups: { wanted: string[]; sentence: string };
	/** What the guards over the whole run said: completeness, limits, configuration. */
	guards: string[];
}

interface DecisionBase {
	/** Name of the LMS that it is about. */
	platform?: string;
	/** Host of the LMS that was read for it. */
	portal?: string;
	/** Why, as a sentence about this person. */
	reason: string;
	changes: Change[];
	/** Whether an invitation mail will be sent. */
	invite: boolean;
	groups: GroupChanges;
	/** The group that a new account is made in, where the LMS asks for one. */
	home?: GroupRef;
	manager?: ManagerChange;
	/** Of an account whose end is taken back. */
	restores?: Reporting;
	/** The last day of access that this plan knows of. */
	accessEnds?: CalendarDate | null;
	/** Values that could not be carried over, as sentences. The rest of the decision stands. */
	notes?: string[];
	explanation?: Explanation;
	/** The address is part of a ring of exchanged addresses: it is set aside first. */
	parkEmail?: true;
	decidedAt?: Instant;
	/** What the same plan changes at this account with other decisions: of one that was held in parts. */
	beside?: Change[];
	/** How the plan read, for a step that reads the person again and for an undo. */
	reading?: { linkField: string; apiVersion?: 'v1' | 'v2'; fields?: string[]; rootGroup?: string };
	dryRun: boolean;
}

export type ApplicableAction = 'create' | 'invite' | 'update' | 'reactivate' | 'deactivate';

export interface ApplicableDecision extends DecisionBase {
	action: ApplicableAction;
	/** Was held, and a person has let it go: the step asks again whether the facts still hold. */
	approved?: Approval;
	/** Takes back what an earlier run did. */
	undoes?: true;
}

export interface NoDecision extends DecisionBase {
	action: 'none';
}

/** A decision withheld: `withheld` says what would have been done. */
export interface HeldDecision extends DecisionBase {
	action: 'hold';
	hold: Hold;
	withheld: ApplicableAction | 'groups' | 'manager' | 'fields' | 'none';
}

export type Decision = ApplicableDecision | NoDecision | HeldDecision;
export type Action = Decision['action'];

export type OutcomeStatus = 'done' | 'skipped' | 'failed' | 'previewed';
export type Step = 'upsert' | 'invite' | 'mapGroups' | 'setManager' | 'deactivate';

export interface Outcome {
	step: Step;
	status: OutcomeStatus;
	message?: string;
	learnerId?: LearnerId;
	/** What the LMS itself took away with an account that ended, for an undo. */
	before?: Reporting & { groups: GroupRef[] };
}

/** The `json` of an item on the way from Personio to the report. */
export interface SyncItem {
	employee?: Employee;
	roster?: Roster;
	learner?: Learner;
	decision?: Decision;
	outcomes?: Outcome[];
	run?: RunSummary;
	/** Why this person was not handled. Never on an item that was. */
	error?: string;
}

/** What a limit is about. */
export type LimitKind = 'deactivations' | 'groupRemovals' | 'invitations' | 'creations' | 'emailChanges';

/** How far a run uses a limit. */
export interface LimitUse {
	kind: LimitKind;
	/** People of this run. */
	wanted: number;
	/** Further people of earlier runs, within the window. */
	before: number;
	/** People whom this run and the window before it may touch together. */
	allowed: number;
	windowHours: number;
	/** The people of this run were held. */
	exceeded: boolean;
	/** Nobody is linked yet, so adding people is not limited. */
	firstLoad?: true;
}

export type AlertCode =
	'nobody' | 'fewEmployees' | 'manyChanges' | 'manyFailures' | 'runFailed' | 'incomplete' | 'notListed';

/** Something about the run as a whole that is more likely a fault than a fact. */
export interface Alert {
	code: AlertCode;
	message: string;
}

/** One attribute of Personio in the passport of fields. */
export interface PassportEntry {
	/** Name in the employee record, or key of a custom attribute. */
	attribute: string;
	/** What Personio calls it, where it told. */
	label?: string;
	/** What it is read for, as phrases. */
	why: string[];
	/** Fields and groups of the LMS that it is written to, or that follow from it. */
	goesTo: string[];
	/** `false`: Personio did not deliver it, or was not asked for it. */
	delivered: boolean;
	/** Says something about pay, bank, gender, birth or health, and was allowed by the operator. */
	sensitive?: true;
	/** Nobody told what it is called, so nobody has checked whether it is sensitive. */
	unnamed?: true;
}

/** What one plan decided, in figures. Travels on the last output so that a report always has it. */
export interface RunSummary {
	platform: string;
	dryRun: boolean;
	plannedAt: Instant;
	roster: Roster;
	/** Why the lists of the LMS may not be whole; absent where they are. */
	gaps?: Gap[];
	learners: { active: number; pending: number; inactive: number; linked: number; lmsOnly: number };
	decisions: Record<Action, number>;
	holds: Partial<Record<HoldCode, number>>;
	limits: LimitUse[];
	configuration: ConfigurationUse;
	alerts: Alert[];
	passport: PassportEntry[];
	/** Names of what is made because somebody needs it and it does not exist yet. */
	makes: { groups: string[]; fields: string[] };
	/** How accounts were compared, where reading all of a person costs a call of its own. */
	comparison?: Comparison;
	/** What an undo has to know to read the LMS as the plan did. */
	reading?: { linkField: string; fields: string[]; rootGroup?: string; portal?: string };
}

/** What the plan knows of its own configuration. */
export interface ConfigurationUse {
	/** The same for the same mapping, scope, dates and limits. A dry run shows it. */
	code: string;
	/** Parameters that changed since the last applied run, by the names in the editor. */
	changed: string[];
	/** When a run was applied last, as far as it is on record. */
	lastApplied?: Instant;
	/** A dry run was made with this configuration. */
	confirmed: boolean;
}

export interface Comparison {
	/** `fast`: only those were read whose mark does not tell that nothing has changed. */
	kind: 'full' | 'fast';
	/** Why this kind, as a sentence. */
	reason: string;
	/** People whose account was read on its own. */
	read: number;
}
