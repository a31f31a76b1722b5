import type { Action, AlertCode, HoldCode, LimitKind, Outcome, Step } from '../../shared/item';
import { tableOf } from '../../shared/table';

/** Where somebody has ended up: at the decision, unless it failed or nothing was done. */
export type State = Action | 'failed' | 'undone' | 'skipped';

/** In the order of a report: what needs somebody comes first. */
export const STATES: readonly State[] = [
	'failed',
	'undone',
	'hold',
	'deactivate',
	'create',
	'invite',
	'reactivate',
	'update',
	'skipped',
	'none',
];

/** What was done, and what a dry run says instead. */
export const STATE_WORDS: Record<State, { did: string; would: string }> = {
	failed: { did: 'failed', would: 'failed' },
	undone: { did: 'not carried out', would: 'not carried out' },
	skipped: { did: 'skipped', would: 'skipped' },
	hold: { did: 'held', would: 'held' },
	deactivate: { did: 'deactivated', would: 'to deactivate' },
	create: { did: 'created', would: 'to create' },
	invite: { did: 'invited', would: 'to invite' },
	reactivate: { did: 'reactivated', would: 'to reactivate' },
	update: { did: 'updated', would: 'to update' },
	none: { did: 'unchanged', would: 'unchanged' },
};

export const wordFor = (state: State, dryRun: boolean): string =>
	STATE_WORDS[state][dryRun ? 'would' : 'did'];

/** The states of a report from the last one to the first, once for each word that stands for one. */
export const KINDS: ReadonlyArray<{ state: State; label: string }> = [...STATES]
	.reverse()
	.flatMap((state) => {
		const { did, would } = STATE_WORDS[state];
		return [...new Set([did, would])].map((label) => ({ state, label }));
	});

/** What stands for decisions of a dry run among those of a real one. */
export const PREVIEWED = 'only previewed';

export const ACTION_WORDS: Record<Action, string> = tableOf({
	invite: 'invite',
	create: 'create account',
	update: 'update',
	reactivate: 'reactivate',
	deactivate: 'deactivate',
	hold: 'hold',
	none: 'none',
});

const STEPS: Record<Step, string> = tableOf({
	upsert: 'account',
	invite: 'invitation',
	mapGroups: 'groups',
	setManager: 'manager',
	deactivate: 'end of access',
});

export const stepWord = (step: Step): string => STEPS[step] ?? step;

export const STATUS_WORDS: Record<Outcome['status'], string> = tableOf({
	done: 'done',
	skipped: 'nothing done',
	failed: 'failed',
	previewed: 'would be done',
});

export const WITHHELD_WORDS: Record<string, string> = tableOf({
	create: 'the new account',
	invite: 'the invitation',
	update: 'the update',
	reactivate: 'the return of the account',
	deactivate: 'the end of access',
	groups: 'leaving groups',
	manager: 'the change of manager',
	fields: 'the fields below',
});

interface HoldWords {
	title: string;
	/** What somebody who reads the report can do about all of them. */
	remedy: string;
}

