import {
	NodeOperationError,
	updateDisplayOptions,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import type { Employee, EmployeeId, RunSummary } from '../../../shared/item';
import type { PlannedPerson } from '../../sync/plan';
import { unpacked } from '../../../shared/packed';
import { forAll, sentences, soundEmployee, syncItemOf } from '../context';
import { asNodeError } from '../../../shared/transport/nodeError';
import { switchOf } from '../parameterValues';
import { makePlan, rosterOf } from '../planning';
import { planProperties } from '../planProperties';
import { readPlanOrder } from '../planSettings';

const properties: INodeProperties[] = [
	...planProperties,
	{
		displayName: 'Output Unchanged People',
		name: 'outputUnchanged',
		type: 'boolean',
		default: false,
		description:
			'Whether to output an item for each person about whom there is nothing to do. Otherwise they are counted.',
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['run'], operation: ['plan'] } },
	properties,
);

type Outputs = [
	upsert: INodeExecutionData[],
	deactivate: INodeExecutionData[],
	held: INodeExecutionData[],
	unchanged: INodeExecutionData[],
];

/**
 * Compares all items with the LMS and puts each person on the output of the decision. Changes nothing.
 * A plan that fails as a whole ends the workflow, unless the operator lets it go on: then the reason is an
 * item of its own, for the report.
 */
export async function execute(
	this: IExecuteFunctions,
	items: INodeExecutionData[],
): Promise<INodeExecutionData[][]> {
	try {
		return await planAll.call(this, items);
	} catch (error) {
		const failure = asNodeError(this, error);
		if (!this.continueOnFail()) throw failure;
		const { message, description } = failure;
		// Without a pairing, since it is not about the person of any item.
		return [[], [], [{ json: { error: sentences('The plan failed', message, description) } }], []];
	}
}

async function planAll(this: IExecuteFunctions, items: INodeExecutionData[]): Promise<Outputs> {
	const order = await forAll(this, async () => readPlanOrder(this));
	const outputUnchanged = switchOf(
		'Output Unchanged People',
		this.getNodeParameter('outputUnchanged', 0, false),
	);
	const indexOf = new Map<EmployeeId, number>();
	const employees: Employee[] = [];
	const foreign: number[] = [];
	const parsed = items.map(syncItemOf);
	parsed.forEach(({ employee, roster }, index) => {
		const { employee: one, employees: table } = items[index]?.json ?? {};
		const isRosterOnly = roster !== undefined && one === undefined && table === undefined;
		const found = employee ? [employee] : unpacked(table)?.map(soundEmployee);
		if (found === undefined && !isRosterOnly) foreign.push(index);
		for (const each of found ?? []) {
			if (indexOf.has(each.id)) continue;
			indexOf.set(each.id, index);
			employees.push(each);
		}
	});
	if (foreign.length > 0) refuseForeign(this, foreign, items.length);

	const roster = rosterOf(
		parsed.map((each) => each.roster),
		employees.length,
	);
	const made = await forAll(this, async () => await makePlan(this, employees, roster, order));
	const { people, summary } = made;

	const [upsert, deactivate, held, unchanged]: Outputs = [[], [], [], []];
	for (const person of people) {
		// What could not be carried over is shown also where nothing else differs.
		const isShown =
			person.decision.action !== 'none' || outputUnchanged || person.decision.notes !== undefined;
		if (!isShown) continue;
		const explained = { ...person, decision: { ...person.decision, explanation: made.explain(person) } };
		const item = toItem(explained, person.employee ? (indexOf.get(person.employee.id) ?? 0) : 0);
		switch (person.decision.action) {
			case 'none':
				unchanged.push(item);
				break;
			case 'hold':
				held.push(item);
				break;
			case 'deactivate':
				deactivate.push(item);
				break;
			default:
				upsert.push(item);
		}
	}
	unchanged.push({
		json: { run: summary as unknown as IDataObject, unchanged: summary.decisions.none },
		pairedItem: { item: 0 },
	});
	hint(this, summary);
	return [upsert, deactivate, held, unchanged];
}

function refuseForeign(context: IExecuteFunctions, indexes: number[], count: number): never {
	throw new NodeOperationError(
		context.getNode(),
		`${indexes.length} of ${count} items are not employees (the first is item ${indexes[0]}).`,
		{
			description:
				'Connect the Personio Trigger or the Personio node (Employee: Get Many) to this node. Nothing was changed.',
			itemIndex: indexes[0] ?? 0,
		},
	);
}

function toItem({ employee, learner, decision }: PlannedPerson, index: number): INodeExecutionData {
	return {
		json: { ...(employee && { employee }), ...(learner && { learner }), decision } as unknown as IDataObject,
		pairedItem: { item: index },
	};
}

function hint(context: IExecuteFunctions, summary: RunSummary): void {
	const { dryRun, decisions, alerts, configuration, passport } = summary;
	const unread = passport.filter(({ delivered }) => !delivered);
	if (unread.length > 0) {
		const names = unread.map(({ attribute, why }) => `${attribute} (${why.join(', ')})`).join('; ');
		context.addExecutionHints({
			message: `Not chosen under "Employee Attributes", or not delivered by Personio: ${names}. Nothing is changed by what is not known.`,
			location: 'outputPane',
			type: 'warning',
		});
	}
	for (const { message } of alerts) {
		context.addExecutionHints({ message, location: 'outputPane', type: 'warning' });
	}
	if (dryRun && configuration.changed.length > 0) {
		context.addExecutionHints({
			message: `Changed since the last applied run: ${configuration.changed.join(', ')}. The code of this configuration is ${configuration.code}.`,
			location: 'outputPane',
		});
	}
	if (dryRun) {
		context.addExecutionHints({
			message: 'Dry Run is on: no step will change anything.',
			location: 'outputPane',
		});
	}
	if (decisions.hold > 0) {
		const people = decisions.hold === 1 ? '1 decision is' : `${decisions.hold} decisions are`;
		context.addExecutionHints({
			message: `${people} held: see the output "Held".`,
			location: 'outputPane',
			type: 'warning',
		});
	}
}
