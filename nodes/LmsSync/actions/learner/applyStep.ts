import {
	NodeOperationError,
	updateDisplayOptions,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { openPersonio, type ApiVersion } from '../../../Personio/api';
import type { EmployeeReader, ReadRequest } from '../../../Personio/api/reader';
import { uniqueById } from '../../../Personio/roster';
import {
	EMPLOYEE_FIELDS,
	type ApplicableDecision,
	type Decision,
	type Employee,
	type Learner,
	type Outcome,
	type Step,
	type SyncItem,
} from '../../../shared/item';
import { errorItem } from '../../../shared/errorItem';
import { asNodeError } from '../../../shared/transport/client';
import { mapParallel } from '../../../shared/transport/parallel';
import { Progress } from '../../../shared/transport/progress';
import { orVendorError, VendorError } from '../../../shared/transport/vendorError';
import type { Applied, Platform } from '../../platforms/platform';
import { expired, movedInLms, movedInPersonio, needsFreshLook, withdrawn } from '../../sync/approval';
import { changeTo } from '../../sync/diff';
import { isApplicable } from '../../sync/parts';
import { failureOf } from '../../report/summary';
import { forAll, nameOf, openPlatform, portalOf, sentences, syncItemOf } from '../context';
import { makePlan, rosterOf } from '../planning';
import { readPlanOrder } from '../planSettings';
import { decideHereProperties } from './decideHere';

/** A person about whom something is to be done. */
export interface Person {
	employee?: Employee;
	learner?: Learner;
	decision: ApplicableDecision;
}

/** What a step did, and the learner as it is now where that changed. */
export interface Result extends Applied {
	learner?: Learner;
}

export interface ApplyStep {
	step: Step;
	/** Whether the decision asks anything of this step; other items pass through. */
	concerns(decision: ApplicableDecision, platform: Platform): boolean;
	/** Runs for every person before `apply` runs for the first; `people` are all for whom it does. */
	prepare?(person: Person, platform: Platform, people: Person[]): Promise<void>;
	/** Runs once for everybody before that. What goes wrong in it is met again by `apply`. */
	prepareAll?(people: Person[], platform: Platform): Promise<void>;
	/** Who comes first, one after the other as the plan has them: all others are handled several at once. */
	inOrder?(people: Person[]): (person: Person) => boolean;
	apply(person: Person, platform: Platform): Promise<Result>;
}

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
	const results = await applied(context, live, platform, applyStep);

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
		if (person.decision === undefined && person.run === undefined) fail(FOREIGN, json);
		else if (person.decision && !isOurs(person.decision)) {
			const message = `${nameOf(person)}: ${strangenessOf(person.decision, platform, portal)}`;
			fail(message, record({ step, status: 'failed', message }));
		} else if (!asks(person)) pass(json);
		else if (result === undefined) pass(record({ step, status: 'previewed' }));
		else if ('error' in result) {
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

/** What came of each person: what one of them meets is nobody else's matter. */
async function applied(
	context: IExecuteFunctions,
	people: Person[],
	platform: Platform,
	{ step, prepare, prepareAll, inOrder, apply }: ApplyStep,
): Promise<Map<SyncItem, Result | { error: unknown }>> {
	const results = new Map<SyncItem, Result | { error: unknown }>();
	if (people.length === 0) return results;
	if (prepareAll) await orVendorError(prepareAll(people, platform));
	for (const person of prepare ? people : []) {
		await prepare?.(person, platform, people).catch((error: unknown) => results.set(person, { error }));
	}
	const progress = new Progress(context, (count, seconds) => {
		const left = Math.ceil(((people.length - count) * seconds) / count / 60);
		return `${step}, ${count} of ${people.length} people, about ${left} min left`;
	});
	const handle = async (person: Person) => {
		// Whoever could not be prepared has a result already.
		if (results.has(person)) return;
		const result = await apply(person, platform).catch((error: unknown) => ({ error }));
		results.set(person, result);
		progress.add(1);
	};
	const isOrdered = inOrder?.(people) ?? (() => false);
	for (const person of people.filter(isOrdered)) await handle(person);
	await mapParallel(
		people.filter((person) => !isOrdered(person)),
		platform.atOnce,
		handle,
	);
	return results;
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

/**
 * Reads everybody again about whom a person has decided, or whose access is to end on the strength of an old
 * plan. Whoever has moved since, in Personio or in the LMS, is held again.
 */
async function withFreshLook(
	context: IExecuteFunctions,
	people: SyncItem[],
	platform: Platform,
	concerns: (decision: ApplicableDecision) => boolean,
): Promise<SyncItem[]> {
	const now = new Date().toISOString();
	const readers = new Map<ApiVersion, EmployeeReader>();
	return await mapParallel(people, platform.atOnce, async (person) => {
		const { decision, employee, learner } = person;
		if (!isApplicable(decision) || !concerns(decision) || !needsFreshLook(person, now)) return person;
		const moved = await movedSince(context, { ...person, decision }, platform, readers);
		const reasons = [...expired(decision, now), ...moved];
		if (reasons.length === 0) return person;
		return { ...person, decision: withdrawn(decision, employee, learner, reasons) };
	});
}

async function movedSince(
	context: IExecuteFunctions,
	{ employee, learner, decision }: Person,
	platform: Platform,
	readers: Map<ApiVersion, EmployeeReader>,
): Promise<string[]> {
	const reasons: string[] = [];
	// Somebody whom Personio did not list is asked for as well: they may be there again. An undo rests on what
	// the LMS shows alone.
	const id = decision.undoes ? null : (employee?.id ?? learner?.link ?? null);
	if (id !== null) {
		if (!context.getNode().credentials?.personioEmployeesApi) {
			return ['this step has no Personio credential, without which nobody can tell; choose it in this node'];
		}
		const version = decision.reading?.apiVersion ?? 'v1';
		// One for all, so that what it learns about the account is asked once.
		const reader = readers.get(version) ?? openPersonio(context, version);
		readers.set(version, reader);
		const found = await orVendorError(reader.readSome([id], requestFor(employee, decision)));
		if (found instanceof VendorError) return [`Personio could not be asked (${found.message})`];
		const [fresh] = found.employees;
		if (employee) reasons.push(...movedInPersonio(employee, decision, fresh));
		else if (fresh) reasons.push(`Personio knows employee ${id} again`);
	}
	// A new account is looked for by the step itself.
	if (learner) {
		const found = await orVendorError(platform.look(learner, decision.reading?.linkField ?? ''));
		if (found instanceof VendorError) return [`the LMS could not be asked (${found.message})`];
		reasons.push(...movedInLms(learner, found, decision));
	}
	return reasons;
}

/** What was read of the person before, as far as the decision rests on it: nothing else is asked for. */
function requestFor(employee: Employee | undefined, { explanation }: ApplicableDecision): ReadRequest {
	const facts = Object.keys(explanation?.facts ?? {});
	const asked = new Set<string>(['status', 'hireDate', 'terminationDate', ...Object.keys(employee ?? {})]);
	return {
		attributes: EMPLOYEE_FIELDS.filter((field) => asked.has(field)),
		customAttributes: Object.keys(employee?.custom ?? {}).filter((key) => facts.includes(key)),
		// What was read before was allowed before.
		allowSensitive: true,
	};
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

/** The items with a decision on each; where the step decides itself, those without one are planned first. */
async function withDecisions(context: IExecuteFunctions, items: INodeExecutionData[]): Promise<SyncItem[]> {
	const people = items.map(syncItemOf);
	if (!(context.getNodeParameter('decideHere', 0, false) as boolean)) return people;
	const undecided = people.filter(
		({ employee, decision }) => employee !== undefined && decision === undefined,
	);
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
	return people.map((person) => {
		if (!person.employee || person.decision) return person;
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

/** The account as it is after it was made, so that later steps know it. */
export function newLearner(
	{ decision }: Person,
	{ learnerId }: Applied,
	status: Learner['status'],
): Learner | undefined {
	if (learnerId === undefined) return undefined;
	const text = (field: string) => changeTo(decision.changes, field) as string | undefined;
	return {
		id: learnerId,
		email: text('email') ?? '',
		firstName: text('firstName') ?? null,
		lastName: text('lastName') ?? null,
		status,
		link: (text('link') as Learner['link'] | undefined) ?? null,
		accessEnds: text('accessEnds') ?? null,
		custom: {},
	};
}
