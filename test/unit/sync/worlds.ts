import type { Learner, LearnerId, SyncItem } from '../../../nodes/shared/item';
import { managedGroups } from '../../../nodes/LmsSync/sync/groups';
import { informed, inquire, withoutDetails } from '../../../nodes/LmsSync/sync/inquiry';
import type { LmsState, Memberships } from '../../../nodes/LmsSync/sync/lmsState';
import { plan, type Plan, type PlanInput, type PlannedPerson } from '../../../nodes/LmsSync/sync/plan';
import type { UndoFile } from '../../../nodes/LmsSync/sync/deeds';
import { undo } from '../../../nodes/LmsSync/sync/undo';
import { ModelAcademy, type AcademyState } from './academy';
import { NOW } from './builders';
import { ModelPortal, type PortalState } from './model';

/** What a run knows beside the LMS. */
export type Order = Omit<PlanInput, 'platform' | 'lms' | 'memberships'>;

/** Changes what an LMS lists on the way to the plan. */
export type Reading = (lms: LmsState) => LmsState;

/** Either kind of LMS, seen as a run sees it. */
export interface World {
	lms: LmsState;
	learners(): Learner[];
	plan(order: Order, reading?: Reading): Plan;
	apply(people: Pick<Plan, 'people'>, deactivateFirst?: boolean): SyncItem[];
	undo(file: UndoFile): PlannedPerson[];
	accept(chosen: (learner: Learner) => boolean): void;
	endByHand(id: LearnerId): void;
	/** How each learner looks from outside. */
	look(): Map<LearnerId, Look>;
}

/** A learner with groups and managers, as far as the LMS has them. */
export interface Look {
	learner: Learner;
	groups: string[];
	managers: LearnerId[];
}

const asItIs: Reading = (lms) => lms;

/** Only those whom the list tells about can be asked for more. */
const listed = ({ learners }: LmsState, memberships: Memberships): Memberships => {
	const ids = new Set(learners.map(({ id }) => id));
	return new Map([...memberships].filter(([id]) => ids.has(id)));
};

export class PortalWorld implements World {
	private readonly model: ModelPortal;

	constructor(state: PortalState, today: string) {
		this.model = new ModelPortal(state, today);
	}

	get lms(): LmsState {
		return this.model.lms;
	}

	learners(): Learner[] {
		return this.model.lms.learners;
	}

	plan(order: Order, reading = asItIs): Plan {
		this.model.today = order.now.slice(0, 10);
		const lms = reading(structuredClone(this.model.lms));
		const read = new Set(managedGroups(order.employees, lms, order.settings).map(({ name }) => name));
		const memberships = new Map(
			[...this.model.memberships].map(([id, names]) => [id, names.filter((name) => read.has(name))]),
		);
		return plan({ ...order, platform: 'LMS', lms, memberships: listed(lms, memberships) });
	}

	apply(people: Pick<Plan, 'people'>, deactivateFirst = false): SyncItem[] {
		return this.model.apply(people, deactivateFirst);
	}

	undo(file: UndoFile): PlannedPerson[] {
		return undo(file, structuredClone(this.model.lms), this.model.memberships, { dryRun: false, now: NOW });
	}

	accept(chosen: (learner: Learner) => boolean): void {
		this.model.accept(chosen);
	}

	endByHand(id: LearnerId): void {
		this.model.endByHand(id);
	}

	look(): Map<LearnerId, Look> {
		return new Map(
			this.model.lms.learners.map((learner) => [
				learner.id,
				{
					learner: structuredClone(learner),
					groups: [...(this.model.memberships.get(learner.id) ?? [])].sort(),
					managers: [],
				},
			]),
		);
	}
}

export class AcademyWorld implements World {
	readonly model: ModelAcademy;

	constructor(
		state: AcademyState,
		private readonly isFull: boolean,
	) {
		this.model = new ModelAcademy(state);
	}

	get lms(): LmsState {
		return this.model.lms;
	}

	learners(): Learner[] {
		return this.model.lms.learners;
	}

	plan(order: Order, reading = asItIs): Plan {
		const { employees, settings } = order;
		const lists = reading(this.model.read());
		const lms = withoutDetails(lists);
		const memberships = listed(lms, this.model.membershipsIn(managedGroups(employees, lms, settings)));
		const input: PlanInput = { ...order, platform: 'LMS', lms, memberships };
		const { inquiry } = inquire(plan(input), lms, settings, this.isFull);
		return plan({ ...input, lms: informed(lms, this.model.answer(inquiry)) });
	}

	apply(people: Pick<Plan, 'people'>, deactivateFirst = false): SyncItem[] {
		return this.model.apply(people, deactivateFirst);
	}

	undo(file: UndoFile): PlannedPerson[] {
		const lists = this.model.read();
		const values = file.done.flatMap(({ learner }) =>
			lists.learners.filter(({ id, status }) => id === learner.id && status !== 'inactive'),
		);
		const lms = informed(lists, this.model.answer({ values, managers: [], endings: [] }));
		const memberships = this.model.membershipsIn(lms.groups);
		return undo(file, lms, memberships, { dryRun: false, now: NOW });
	}

	accept(chosen: (learner: Learner) => boolean): void {
		this.model.accept(chosen);
	}

	endByHand(id: LearnerId): void {
		this.model.endByHand(id);
	}

	look(): Map<LearnerId, Look> {
		return new Map(
			this.model.lms.learners.map((learner) => [
				learner.id,
				{
					learner: structuredClone(learner),
					groups: [...(this.model.memberships.get(learner.id) ?? [])].sort(),
					managers: [...(this.model.managers.get(learner.id) ?? [])].sort(),
				},
			]),
		);
	}
}
