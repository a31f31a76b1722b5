import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { asNodeError } from '../../shared/transport/nodeError';
import { VendorError } from '../../shared/transport/vendorError';
import {
	EMPLOYEE_FIELDS,
	type ApplicableDecision,
	type Decision,
	type Employee,
	type EmployeeField,
	type Learner,
	type Outcome,
	type Roster,
	type RunSummary,
	type SyncItem,
} from '../../shared/item';
import { PLATFORMS, type PlatformEntry } from '../platforms';
import { NO_OPTIONS, type Platform } from '../platforms/platform';
import { addressKey, fullName } from '../sync/attribute';
import { asPhrase, isRecord, maybe, record } from '../sync/form';
import {
	decision as decisionForm,
	learner as learnerForm,
	outcome as outcomeForm,
	roster as rosterForm,
	attribute as attributeForm,
} from '../sync/itemForm';
import type { LmsState } from '../sync/lmsState';

/** The LMS that the node is set to. */
export function platformEntry(context: IExecuteFunctions | ILoadOptionsFunctions): PlatformEntry {
	const value: unknown = context.getNodeParameter('platform', 0);
	const entry = PLATFORMS.find((each) => each.value === value);
	if (!entry) {
		throw new NodeOperationError(context.getNode(), `There is no platform ${JSON.stringify(value)}.`, {
			description: `Choose from the list; an expression may give ${PLATFORMS.map((each) => each.value).join(', ')}.`,
		});
	}
	return entry;
}

export const openPlatform = (context: IExecuteFunctions, options = NO_OPTIONS): Platform =>
	platformEntry(context).open(context, options);

/** The host of the LMS, by which decisions and undo files are kept apart from those of another one. */
export async function portalOf(context: IExecuteFunctions): Promise<string> {
	const { credentialType, addressOf } = platformEntry(context);
	return new URL(addressOf(await context.getCredentials(credentialType))).host;
}

/** Which account of which LMS what is kept with a workflow is about. */
export function sourceOf(context: IExecuteFunctions): string {
	const { value, credentialType } = platformEntry(context);
	return `${value} ${context.getNode().credentials?.[credentialType]?.id ?? ''}`;
}

/** Runs a part of an operation that concerns all items; what goes wrong there is the node's own error. */
export async function forAll<Result>(
	context: IExecuteFunctions,
	task: () => Promise<Result>,
): Promise<Result> {
	try {
		return await task();
	} catch (error) {
		throw asNodeError(context, error);
	}
}

/** For whoever needs everything that an LMS has. */
export function whole(state: LmsState): LmsState {
	if (!state.gaps) return state;
	throw new VendorError(state.gaps.map(({ message }) => message).join(' '), {
		remedy: 'Nothing was changed.',
	});
}

/**
 * What an item holds, with parts of an unexpected form left out. A decision about somebody of whom a part was
 * left out is left out too: what it rests on is not there any more.
 */
export function syncItemOf({ json }: INodeExecutionData): SyncItem {
	const { employee, roster, learner, decision, outcomes, run, error } = json as Record<string, unknown>;
	const hasLearner = isLearner(learner);
	const isWhole = (employee === undefined || isEmployee(employee)) && (learner === undefined || hasLearner);
	return {
		...(isEmployee(employee) && { employee: soundEmployee(employee) }),
		...(isRoster(roster) && { roster }),
		...(hasLearner && { learner }),
		...(isWhole && isDecision(decision) && mixedUp(json) === undefined && { decision }),
		...(Array.isArray(outcomes) && { outcomes: outcomes.filter(isOutcome) }),
		...(typeof error === 'string' && { error }),
		...(isRun(run) && { run }),
	};
}

/** Why the decision of an item cannot be carried out, as a phrase; `undefined` if it can, or there is none. */
export function wrongInDecision({ json }: INodeExecutionData): string | undefined {
	const { employee, learner, decision } = json;
	if (decision === undefined) return undefined;
	if (employee !== undefined && !isEmployee(employee)) return '"employee" is not a person with an ID';
	const wrong = record({ decision: decisionForm, learner: maybe(learnerForm) })({ decision, learner });
	return asPhrase(wrong) ?? mixedUp(json);
}

/**
 * A merge by position, or an item edited on the way, may have put together parts that are about several people.
 * The parts are in their form. An undo is about accounts as they were, whoever has them now.
 */
