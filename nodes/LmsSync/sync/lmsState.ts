import type { EmployeeId, Gap, Learner, LearnerId } from '../../shared/item';

export type CustomFieldType = 'text' | 'decimal' | 'integer' | 'date' | 'choice' | 'language';

export interface CustomField {
	label: string;
	type: CustomFieldType;
	/** The values that a choice takes, the codes of languages. */
	options?: string[];
	/** Takes values that are not among the options too; they are added to them. */
	extensible?: true;
	/** Its values cost a call for each person to read. */
	costly?: true;
	/** Does not exist yet, and is made for the first value. */
	missing?: true;
	/** The label of the mapped field that this one was before it was renamed in the LMS. */
	formerly?: string;
}

export interface Group {
	id: string;
	/**
	 * The title. In a tree of groups the path below the root group of the sync, joined by
	 * {@link PATH_SEPARATOR}; outside of it the path from the top, with a slash before it.
	 */
	name: string;
	/** Made by this sync or filled by its levels, so it may be left although no employee names it any more. */
	own: boolean;
	/** Ids of the groups that a member of this one is in as well, by the LMS's own rule. */
	brings?: string[];
}

export const PATH_SEPARATOR = ' > ';

/** Somebody who declined an invitation. */
export interface Rejection {
	email: string;
	link: EmployeeId | null;
}

export interface Invitations {
	/** Of any status. */
	count: number;
	/** Those that are no longer open. */
	closed: Rejection[];
}

/** What kind of LMS it is, as far as decisions depend on it. */
export interface Traits {
	/** Who is invited has an account already, which can be changed and be in groups. */
	invitedHaveAccounts?: true;
	hasManagers?: true;
}

/** What the LMS looks like: all a plan needs to know of it. */
export interface LmsState extends Traits {
	learners: Learner[];
	/** Why the lists may not be whole; absent where they are. Whoever is in them is certain. */
	gaps?: Gap[];
	rejections: Rejection[];
	/** Absent where the LMS keeps no list of them on which old ones stay. */
	invitations?: Invitations;
	groups: Group[];
	fields: CustomField[];
	/** The group that everybody is in, and below which the levels are walked. */
	rootGroup?: Group;
	/** Where the marks are kept, in an LMS that has a place for them. */
	markField?: string;
	/** Who reports to a manager, of those managers that were asked about. */
	reports?: ReadonlyMap<LearnerId, ReadonlySet<LearnerId>>;
}

/** Names of the groups of each learner, of the groups that were asked for. */
export type Memberships = ReadonlyMap<LearnerId, string[]>;
