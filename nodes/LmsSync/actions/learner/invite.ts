import { inOrderOfAddresses } from './addressOrder';
import { operationOf } from './applyStep';
import { newLearner } from './step';

/** Sends invitations. The first group is joined when the invitation is accepted, the others by the next run. */
export const { description, execute } = operationOf({
	step: 'invite',
	concerns: ({ action }) => action === 'invite',
	inOrder: inOrderOfAddresses,
	async prepareAll(people, platform) {
		await platform.foresee?.(people.length);
	},
	async apply(person, platform) {
		const { decision, learner } = person;
		const first = decision.home ?? decision.groups.add[0];
		const group = first && (await platform.ensureGroup(first));
		const applied = await platform.invite(decision.changes, group, learner);
		// What was not made here may belong to somebody else.
		if (applied.status === 'skipped' && !applied.isTheirs) return applied;
		const invited = newLearner(person, applied, 'pending');
		return { ...applied, ...(invited && { learner: invited }) };
	},
});
