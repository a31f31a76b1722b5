import type { Learner, LearnerId } from '../../../nodes/shared/item';
import type { PlannedPerson } from '../../../nodes/LmsSync/sync/plan';
import type { Undone } from './undoing';
import type { Look } from './worlds';

/** Said of whoever has access again, whether or not anything stays as it is. */
const AGE = /^The run was on |^Personio was not asked /;

/** Whether an undo says about a learner that something stays as it is. */
function isDeclared({ id, link, email }: Learner, people: PlannedPerson[]): boolean {
	return people.some(({ employee, learner, decision }) => {
		const told = (decision.notes ?? []).filter((note) => !AGE.test(note));
		const notes = [...(decision.action === 'hold' ? [decision.hold.message] : []), ...told];
		const isAbout = learner ? learner.id === id : employee?.id === link;
		return notes.length > 0 && (isAbout || notes.some((note) => note.includes(email)));
	});
}

const sorted = (value: unknown): string =>
	JSON.stringify(value, (_, each: unknown) =>
		typeof each === 'object' && each !== null && !Array.isArray(each)
			? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
			: each,
	);

type Part = (look: Look) => unknown;

/** Everybody in whom a part is not as it was, and about whom nothing was said. */
const changedIn =
	(part: Part) =>
	({ before, after, people }: Undone): string[] =>
		[...before].flatMap(([id, look]) => {
			const now = after.get(id);
			if (now === undefined || isDeclared(look.learner, people)) return [];
			const [was, is] = [sorted(part(look)), sorted(part(now))];
			return was === is ? [] : [`${id} (${look.learner.status}): ${was} is ${is}`];
		});

/** What is as it was before, when a run has been taken back: each rule tells who is not. */
export const UNDO_RULES: Record<string, (undone: Undone) => string[]> = {
	'names, addresses, custom fields, marks and access are as they were': changedIn(({ learner }) => {
		const { email, firstName, lastName, custom, mark = null, status } = learner;
		return { email, firstName, lastName, custom, mark, status };
	}),
	'the links are as they were': changedIn(({ learner }) => learner.link),
	'the last days of access are as they were': changedIn(({ learner }) => learner.accessEnds),
	'everybody is in the groups in which they were': changedIn(({ groups }) => groups),
	// Whom a fast comparison sets may have been there before, which it does not know.
	'everybody has the managers whom they had, of those who have access': (undone) => {
		const { before, after, file } = undone;
		const set = new Set(file.done.flatMap(({ manager }) => manager?.to ?? []));
		const isSet = (id: LearnerId) =>
			[before, after].some((looks) => set.has(looks.get(id)?.learner.link as never));
		const isThere = (id: LearnerId) => after.get(id)?.learner.status !== 'inactive';
		return changedIn(({ managers = [] }) => managers.filter((id) => isThere(id) && !isSet(id)))(undone);
	},
	'nobody is gone without a word, but for a replaced invitation': ({ before, after, people, file }) => {
		const replaced = file.done
			.filter(({ action }) => action === 'invite')
			.flatMap(({ changes }) => changes.filter(({ field }) => field === 'email').map(({ from }) => from));
		return [...before].flatMap(([id, { learner }]) =>
			after.has(id) || replaced.includes(learner.email) || isDeclared(learner, people) ? [] : [id],
		);
	},
	'whoever came with the run has no access any more, or is named': ({ before, after, people }) =>
		[...after].flatMap(([id, { learner }]): LearnerId[] =>
			before.has(id) || learner.status === 'inactive' || isDeclared(learner, people) ? [] : [id],
		),
	'taken back twice is taken back once': ({ again, people, after }) =>
		// What waited for an address may go on when that has become free.
		people.some(({ decision }) => decision.action === 'hold' && decision.withheld !== 'none')
			? []
			: [...after].flatMap(([id, look]) => (sorted(look) === sorted(again.get(id)) ? [] : [id])),
};