function mixedUp({ employee, learner, decision }: SyncItem | IDataObject): string | undefined {
	const { undoes, explanation, changes } = decision as ApplicableDecision;
	if (employee === undefined || undoes) return undefined;
	const { id, email } = employee as Employee;
	const about = explanation?.facts['id'];
	const linkTo = changes.find(({ field }) => field === 'link')?.to;
	for (const other of [about, linkTo]) {
		if (other !== undefined && other !== id) {
			return `the decision is about employee ${String(other)}, and the employee is ${id}`;
		}
	}
	if (learner === undefined) return undefined;
	const account = learner as Learner;
	const isTheirs =
		account.link === id ||
		(typeof email === 'string' ? addressKey(email) === addressKey(account.email) : account.link === null);
	return isTheirs ? undefined : `the account ${account.email} is not that of employee ${id}`;
}

const isEmployee = (value: unknown): value is Employee =>
	isRecord(value) && typeof value.id === 'string' && value.id.trim() !== '';

/** What is no text where one belongs is not known: a node in between may have made anything of it. */
export function soundEmployee(employee: Employee): Employee {
	const isSound = (field: EmployeeField) => {
		const { [field]: value } = employee;
		const isText =
			field === 'supervisor' ? typeof employee.supervisor?.id === 'string' : typeof value === 'string';
		return value === null || isText;
	};
	const odd = EMPLOYEE_FIELDS.filter((field) => field in employee && !isSound(field));
	const { timeZoneOffset } = employee;
	const hasOffset = timeZoneOffset === undefined || isOffset(timeZoneOffset);
	const hasCustom = isRecord(employee.custom) && Object.values(employee.custom).every(isAttribute);
	// The same object, which n8n stores once for all nodes that put it out.
	if (odd.length === 0 && hasOffset && hasCustom) return employee;
	const left = new Set<string>(hasOffset ? odd : [...odd, 'timeZoneOffset']);
	const sound = Object.entries(employee).filter(([key]) => !left.has(key));
	const custom = isRecord(employee.custom) ? Object.entries(employee.custom) : [];
	return {
		...Object.fromEntries(sound),
		custom: Object.fromEntries(custom.filter(([, value]) => isAttribute(value))),
	} as Employee;
}

const isOffset = (value: unknown): boolean => typeof value === 'string' && /^[+-]\d{2}:\d{2}$/.test(value);

const isAttribute = (value: unknown): boolean => attributeForm(value) === undefined;

const isRoster = (value: unknown): value is Roster => rosterForm(value) === undefined;

const isRun = (value: unknown): value is RunSummary =>
	isRecord(value) && isRoster(value.roster) && isRecord(value.learners) && isRecord(value.decisions);

const isLearner = (value: unknown): value is Learner => learnerForm(value) === undefined;

const isDecision = (value: unknown): value is Decision => decisionForm(value) === undefined;

const isOutcome = (value: unknown): value is Outcome => outcomeForm(value) === undefined;

/** How an item is named in a message, whoever it is about. */
export function nameOf({ employee, learner }: SyncItem): string {
	const person = employee ?? learner;
	const name = fullName(person);
	const email = person?.email ? ` (${person.email})` : '';
	return name !== '' ? name + email : (person?.email ?? (person ? `id ${person.id}` : 'The run'));
}

/** How an item is named that tells nothing for certain: `undefined` where it tells nothing at all. */
export function roughNameOf({ json }: INodeExecutionData): string | undefined {
	const people = [json.employee, json.learner].filter(isRecord);
	const tell = (...keys: string[]) =>
		people.flatMap((person) => {
			const parts = keys.map((key) => (Object.hasOwn(person, key) ? person[key] : undefined));
			const told = parts.filter((part) => typeof part === 'string' && part.trim() !== '').join(' ');
			return told === '' ? [] : [told];
		})[0];
	const [name, email, id] = [tell('firstName', 'lastName'), tell('email'), tell('id')];
	if (name !== undefined) return email === undefined ? name : `${name} (${email})`;
	return email ?? (id === undefined ? undefined : `id ${id}`);
}

/** One after the other, each with its full stop. */
export const sentences = (...parts: Array<string | null | undefined>): string =>
	parts.flatMap((part) => (part ? [part.replace(/[^.!?…]$/, '$&.')] : [])).join(' ');
