import type {
	ApplicableDecision,
	EmployeeId,
	HeldDecision,
	Instant,
	Learner,
	LearnerId,
	Step,
} from '../../shared/item';
import type { Deed } from './deeds';
import type { LmsState } from './lmsState';
import { hold } from './parts';

/** What is there now, for an undo to compare with. */
export interface Present {
	lms: LmsState;
	memberships: ReadonlyMap<LearnerId, string[]>;
	linkField: string;
	now: Instant;
	/** When the run was that is taken back. */
	appliedAt: Instant;
	/** Accounts and open invitations by their id. */
	byId: ReadonlyMap<LearnerId, Learner>;
	/** By the Personio id; of several, one with access. */
	byLink: ReadonlyMap<EmployeeId, Learner>;
	/** Who gets access again by the same undo. */
	returning: ReadonlySet<LearnerId>;
}

/** A deed, and what the undo of everybody means for it. */
export interface DeedToUndo extends Deed {
	keepsLink?: true;
	/** The former manager came with the same run, and goes with it. */
	lacksManager?: true;
}

/** Whether only the LMS can tell what a step has done, since it failed. */
export const isDoubtful = ({ perhaps = [] }: Deed, step: Step): boolean => perhaps.includes(step);

export type Draft = Omit<ApplicableDecision, 'platform'> | Omit<HeldDecision, 'platform'>;

export const blankFor = ({ action }: Deed): Omit<ApplicableDecision, 'action'> => ({
	reason: `Takes back: ${action}.`,
	changes: [],
	invite: false,
	groups: { add: [], remove: [] },
	dryRun: true,
});

/** A deed that cannot be taken back, and why. */
export const impossible = (deed: Deed, message: string, notes: string[] = []): Draft[] => [
	hold({ ...blankFor(deed), ...(notes.length > 0 && { notes }) }, 'none', 'factsMoved', message),
];