const HOLDS: Record<HoldCode, HoldWords> = tableOf({
	accountDisabled: {
		title: 'Account disabled in the platform',
		remedy:
			'Enable the account in the learning platform if the person is to have it; otherwise exclude them.',
	},
	addressInUse: {
		title: 'New address belongs to somebody else',
		remedy: 'Correct the e-mail address of one of the two people in Personio.',
	},
	addressReused: {
		title: 'Address of a former account',
		remedy: 'Give the ended account another address in the platform, or the person another one in Personio.',
	},
	configurationChanged: {
		title: 'The configuration changed',
		remedy:
			'Make a dry run, read its report, and enter the code from it under "Confirmed Configuration" in the plan.',
	},
	duplicateAccount: {
		title: 'Two accounts for one person',
		remedy: 'Merge the accounts in the learning platform, or remove one of them.',
	},
	duplicateEmail: {
		title: 'Two employees with one address',
		remedy: 'Correct the e-mail address of one of them in Personio.',
	},
	factsMoved: {
		title: 'Facts moved since the decision',
		remedy: 'Run the plan again: it decides with what is true now.',
	},
	incompleteLearners: {
		title: 'The platform was not read completely',
		remedy: 'Run again. If it stays, check the rights of the credential in the learning platform.',
	},
	incompleteRoster: {
		title: 'The employees were not read completely',
		remedy:
			'Run again. If it stays, check the rights of the integration in Personio. Nothing is taken away before.',
	},
	invitationRejected: {
		title: 'Invitation rejected',
		remedy: 'Ask the person. If they agree, invite them again by hand in the learning platform.',
	},
	limitExceeded: {
		title: 'More people than a limit allows',
		remedy:
			'Look at what changed in Personio. If it is right, approve it, or raise the limit in the plan for one run.',
	},
	linkedToOther: {
		title: 'Account belongs to another Personio id',
		remedy: 'Find out whose account it is, and correct the Personio ID in the platform or the address.',
	},
	managerCycle: {
		title: 'Managers form a ring',
		remedy: 'Correct the supervisor of one of these people in Personio.',
	},
	missing: {
		title: 'No longer listed by Personio',
		remedy:
			'If the person has left, end the account in the platform; otherwise check the rights of the integration.',
	},
	noEmail: {
		title: 'No e-mail address',
		remedy: 'Enter the e-mail address in Personio. The next run goes on by itself.',
	},
	noName: {
		title: 'No name',
		remedy: 'Enter the first and the last name in Personio. The next run goes on by itself.',
	},
	ownerAccount: {
		title: 'Owner of the platform',
		remedy: 'Hand the ownership over in the learning platform first.',
	},
	possibleEmailChange: {
		title: 'Possibly a changed address',
		remedy:
			'Compare the person with the account that is named, and write the Personio ID to it if they are one.',
	},
	unknownStatus: {
		title: 'Status not delivered',
		remedy: 'Grant the attribute "Status" to the integration in Personio.',
	},
	valueNotAllowed: {
		title: 'Value not on the list',
		remedy: 'Add the value to the list in the learning platform, or correct it in Personio.',
	},
});

export const holdWords = (code: string): HoldWords =>
	Object.hasOwn(HOLDS, code) ? HOLDS[code as HoldCode] : { title: code, remedy: '' };

const ALERTS: Record<AlertCode, string> = tableOf({
	nobody: 'Nobody was read',
	fewEmployees: 'Fewer employees than usual',
	manyChanges: 'Unusually many changes',
	manyFailures: 'Many people failed',
	runFailed: 'The run did not come about',
	incomplete: 'Not everything was read',
	notListed: 'Somebody was left out of the list',
});

export const alertTitle = (code: string): string =>
	Object.hasOwn(ALERTS, code) ? ALERTS[code as AlertCode] : 'Attention';

const LIMITS: Record<LimitKind, string> = tableOf({
	deactivations: 'Deactivations',
	groupRemovals: 'People who leave groups',
	invitations: 'Invitations',
	creations: 'New accounts',
	emailChanges: 'Changed addresses',
});

export const limitTitle = (kind: string): string =>
	Object.hasOwn(LIMITS, kind) ? LIMITS[kind as LimitKind] : kind;

const FACTS: Record<string, string> = tableOf({
	email: 'E-mail',
	firstName: 'First name',
	lastName: 'Last name',
	preferredName: 'Preferred name',
	status: 'Status',
	position: 'Position',
	department: 'Department',
	team: 'Team',
	office: 'Office',
	legalEntity: 'Legal entity',
	employmentType: 'Employment type',
	supervisor: 'Supervisor',
	hireDate: 'Hire date',
	contractEndDate: 'Contract end date',
	terminationDate: 'Termination date',
	lastWorkingDay: 'Last working day',
	createdAt: 'Created',
	lastModifiedAt: 'Last changed',
	timeZoneOffset: 'Offset of the office',
});

/** What an attribute of the employee record is called; others keep their name. */
export const factTitle = (name: string): string => FACTS[name] ?? name;

/** `1 person`, `20,000 people`: figures of a report are read in English. */
export const count = (amount: number): string => amount.toLocaleString('en-US');

export const counted = (amount: number, one: string, many = `${one}s`): string =>
	`${count(amount)} ${amount === 1 ? one : many}`;
