import type { Learner } from '../../../shared/item';
import { orVendorError, VendorError } from '../../../shared/transport/vendorError';
import { asideAddress, closesRing } from '../../sync/addresses';
import { changeTo } from '../../sync/diff';
import { sentences } from '../context';
import { inOrderOfAddresses } from './addressOrder';
import { operationOf } from './applyStep';
import { newLearner } from './step';

/** Creates accounts, writes changed fields, and enables the accounts of people who come back. */
export const { description, execute } = operationOf({
	step: 'upsert',
	concerns: ({ action, changes }) =>
		action === 'create' || ((action === 'update' || action === 'reactivate') && changes.length > 0),
	inOrder: inOrderOfAddresses,
	async prepare({ decision, learner }, platform, people) {
		if (!decision.parkEmail || !learner) return;
		const moves = people.flatMap((each) => {
			const to = changeTo(each.decision.changes, 'email');
			return each.learner && to ? [{ learner: each.learner, to: String(to) }] : [];
		});
		if (!closesRing(learner, moves)) {
			throw new Error(
				'The address is exchanged with somebody who is not among the items of this step, so nothing was changed. Let both through together.',
			);
		}
		await namingAside(learner, platform.setAside(learner));
	},
	async apply(person, platform) {
		const { decision, learner } = person;
		if (decision.action === 'create') {
			const applied = await platform.create(decision.changes, decision.home);
			// What was not made here may belong to somebody else.
			if (applied.status === 'skipped' && !applied.isTheirs) return applied;
			const made = newLearner(person, applied, applied.pending ? 'pending' : 'active');
			return { ...applied, ...(made && { learner: made }) };
		}
		if (learner === undefined) throw new Error('The item names no learner to update. Plan again.');
		const update = platform.update(learner, decision.changes, decision.home);
		const applied = await (decision.parkEmail ? namingAside(learner, update) : update);
		const isActive = decision.changes.some(({ field, to }) => field === 'status' && to === 'active');
		return {
			...applied,
			...(isActive && { learner: { ...learner, id: applied.learnerId ?? learner.id, status: 'active' } }),
		};
	},
});

/** Nobody would look for an account at an address that is in no plan. */
async function namingAside<Result>({ id, email }: Learner, task: Promise<Result>): Promise<Result> {
	const outcome = await orVendorError(task);
	if (!(outcome instanceof VendorError)) return outcome;
	const { message, remedy, status, uncertain } = outcome;
	const where = `The account gave up ${email} for an exchange of addresses, and may be at ${asideAddress(id)} for now. Run again to go on, or undo the run.`;
	throw new VendorError(message, { remedy: sentences(remedy, where), status, uncertain });
}
