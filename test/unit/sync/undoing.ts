import type { LearnerId, SyncItem } from '../../../nodes/shared/item';
import { memoryOf } from '../../../nodes/LmsSync/sync/memory';
import type { Plan, PlannedPerson } from '../../../nodes/LmsSync/sync/plan';
import { undoFileOf, type UndoFile } from '../../../nodes/LmsSync/sync/deeds';
import { happen, kept, planAt, type History } from './histories';
import { applicable } from './model';
import type { Look, World } from './worlds';

/** The file of an applied run, as it is after it was stored and read again. */
export function fileOf(items: SyncItem[], { summary }: Pick<Plan, 'summary'>): UndoFile | undefined {
	const file = undoFileOf(items, summary);
	return file && (JSON.parse(JSON.stringify(file)) as UndoFile);
}

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
