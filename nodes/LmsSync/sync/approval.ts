import type {
	ApplicableDecision,
	AttributeValue,
	Employee,
	HeldDecision,
	HoldCode,
	Instant,
	Learner,
	SyncItem,
} from '../../shared/item';
import { addressKey, attributeOf, describe } from './attribute';
import { FIELD_NAMES } from './diff';
import { hold, isApplicable, released } from './parts';
import { tableOf } from '../../shared/table';

/** What a person can decide about. Everything else has to be put right in Personio or in the LMS. */
export const APPROVABLE: readonly HoldCode[] = ['configurationChanged', 'incompleteRoster', 'limitExceeded'];

/** The decision that was held, let go; `undefined` where nobody can let it go. */
export function approve(decision: HeldDecision, by: string, at: Instant): ApplicableDecision | undefined {
	const action = APPROVABLE.includes(decision.hold.code) ? released(decision) : undefined;
	if (action === undefined || isEmpty(decision, action)) return undefined;
	const { hold: held, withheld: _, ...rest } = decision;
	return { ...rest, action, invite: action === 'invite', approved: { by, at, code: held.code } };
}

/** Held before anybody looked at what would change. */
const isEmpty = ({ changes, groups, manager }: HeldDecision, action: ApplicableDecision['action']): boolean =>
	action !== 'deactivate' &&
	changes.length + groups.add.length + groups.remove.length === 0 &&
	manager === undefined;

/** So long a decision to end access stands on its own; a later one is looked at again, approved or not. */
const STALE_MS = 30 * 60_000;

/** So long a held decision can be let go; after that a newer plan has decided. */
const EXPIRES_MS = 24 * 60 * 60_000;

const ageOf = ({ decidedAt }: Pick<ApplicableDecision, 'decidedAt'>, now: Instant): number =>
	decidedAt === undefined ? 0 : Date.parse(now) - Date.parse(decidedAt);

/** Why a decision must not be carried out any more, whatever the facts are. */
export function expired(decision: ApplicableDecision, now: Instant): string[] {
	if (!decision.approved || ageOf(decision, now) <= EXPIRES_MS) return [];
	return [`it was planned on ${decision.decidedAt?.slice(0, 10)}, more than 24 hours ago`];
}

/** Whether a step has to read the person again before it does anything. */
export function needsFreshLook({ decision, outcomes = [] }: SyncItem, now: Instant): boolean {
	if (!isApplicable(decision) || decision.dryRun) return false;
	// A step before this one has looked, and has changed the account since.
	if (outcomes.length > 0) return false;
	if (decision.approved || decision.undoes) return true;
	return decision.action === 'deactivate' && ageOf(decision, now) > STALE_MS;
}

/** Not facts about the person, and moving whenever anything does. */
const NO_FACTS = new Set(['createdAt', 'lastModifiedAt', 'timeZoneOffset', 'custom']);

/**
 * What has moved in Personio since a decision was made, as phrases.
 *
 * @param fresh `undefined`: Personio has no such employee any more
 */
export function movedInPersonio(
	employee: Employee,
	decision: ApplicableDecision,
	fresh: Employee | undefined,
): string[] {
	if (fresh === undefined) return [`Personio has no employee ${employee.id} any more`];
	const names = [employee, fresh].flatMap((each) => [...Object.keys(each), ...Object.keys(each.custom)]);
	// What the decision rests on, where it tells; else everything that was read.
	const facts = decision.explanation && Object.keys(decision.explanation.facts);
	return [...new Set(names)]
		.filter((name) => !NO_FACTS.has(name))
		.filter((name) => facts === undefined || facts.includes(name) || ENDS.has(name))
		.flatMap((name) => {
			const [before, after] = [valueOf(employee, name), valueOf(fresh, name)];
			if (text(before) === text(after) || (before === undefined && !after)) return [];
			const what = ATTRIBUTE_WORDS[name] ?? name;
			// A new name or address must not get into a report that is to name nobody.
			if (NAMING.has(name)) return [`${what} is another one by now`];
			return [`${what} was ${text(before)} and is ${text(after)}`];
		});
}

const NAMING = new Set(['email', 'firstName', 'lastName', 'preferredName']);

/** As operators call them; others keep their name. */
const ATTRIBUTE_WORDS: Record<string, string> = tableOf({
	email: 'the e-mail address',
	firstName: 'the first name',
	lastName: 'the last name',
	preferredName: 'the preferred name',
	status: 'the status',
	position: 'the position',
	department: 'the department',
	team: 'the team',
	office: 'the office',
	legalEntity: 'the legal entity',
	employmentType: 'the employment type',
	supervisor: 'the Personio id of the supervisor',
	hireDate: 'the hire date',
	contractEndDate: 'the contract end date',
	terminationDate: 'the termination date',
	lastWorkingDay: 'the last working day',
});

/** Decide whether anybody has access, so they count also where they were unknown before. */
const ENDS = new Set(['status', 'hireDate', 'terminationDate', 'lastWorkingDay', 'contractEndDate']);

/** Supervisors are compared by their number: the address may be delivered or not. */
const valueOf = (employee: Employee, name: string): AttributeValue | undefined =>
	name === 'supervisor'
		? employee.supervisor === null
			? null
			: employee.supervisor?.id
		: attributeOf(employee, name);

const LOOKED_AT = ['email', 'status', 'link', 'accessEnds'] as const;

/** What has moved in the LMS, but for what the same plan has changed there, or an earlier try of an undo. */
export function movedInLms(
	learner: Learner,
	fresh: Learner | undefined,
	{
		beside = [],
		undoes,
		changes = [],
	}: Partial<Pick<ApplicableDecision, 'beside' | 'undoes' | 'changes'>> = {},
): string[] {
	if (fresh === undefined) return [`the account ${learner.email} is gone`];
	return LOOKED_AT.filter((field) => {
		const key = (value: AttributeValue | undefined) =>
			field === 'email' ? addressKey(text(value ?? '')) : text(value);
		const expected = [
			learner[field],
			...[...beside, ...(undoes ? changes : [])].flatMap((change) =>
				change.field === field ? [change.to] : [],
			),
		];
		return !expected.map(key).includes(key(fresh[field]));
	}).map((field) => `${FIELD_NAMES[field]} was ${text(learner[field])} and is ${text(fresh[field])}`);
}

const text = (value: unknown): string =>
	value === undefined ? 'unknown' : value === null || value === '' ? 'empty' : String(value);

/** The decision withheld again, because it is not about the same facts any more. */
export function withdrawn(
	decision: ApplicableDecision,
	employee: Employee | undefined,
	learner: Learner | undefined,
	reasons: string[],
): HeldDecision {
	const who = employee ? describe(employee) : (learner?.email ?? 'This person');
	const { explanation, platform, decidedAt, reading, undoes } = decision;
	const next = undoes ? 'Undo the run again to see what is left of it.' : 'The next run decides anew.';
	const message = `${who}: not carried out, because the facts have moved since it was decided: ${reasons.join('; ')}. ${next}`;
	return {
		...hold(decision, decision.action, 'factsMoved', message),
		...(platform !== undefined && { platform }),
		...(decidedAt !== undefined && { decidedAt }),
		...(reading && { reading }),
		...(explanation && { explanation }),
		...(undoes && { undoes }),
	};
}
