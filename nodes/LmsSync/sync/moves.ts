import type { ApplicableDecision, Decision, Learner } from '../../shared/item';
import { orderMoves, type Move } from './addresses';
import { hold } from './parts';
import type { PlannedPerson } from './plan';

/**
 * Puts changes of addresses first, in an order that works, and holds those that cannot work. Done again, it
 * looks anew at what is left of them.
 */
export function inOrderOfAddresses(people: PlannedPerson[], learners: Learner[]): PlannedPerson[] {
	const moving = new Map<string, PlannedPerson>();
	const moves: Move[] = [];
	for (const each of people) {
		const to = newAddress(each.decision);
		if (to === undefined || !each.learner) continue;
		moves.push({ learner: each.learner, to });
		moving.set(each.learner.id, each);
	}
	const { order, park, blocked } = orderMoves(moves, learners);
	const first = order.map(({ learner }): PlannedPerson => {
		const each = moving.get(learner.id) as PlannedPerson;
		const { parkEmail: _, ...decision } = each.decision as ApplicableDecision;
		return { ...each, decision: { ...decision, ...(park.has(learner.id) && { parkEmail: true }) } };
	});
	const movers = new Set(moving.values());
	const rest = people.filter((each) => !movers.has(each));
	const held = [...blocked].map(([id, owner]): PlannedPerson => {
		const each = moving.get(id) as PlannedPerson;
		return { ...each, decision: addressInUse(each.decision as ApplicableDecision, owner) };
	});
	return [...first, ...rest, ...held];
}

/** The address that an existing account or invitation is to get. */
function newAddress(decision: Decision): string | undefined {
	if (decision.action === 'hold' || decision.action === 'none') return undefined;
	return decision.changes.find(({ field }) => field === 'email')?.to as string | undefined;
}

function addressInUse(decision: ApplicableDecision, owner: Learner): Decision {
	const { action } = decision;
	if (owner.link === null) {
		return hold(
			decision,
			action,
			'duplicateAccount',
			`There are two accounts for one person: the new address ${newAddress(decision)} is that of another account, which exists in the LMS only. Merge or remove one of them in the LMS.`,
		);
	}
	return hold(
		decision,
		action,
		'addressInUse',
		`The new address ${newAddress(decision)} is still used by the account of Personio id ${owner.link}. Correct the address of one of them in Personio.`,
	);
}
