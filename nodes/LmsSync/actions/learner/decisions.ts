import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { uniqueById } from '../../../Personio/roster';
import type { Decision, Employee, SyncItem } from '../../../shared/item';
import { forAll, syncItemOf } from '../context';
import { switchOf } from '../parameterValues';
import { makePlan, rosterOf } from '../planning';
import { readPlanOrder } from '../planSettings';

/** The items with a decision on each; where the step decides itself, those without one are planned first. */
export async function withDecisions(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): Promise<SyncItem[]> {
	const people = items.map(syncItemOf);
	if (!switchOf('Decide Here', context.getNodeParameter('decideHere', 0, false))) return people;
	// A decision that cannot be read may have been to hold.
	const isUndecided = ({ employee }: SyncItem, index: number) =>
		employee !== undefined && items[index]?.json.decision === undefined;
	const undecided = people.filter(isUndecided);
	if (undecided.length === 0) return people;
	const employees = uniqueById(undecided.map(({ employee }) => employee as Employee));
	const roster = rosterOf(
		undecided.map((each) => each.roster),
		employees.length,
	);
	const order = await forAll(context, async () => readPlanOrder(context));
	const made = await forAll(context, async () => await makePlan(context, employees, roster, order));
	// Each decision goes to one item, so that nobody is handled twice.
	const byId = new Map(
		made.people.flatMap((each) => (each.employee ? [[each.employee.id, each] as const] : [])),
	);
	return people.map((person, index) => {
		if (!person.employee || !isUndecided(person, index)) return person;
		const found = byId.get(person.employee.id);
		byId.delete(person.employee.id);
		if (!found) return { ...person, decision: repeated(order.settings.dryRun) };
		const { learner, decision } = found;
		return {
			...person,
			...(learner && { learner }),
			decision: { ...decision, explanation: made.explain(found) },
		};
	});
}

const repeated = (dryRun: boolean): Decision => ({
	action: 'none',
	reason: 'Decided with another item about the same employee.',
	changes: [],
	invite: false,
	groups: { add: [], remove: [] },
	dryRun,
});
