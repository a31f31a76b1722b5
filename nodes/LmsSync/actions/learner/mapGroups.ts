import type { GroupRef, Learner } from '../../../shared/item';
import type { Platform } from '../../platforms/platform';
import { operationOf } from './applyStep';

/** Adds learners to the groups they are to be in, then takes them out of those they are not. */
export const { description, execute } = operationOf({
	step: 'mapGroups',
	concerns: ({ action, groups }, { traits }) =>
		(action !== 'invite' || traits.invitedHaveAccounts === true) &&
		groups.add.length + groups.remove.length > 0,
	async prepareAll(people, platform) {
		const moves = people.flatMap(({ learner, decision }) =>
			learner && canJoin(learner, platform) ? [{ learner: learner.id, ...decision.groups }] : [],
		);
		await platform.moveTogether?.(moves);
	},
	async apply({ decision, learner }, platform) {
		const { add, remove } = decision.groups;
		if (learner === undefined || !canJoin(learner, platform)) {
			return { status: 'skipped', message: 'Groups are joined when the invitation is accepted.' };
		}
		// Nobody is to be without a group in between.
		const joined = [];
		for (const ref of add) {
			const group = await platform.ensureGroup(ref);
			await platform.join(learner.id, group);
			joined.push(group);
		}
		if (remove.length > 0 && joined.length > 0) {
			const now = await platform.groupsOf(learner.id);
			const lacking = joined.find(({ id }) => !now.has(id));
			if (lacking)
				throw new Error(
					`The LMS did not take the membership of "${lacking.name}", so no group was left. Run again.`,
				);
		}
		for (const ref of remove) if (exists(ref)) await platform.leave(learner.id, ref);
		const message = [
			...add.map(({ name }) => `joined "${name}"`),
			...remove.map(({ name }) => `left "${name}"`),
		];
		return { status: 'done', message: `${message.join(', ')}.`, learnerId: learner.id };
	},
});

const canJoin = ({ status }: Learner, { traits }: Platform): boolean =>
	status !== 'pending' || traits.invitedHaveAccounts === true;

function exists(ref: GroupRef): ref is GroupRef & { id: string } {
	return ref.id !== undefined;
}
