import type {
	Decision,
	Employee,
	Learner,
	LearnerId,
	Outcome,
	Step,
	SyncItem,
} from '../../../nodes/shared/item';
import { memoryOf } from '../../../nodes/LmsSync/sync/memory';
import type { Plan, PlannedPerson } from '../../../nodes/LmsSync/sync/plan';
import { undoFileOf, type UndoFile } from '../../../nodes/LmsSync/sync/deeds';
import { undo, type UndoOptions } from '../../../nodes/LmsSync/sync/undo';
import { aField, aGroup, aPortal, joins, NOW, someSettings, TODAY, type SettingsOver } from './builders';
import { happen, kept, planAt, type History } from './histories';
import { applicable, ModelPortal, planFor } from './model';
import type { Look, World } from './worlds';

/** The file of an applied run, as it is after it was stored and read again. */
export function fileOf(items: SyncItem[], { summary }: Pick<Plan, 'summary'>): UndoFile | undefined {
	const file = undoFileOf(items, summary);
	return file && (JSON.parse(JSON.stringify(file)) as UndoFile);
}

const GROUPS = ['London', 'Berlin'];

/** A run about some people, all of whom are in the group "London", with its file. */
export function ran(
	employees: Employee[],
	learners: Learner[],
	{ settings = {}, noted = (items: SyncItem[]) => items }: Noted = {},
): { model: ModelPortal; file: UndoFile } {
	const lms = aPortal({ learners, groups: GROUPS.map((name) => aGroup(name)), fields: [aField('Level')] });
	const model = new ModelPortal(
		{ lms, memberships: new Map(learners.map(({ id }) => [id, ['London']])) },
		TODAY,
	);
	const plan = planFor(
		employees,
		model,
		someSettings({
			groupRules: GROUPS.map((name) => joins('office', name, name)),
			fieldMapping: [{ attribute: 'dynamic_1', field: 'Level' }],
			...settings,
		}),
	);
	const file = fileOf(noted(model.apply(plan)), plan);
	if (file === undefined) throw new Error('The run did nothing.');
	return { model, file };
}

export interface Noted {
	settings?: SettingsOver;
	/** Changes what the steps have noted. */
	noted?: (items: SyncItem[]) => SyncItem[];
}

/** Of a step that failed as far as anybody noted it. New accounts have no id then. */
export const failing =
	(...steps: Step[]) =>
	(items: SyncItem[]): SyncItem[] =>
		items.map(({ learner, ...item }) => {
			const isNew = item.decision?.action === 'create' || item.decision?.action === 'invite';
			const isLost = isNew && (steps.includes('upsert') || steps.includes('invite'));
			const outcomes = (item.outcomes ?? []).map(({ step, status }): Outcome => ({
				step,
				status: steps.includes(step) ? 'failed' : status,
			}));
			return { ...item, ...(learner && !isLost && { learner }), outcomes };
		});

/** The decisions of an undo, without carrying them out. */
export const decisionsOf = (
	{ model, file }: { model: ModelPortal; file: UndoFile },
	options: Partial<UndoOptions> = {},
): Decision[] =>
	undo(file, model.lms, model.memberships, { dryRun: false, now: NOW, ...options }).map(
		({ decision }) => decision,
	);

/** What an undo says in words. */
export const said = (decisions: Array<{ notes?: string[]; hold?: { message: string } }>): string =>
	decisions.flatMap(({ notes = [], hold }) => [...notes, ...(hold ? [hold.message] : [])]).join(' ');

export interface Undone {
	file: UndoFile;
	before: Map<LearnerId, Look>;
	people: PlannedPerson[];
	after: Map<LearnerId, Look>;
	/** After the same was taken back once more. */
	again: Map<LearnerId, Look>;
}

/** Carries out a plan and takes it back. `undefined` where it did nothing. */
export function undone(world: World, plan: Plan, meanwhile = (_: UndoFile) => {}): Undone | undefined {
	const before = world.look();
	const file = fileOf(world.apply(plan), plan);
	if (file === undefined) return undefined;
	meanwhile(file);
	const people = world.undo(file);
	world.apply({ people });
	const after = world.look();
	world.apply({ people: world.undo(file) });
	return { file, before, people, after, again: world.look() };
}

/** The first run from a step on that did something, taken back. */
export function undoneFrom({ world: make, settings, moments }: History, from: number): Undone | undefined {
	const world = make();
	let memory = memoryOf(undefined);
	for (const [step, moment] of moments.entries()) {
		if (step > 0) happen(world, moment);
		const plan = planAt(world, moment, settings, memory);
		const result = step >= from && applicable(plan).length > 0 ? undone(world, plan) : undefined;
		if (result) return result;
		if (step < from) world.apply(plan);
		memory = kept(plan.memory);
	}
	return undefined;
}
