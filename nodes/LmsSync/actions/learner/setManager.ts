import type { ManagerChange, Reporting } from '../../../shared/item';
import { operationOf } from './applyStep';

/** Sets the managers of learners. All accounts exist by now, those that were made in this run too. */
export const { description, execute } = operationOf({
	step: 'setManager',
	concerns: ({ manager, restores }) => manager !== undefined || restores !== undefined,
	// Where a manager goes, others may be waiting for that: two people who change places would be a ring.
	inOrder:
		() =>
		({ decision }) =>
			typeof decision.manager?.from === 'string',
	async apply({ decision, learner }, platform) {
		const { manager, restores } = decision;
		if (learner === undefined || !platform.setManager || !platform.restoreReporting) {
			return { status: 'skipped', message: 'There is no account yet. The next run sets the manager.' };
		}
		if (manager) await platform.setManager(learner, manager);
		if (restores) await platform.restoreReporting(learner, restores);
		const message = [...(manager ? [changed(manager)] : []), ...(restores ? [restored(restores)] : [])];
		return { status: 'done', message: message.join(' '), learnerId: learner.id };
	},
});

const changed = ({ to, toName, fromName, isThere }: ManagerChange): string =>
	to === null ? `was ${fromName}, now nobody.` : `${toName}${isThere ? ', as before' : ''}.`;

const restored = ({ managers, reports }: Reporting): string =>
	`${managers.length} set again, and ${reports.length} people report to this account again.`;
