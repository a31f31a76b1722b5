import type { EmployeeId, Learner, LearnerId } from '../../shared/item';

export type CustomFieldType = 'text' | 'decimal' | 'integer' | 'date' | 'choice';

export interface CustomField {
	label: string;
	type: CustomFieldType;
	/** The values that a choice takes. */
	options?: string[];
}

export interface Group {
	id: string;
	/** The title; in a tree of groups the path from the root, joined by {@link PATH_SEPARATOR}. */
	name: string;
	/** Made by this sync, so it may be left although no employee names it any more. */
	own: boolean;
}

export const PATH_SEPARATOR = ' > ';

/** Somebody who declined an invitation. */
export interface Rejection {
	email: string;
	link: EmployeeId | null;
}

/** What the LMS looks like: all a plan needs to know of it. */
export interface LmsState {
	learners: Learner[];
	rejections: Rejection[];
	groups: Group[];
	fields: CustomField[];
}

/** Names of the groups of each learner, of the groups that were asked for. */
export type Memberships = ReadonlyMap<LearnerId, string[]>;
