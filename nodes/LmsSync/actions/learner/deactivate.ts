import { operationOf } from './applyStep';

/** Disables the accounts of people who left, and cancels their open invitations. */
export const { description, execute } = operationOf({
	step: 'deactivate',
	concerns: ({ action }) => action === 'deactivate',
	async apply({ learner }, platform) {
		if (learner === undefined) throw new Error('The item names no learner to deactivate. Plan again.');
		const applied = await platform.deactivate(learner);
		return { ...applied, learner: { ...learner, status: 'inactive' } };
	},
});
