import type { Change, GroupRef, Learner, LearnerId } from '../../shared/item';
import type { Group, LmsState, Memberships } from '../sync/lmsState';

/** What a platform has to know before it reads. */
export interface PlatformOptions {
	/** Where the Personio id is stored: a label or a name, as the platform understands it. */
	linkField: string;
	/** Whether that place must exist. */
	needsLink: boolean;
	/** Labels of the custom fields that will be written. They must exist. */
	fields: string[];
}

/** What came of a write. `skipped`: it was not needed, and the message says why. */
export interface Applied {
	status: 'done' | 'skipped';
	message?: string;
	learnerId?: LearnerId;
	/** An invitation was sent, though an account was asked for. */
	pending?: true;
}

/**
 * One LMS. Carries out what was decided and decides nothing itself; all HTTP to the LMS is behind this.
 * Every method throws a VendorError that names the cause and the remedy.
 */
export interface Platform {
	readonly displayName: string;

	/** Everything a plan compares with. Fails where the LMS lacks what the options ask for. */
	read(): Promise<LmsState>;
	groups(): Promise<Group[]>;
	memberships(groups: Group[]): Promise<Memberships>;

	/** A new account that can be used at once, without an invitation. `changes` hold its fields. */
	create(changes: Change[]): Promise<Applied>;
	/** An invitation mail; `group` is joined when it is accepted, `replaces` is cancelled first. */
	invite(changes: Change[], group?: GroupRef, replaces?: Learner): Promise<Applied>;
	/** Writes the changed fields of an account, `status` among them for somebody who comes back. */
	update(learner: Learner, changes: Change[]): Promise<Applied>;
	/** Moves an account to an address nobody uses, so that its own becomes free. */
	setAside(learner: Learner): Promise<void>;
	/** Ends access: disables the account, or cancels the open invitation. */
	deactivate(learner: Learner): Promise<Applied>;

	/** The group of that name, made if there is none. */
	ensureGroup(ref: GroupRef): Promise<Group>;
	/** Ids of the groups that a learner is in now. */
	groupsOf(learner: LearnerId): Promise<Set<string>>;
	join(learner: LearnerId, group: Group): Promise<void>;
	leave(learner: LearnerId, group: GroupRef & { id: string }): Promise<void>;
}
