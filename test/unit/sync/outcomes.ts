import type {
	Decision,
	Learner,
	LearnerId,
	Outcome,
	RunSummary,
	Step,
	SyncItem,
} from '../../../nodes/shared/item';
import { changeTo } from '../../../nodes/LmsSync/sync/diff';
import type { PlannedPerson } from '../../../nodes/LmsSync/sync/plan';

/** What the apply steps note at the items of a run, as far as a later undo rests on it. */
export class Outcomes {
	private readonly noted = new Map<PlannedPerson, { learner?: Learner; outcomes: Outcome[] }>();

	constructor(private readonly invitedHaveAccounts: boolean) {}

	upserted(person: PlannedPerson, id: LearnerId, isPending = false): void {
		const { decision, learner } = person;
		const isActive = changeTo(decision.changes, 'status') === 'active';
		if (decision.action === 'create') this.note(person, 'upsert', made(decision, id, isPending));
		else if (decision.changes.length > 0) {
			this.note(person, 'upsert', isActive && learner ? { ...learner, status: 'active' } : undefined);
		}
	}

	invited(person: PlannedPerson, id: LearnerId): void {
		this.note(person, 'invite', made(person.decision, id, true));
	}

	mapped(person: PlannedPerson): void {
		const { action, groups } = person.decision;
		const joins = action !== 'invite' || this.invitedHaveAccounts;
		if (joins && groups.add.length + groups.remove.length > 0) this.note(person, 'mapGroups');
	}

	managed(person: PlannedPerson): void {
		if (person.decision.manager) this.note(person, 'setManager');
	}

	deactivated(person: PlannedPerson, before?: Outcome['before']): void {
		this.note(person, 'deactivate', { ...(person.learner as Learner), status: 'inactive' }, before);
	}

	items(people: PlannedPerson[]): SyncItem[] {
		return people.map((person): SyncItem => {
			const { employee, decision } = person;
			const { learner = person.learner, outcomes } = this.noted.get(person) ?? { outcomes: [] };
			return {
				...(employee && { employee }),
				...(learner && { learner }),
				decision,
				...(outcomes.length > 0 && { outcomes }),
			};
		});
	}

	private note(person: PlannedPerson, step: Step, learner?: Learner, before?: Outcome['before']): void {
		const known = this.noted.get(person) ?? { outcomes: [] };
		const outcome: Outcome = { step, status: 'done', ...(before && { before }) };
		this.noted.set(person, {
			...known,
			...(learner && { learner }),
			outcomes: [...known.outcomes, outcome],
		});
	}
}

export const runItem = (run: RunSummary): SyncItem => ({ run });

function made({ changes }: Decision, id: LearnerId, isPending: boolean): Learner {
	const text = (field: string) => changeTo(changes, field) as string | undefined;
	return {
		id,
		email: text('email') ?? '',
		firstName: text('firstName') ?? null,
		lastName: text('lastName') ?? null,
		status: isPending ? 'pending' : 'active',
		link: (text('link') as Learner['link'] | undefined) ?? null,
		accessEnds: text('accessEnds') ?? null,
		custom: {},
	};
}
