import { operationOf } from './applyStep';

/** Sets the managers of learners. All accounts exist by now, those that were made in this run too. */
export const { description, execute } = operationOf({
	step: 'setManager',
	concerns: ({ manager }) => manager !== undefined,
	async apply({ decision, learner }, platform) {
		const { manager } = decision;
		if (learner === undefined || manager === undefined || !platform.setManager) {
			return { status: 'skipped', message: 'There is no account yet. The next run sets the manager.' };
		}
		const applied = await platform.setManager(learner, manager);
		return {
			...applied,
			message: manager.to === null ? `was ${manager.fromName}, now nobody.` : `${manager.toName}.`,
		};
	},
});
