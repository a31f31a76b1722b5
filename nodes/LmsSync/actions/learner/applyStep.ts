import {
	NodeOperationError,
	updateDisplayOptions,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import type { Decision, Outcome, SyncItem } from '../../../shared/item';
import { errorItem } from '../../../shared/errorItem';
import { asNodeError } from '../../../shared/transport/nodeError';
import type { Platform } from '../../platforms/platform';
import { failureOf } from '../../report/summary';
import { isApplicable } from '../../sync/parts';
import { forAll, nameOf, openPlatform, portalOf, roughNameOf, sentences, wrongInDecision } from '../context';
import { carryOut, isFailure } from './carryOut';
import { decideHereProperties } from './decideHere';
import { withDecisions } from './decisions';
import { withFreshLook } from './freshLook';
import type { ApplyStep, Person } from './step';

/** The operation of the node that carries out one step: its parameters and what it does. */
export function operationOf(step: ApplyStep): {
	description: INodeProperties[];
	execute(this: IExecuteFunctions, items: INodeExecutionData[]): Promise<INodeExecutionData[][]>;
} {
	return {
		description: updateDisplayOptions(
			{ show: { resource: ['learner'], operation: [step.step] } },
			decideHereProperties(step.step),
		),
		async execute(items) {
			return [await applyToAll(this, items, step)];
		},
	};
}

const FOREIGN =
	'The item carries no decision. Connect this step behind the output of a plan, or switch on "Decide Here".';

/** Of whom nothing can be done, why, and what to do. */
function foreign(item: INodeExecutionData): string {
	const who = roughNameOf(item);
	const wrong = wrongInDecision(item);
	const what =
		wrong === undefined
			? FOREIGN
			: `The item is not as a plan or a step puts it out (${wrong}), so nothing was done. Plan again, and let no node between the plan and this step change it.`;
	return who === undefined ? what : `${who}: ${what}`;
}

/**
 * Carries out one step for every item. With dry run on, the outcome is `previewed` and nothing
 * is called. One person's failure costs nobody else anything: it leaves by the error output, or the run
 * stops after everybody else was handled.
 */
async function applyToAll(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	applyStep: ApplyStep,
): Promise<INodeExecutionData[]> {
	const { step, concerns } = applyStep;
	const platform = openPlatform(context);
	const portal = await forAll(context, async () => await portalOf(context));
	const isOurs = (decision: Decision) => strangenessOf(decision, platform, portal) === undefined;
	const people = await withFreshLook(
		context,
		await withDecisions(context, items),
		platform,
		(decision) => isOurs(decision) && concerns(decision, platform),
	);
	const asks = (person: SyncItem): person is Person =>
		isApplicable(person.decision) &&
		isOurs(person.decision) &&
		concerns(person.decision, platform) &&
		failureOf(person) === undefined;

	const live = people.filter(asks).filter(({ decision }) => !decision.dryRun);
	const results = await carryOut(context, live, platform, applyStep);

	const output: INodeExecutionData[] = [];
	const failures: string[] = [];
	for (const [index, person] of people.entries()) {
		const json = { ...items[index]?.json, ...person };
		const record = (outcome: Outcome) => ({ ...json, outcomes: [...(person.outcomes ?? []), outcome] });
		const pass = (result: object) =>
			output.push({ json: result as IDataObject, pairedItem: { item: index } });
		const fail = (message: string, result: object) => {
			failures.push(message);
			output.push(errorItem(context, message, index, result));
		};
		const result = results.get(person);
		if (person.decision === undefined && person.run === undefined) {
			fail(foreign(items[index] ?? { json: {} }), json);
		} else if (person.decision && !isOurs(person.decision)) {
			const message = `${nameOf(person)}: ${strangenessOf(person.decision, platform, portal)}`;
			fail(message, record({ step, status: 'failed', message }));
		} else if (!asks(person)) pass(json);
		else if (result === undefined) pass(record({ step, status: 'previewed' }));
		else if (isFailure(result)) {
			const cause = asNodeError(context, result.error, index);
			const message = `${nameOf(person)}: ${sentences(cause.message, cause.description)}`;
			fail(message, record({ step, status: 'failed', message }));
		} else {
			const { status, message, learnerId, learner, before } = result;
			const outcome: Outcome = {
				step,
				status,
				...(message !== undefined && { message }),
				...(learnerId !== undefined && { learnerId }),
				...(before && { before }),
			};
			pass({ ...record(outcome), ...(learner && { learner }) });
		}
	}
	if (failures.length > 0 && !context.continueOnFail()) throw summary(context, failures, people.length);
	return output;
}

function summary(context: IExecuteFunctions, failures: string[], count: number): NodeOperationError {
	const [first] = failures;
	return new NodeOperationError(
		context.getNode(),
		failures.length === 1
			? (first as string)
			: `${failures.length} of ${count} items were not handled. ${first}`,
		{
			description: [
				...(count > failures.length ? ['All other items were handled.'] : []),
				...failures.slice(1, 20),
			].join('\n'),
		},
	);
}

/** Why a decision is not for the LMS of this step, as a sentence. */
function strangenessOf(decision: Decision, { displayName }: Platform, portal: string): string | undefined {
	if (decision.platform !== undefined && decision.platform !== displayName) {
		return `The decision is about ${decision.platform}, and "Platform" of this step is ${displayName}. Set it to the platform of the plan.`;
	}
	if (decision.portal !== undefined && decision.portal !== portal) {
		return `The decision is about ${decision.portal}, and the credential of this step is for ${portal}. Choose the credential of the plan.`;
	}
	return undefined;
}
