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
	OutcomeStatus,
	RunSummary,
	Step,
	SyncItem,
} from '../../shared/item';
import { changeTo } from './diff';
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
	/** The account or invitation as it was before, with the id that it has now; empty where nobody told. */
	learner: Learner;
	action: ApplicableAction;
	/** Only what was carried out, or may have been. */
	changes: Change[];
	groups: { add: GroupRef[]; remove: GroupRef[] };
	manager?: ManagerChange;
	/** Groups and managers that the LMS itself took away with the account. */
	before?: Outcome['before'];
	/** Steps that failed, of which a part may be done: an undo looks for it in the LMS. */
	perhaps?: Step[];
	/** The step found it done, maybe by an earlier try of its own. */
	found?: true;
}

/** What an undo has to know of a run. */
export type Ran = Pick<RunSummary, 'platform' | 'plannedAt' | 'reading'>;

/** The plans that decisions come from, where no summary of one arrives: what was approved goes its own way. */
export function plansOf(items: SyncItem[]): Ran[] {
	const plans = new Map<string, Ran>();
	for (const { decision } of items) {
		const { platform, portal, decidedAt, reading } = decision ?? {};
		if (!isApplicable(decision) || decision.undoes || !platform || !decidedAt || !reading) continue;
		const { linkField, fields = [], rootGroup } = reading;
		const known = {
			linkField,
			fields,
			...(rootGroup !== undefined && { rootGroup }),
			...(portal !== undefined && { portal }),
		};
		plans.set(`${platform} ${portal}`, { platform, plannedAt: decidedAt, reading: known });
	}
	return [...plans.values()];
}

/** The deeds of a run, `undefined` where nothing was done. Takes the items of all branches. */
export function undoFileOf(items: SyncItem[], run: Ran): UndoFile | undefined {
	const { platform, plannedAt: appliedAt, reading } = run;
	const isOurs = ({ decision }: SyncItem) =>
		decision?.platform === platform && (decision.portal ?? reading?.portal) === reading?.portal;
	const done = items.filter(isOurs).flatMap(deedOf);
	if (!reading || done.length === 0) return undefined;
	return { format: UNDO_FORMAT, version: 1, platform, appliedAt, reading, done };
}

/** What fails may have been done in part, or altogether if only the answer was lost. */
const EFFECTIVE: ReadonlySet<OutcomeStatus> = new Set(['done', 'failed']);

/** A step that is repeated finds what it did before. */
const REPEATED: ReadonlySet<Step> = new Set(['upsert', 'invite', 'deactivate']);

function deedOf(item: SyncItem): Deed[] {
	const { employee, decision, outcomes = [] } = item;
	const learner = accountOf(item);
	if (!isApplicable(decision) || !learner) return [];
	const { action, changes, groups, manager } = decision;
	const found = outcomes.filter((each) => isFoundDone(each, item));
	const effective = [...found, ...outcomes.filter(({ status }) => EFFECTIVE.has(status))];
	const did = (step: Step) => effective.some((each) => each.step === step);
	const isDone = (step: Step) => outcomes.some((each) => each.step === step && each.status === 'done');
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
	const failed = outcomes.filter(({ status, step }) => status === 'failed' && !isDone(step));
	const isNothing = deed.changes.length + deed.groups.add.length + deed.groups.remove.length === 0;
	if (isNothing && !isManaged) return [];
	return [
		{
			...deed,
			...(before && { before }),
			...(failed.length > 0 && { perhaps: [...new Set(failed.map(({ step }) => step))] }),
			...(found.some(({ step }) => !isDone(step)) && { found: true as const }),
		},
	];
}

/** Of a new account, the undo looks by the Personio id whether it is theirs. */
const isFoundDone = ({ step, status, learnerId: id }: Outcome, { learner }: SyncItem): boolean =>
	status === 'skipped' &&
	REPEATED.has(step) &&
	(id === undefined || learner === undefined || id === learner.id);

/** Whoever was to come and whose id nobody told is found by the Personio id. */
function accountOf({ learner, employee, decision }: SyncItem): Learner | undefined {
	if (learner || !employee || !isApplicable(decision)) return learner;
	const { action, changes } = decision;
	if (action !== 'create' && action !== 'invite') return undefined;
	const text = (field: string) => (changeTo(changes, field) ?? null) as string | null;
	return {
		id: UNKNOWN,
		email: text('email') ?? '',
		firstName: text('firstName'),
		lastName: text('lastName'),
		status: action === 'invite' ? 'pending' : 'active',
		link: text('link') as Learner['link'],
		accessEnds: text('accessEnds'),
		custom: {},
	};
}

/** Of an account that was made, or may have been, without anybody telling its id. */
export const UNKNOWN = '' as LearnerId;

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

/** Whose access, or a part of it, an undo may end. */
export function endingsOf({ done }: UndoFile, learners: Learner[]): Learner[] {
	const comers = done.filter(
		({ action, changes }) =>
			['create', 'invite', 'reactivate'].includes(action) ||
			changes.some(({ field }) => field === 'accessEnds'),
	);
	const ids = new Set(comers.map(({ learner }) => learner.id));
	const links = new Set(comers.map(({ who }) => who.id));
	return learners.filter(
		({ id, link, status }) => status !== 'inactive' && (ids.has(id) || (link !== null && links.has(link))),
	);
}

/** Managers of whom it is not certain whether they were set or taken away. */
export function doubtfulManagers({ done }: UndoFile, learners: Learner[]): LearnerId[] {
	const doubtful = done.filter(({ perhaps }) => perhaps?.includes('setManager'));
	const links = new Set(doubtful.flatMap(({ manager }) => [manager?.from ?? null, manager?.to ?? null]));
	return learners
		.filter(({ link, status }) => status !== 'inactive' && link !== null && links.has(link))
		.map(({ id }) => id);
}
