import type { ApplicableDecision, Employee, Learner, Step } from '../../../shared/item';
import type { Applied, Platform } from '../../platforms/platform';
import { changeTo } from '../../sync/diff';

/** A person about whom something is to be done. */
export interface Person {
	employee?: Employee;
	learner?: Learner;
	decision: ApplicableDecision;
}

/** What a step did, and the learner as it is now where that changed. */
export interface Result extends Applied {
	learner?: Learner;
}

export interface ApplyStep {
	step: Step;
	/** Whether the decision asks anything of this step; other items pass through. */
	concerns(decision: ApplicableDecision, platform: Platform): boolean;
	/** Runs for every person before `apply` runs for the first; `people` are all for whom it does. */
	prepare?(person: Person, platform: Platform, people: Person[]): Promise<void>;
	/** Runs once for everybody before that. What goes wrong in it is met again by `apply`. */
	prepareAll?(people: Person[], platform: Platform): Promise<void>;
	/** Who comes first, one after the other as the plan has them: all others are handled several at once. */
	inOrder?(people: Person[]): (person: Person) => boolean;
	apply(person: Person, platform: Platform): Promise<Result>;
}

/** The account as it is after it was made, so that later steps know it. */
export function newLearner(
	{ decision }: Person,
	{ learnerId }: Applied,
	status: Learner['status'],
): Learner | undefined {
	if (learnerId === undefined) return undefined;
	const text = (field: string) => changeTo(decision.changes, field) as string | undefined;
	return {
		id: learnerId,
		email: text('email') ?? '',
		firstName: text('firstName') ?? null,
		lastName: text('lastName') ?? null,
		status,
		link: (text('link') as Learner['link'] | undefined) ?? null,
		accessEnds: text('accessEnds') ?? null,
		custom: {},
	};
}
