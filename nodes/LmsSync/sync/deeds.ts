import type {
	ApplicableAction,
	Change,
	Employee,
	EmployeeId,
	GroupRef,
	Instant,
	Learner,
	LearnerId,
	ManagerChange,
	Outcome,
	RunSummary,
	Step,
	SyncItem,
} from '../../shared/item';
import { isApplicable } from './parts';

export const UNDO_FORMAT = 'n8n-nodes-personio-lms/undo';

/** What a run did, in the form of a file: enough to take it back, and no more of a person than that. */
export interface UndoFile {
	format: typeof UNDO_FORMAT;
	version: 1;
	platform: string;
	appliedAt: Instant;
	reading: NonNullable<RunSummary['reading']>;
	done: Deed[];
}

/** What was done about one person, in the order of the run. */
export interface Deed {
	who: { id?: EmployeeId; firstName?: string | null; lastName?: string | null };
	/** The account or invitation as it was before, with the id that it has now. */
	learner: Learner;
	action: ApplicableAction;
	/** Only what was carried out. */
	changes: Change[];
	groups: { add: GroupRef[]; remove: GroupRef[] };
	manager?: ManagerChange;
	/** Groups and managers that the LMS itself took away with the account. */
	before?: Outcome['before'];
}

/** The deeds of a run, `undefined` where nothing was done. Takes the items of all branches. */
export function undoFileOf(items: SyncItem[], run: RunSummary): UndoFile | undefined {
	const { platform, plannedAt: appliedAt, reading } = run;
	const done = items.filter(({ decision }) => decision?.platform === platform).flatMap(deedOf);
	if (!reading || done.length === 0) return undefined;
	return { format: UNDO_FORMAT, version: 1, platform, appliedAt, reading, done };
}

function deedOf({ employee, learner, decision, outcomes = [] }: SyncItem): Deed[] {
	if (!isApplicable(decision) || !learner) return [];
	const did = (step: Step) => outcomes.some((each) => each.step === step && each.status === 'done');
	const { action, changes, groups, manager } = decision;
	const hasChanges = did('upsert') || did('invite') || did('deactivate');
	const isManaged = manager !== undefined && did('setManager');
	const deed: Deed = {
		who: whoOf(employee),
		learner: learnerBefore(learner, hasChanges ? changes : []),
		action: hasChanges || action === 'update' ? action : 'update',
		changes: hasChanges ? changes : [],
		groups: did('mapGroups') ? groups : { add: [], remove: [] },
		...(isManaged && { manager }),
	};
	const before = outcomes.find((each) => each.before)?.before;
	const isNothing = deed.changes.length + deed.groups.add.length + deed.groups.remove.length === 0;
	return isNothing && !isManaged ? [] : [{ ...deed, ...(before && { before }) }];
}

const whoOf = (employee: Employee | undefined): Deed['who'] => {
	if (!employee) return {};
	const { id, firstName, lastName } = employee;
	return { id, ...(firstName !== undefined && { firstName }), ...(lastName !== undefined && { lastName }) };
};

/** An apply step may have changed the status that the item shows. */
function learnerBefore(learner: Learner, changes: Change[]): Learner {
	const status = changes.find(({ field }) => field === 'status')?.from;
	return {
		...learner,
		...(status !== undefined && status !== null && { status: status as Learner['status'] }),
	};
}

/** Whose costly details an undo needs. */
export const concerned = ({ done }: UndoFile): ReadonlySet<LearnerId> =>
	new Set(done.map(({ learner }) => learner.id));
