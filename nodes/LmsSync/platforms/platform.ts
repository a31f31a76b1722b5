import type {
	Change,
	Gap,
	GroupRef,
	Learner,
	LearnerId,
	ManagerChange,
	Outcome,
	Reporting,
} from '../../shared/item';
import type { Findings, Inquiry } from '../sync/inquiry';
import type { Group, LmsState, Memberships, Traits } from '../sync/lmsState';

/** What a platform has to know before it reads. The steps that apply a plan know nothing of this. */
export interface PlatformOptions {
	/** Where the Personio id is stored: a label or a name, as the platform understands it. */
	linkField: string;
	/** Whether that place must exist. */
	needsLink: boolean;
	/** Labels of the fields that will be written. They must exist, unless the platform can make them. */
	fields: string[];
	/** Whether values may be added to lists that a field takes values of. */
	extendLists: boolean;
	/** The group that everybody is to be in, as an operator named it, in a tree of groups. */
	rootGroup?: string;
}

export const NO_OPTIONS: PlatformOptions = {
	linkField: '',
	needsLink: false,
	fields: [],
	extendLists: false,
};

/** What came of a write. `skipped`: it was not needed, and the message says why. */
export interface Applied {
	status: 'done' | 'skipped';
	message?: string;
	learnerId?: LearnerId;
	/** Of an account that was there before: it carries the link, so it is certainly that person's. */
	isTheirs?: true;
	/** The account waits for its owner, though an account was asked for. */
	pending?: true;
	/** What an account lost with its access and does not get back with it; absent where that is not known. */
	before?: Before;
}

/** Of the groups those that the account was a learner of. */
export type Before = NonNullable<Outcome['before']>;

/** Who is in which of the groups that were asked for, and why that may not be all. */
export interface Members {
	of: Memberships;
	gaps: Gap[];
}

/** The groups that somebody joins and leaves. */
export interface GroupMove {
	learner: LearnerId;
	add: GroupRef[];
	remove: GroupRef[];
}

/**
 * One LMS. Carries out what was decided and decides nothing itself; all HTTP to the LMS is behind this.
 * Every method throws a VendorError that names the cause and the remedy.
 */
export interface Platform {
	readonly displayName: string;
	readonly traits: Traits;
	/** How many people are written at a time. */
	readonly atOnce: number;

	/**
	 * Everything a plan compares with that comes in lists. Where a list is not whole, its gaps are told.
	 * Fails where a list cannot be read at all, and where the LMS lacks what the options ask for.
	 */
	read(): Promise<LmsState>;
	/** Fails where the list is not whole. */
	groups(): Promise<Group[]>;
	/** Of groups that {@link read} has delivered. */
	memberships(groups: Group[]): Promise<Members>;
	/**
	 * The account or open invitation as it is now, `undefined` if it is gone for good. Whose invitation was
	 * accepted meanwhile has an account, with an id of its own.
	 *
	 * @param linkField where the Personio id is kept; empty if it is not
	 */
	look(learner: Learner, linkField: string): Promise<Learner | undefined>;
	/** What costs a call for each person. Absent where the lists tell everything. */
	inspect?(inquiry: Inquiry): Promise<Findings>;

	/** Told how many are to be invited, so that what each of them needs to be asked can be read at once. */
	foresee?(invitations: number): Promise<void>;
	/** A new account, without an invitation. `changes` hold its fields, `home` is the group it is made in. */
	create(changes: Change[], home?: GroupRef): Promise<Applied>;
	/** An invitation mail; `group` is joined with it or when it is accepted, `replaces` is cancelled first. */
	invite(changes: Change[], group?: GroupRef, replaces?: Learner): Promise<Applied>;
	/**
	 * Writes the changed fields of an account, `status` among them for somebody who comes back. `null` empties
	 * a field, link and mark among them.
	 */
	update(learner: Learner, changes: Change[], home?: GroupRef): Promise<Applied>;
	/** Moves an account to an address nobody uses, so that its own becomes free. */
	setAside(learner: Learner): Promise<void>;
	/** Ends access: disables the account, or cancels the open invitation. */
	deactivate(learner: Learner): Promise<Applied>;
	/** Replaces the manager. Absent where accounts have none. */
	setManager?(learner: Learner, change: ManagerChange): Promise<Applied>;
	/** Gives an account its managers and reports again. Absent where accounts have none. */
	restoreReporting?(learner: Learner, reporting: Reporting): Promise<Applied>;

	/** The group of that name, made if there is none. */
	ensureGroup(ref: GroupRef): Promise<Group>;
	/** Ids of the groups that a learner is in now. */
	groupsOf(learner: LearnerId): Promise<Set<string>>;
	/** Told before the first one joins or leaves, so that many can be done in one go. */
	moveTogether?(moves: GroupMove[]): Promise<void>;
	join(learner: LearnerId, group: Group): Promise<void>;
	leave(learner: LearnerId, group: GroupRef & { id: string }): Promise<void>;
}
