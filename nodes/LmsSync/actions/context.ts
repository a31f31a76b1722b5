import {
	NodeOperationError,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { asNodeError } from '../../shared/transport/client';
import { VendorError } from '../../shared/transport/vendorError';
import {
	EMPLOYEE_FIELDS,
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
import { fullName } from '../sync/attribute';
import type { LmsState } from '../sync/lmsState';

/** The LMS that the node is set to. */
export function platformEntry(context: IExecuteFunctions | ILoadOptionsFunctions): PlatformEntry {
	const value = context.getNodeParameter('platform', 0) as string;
	const entry = PLATFORMS.find((each) => each.value === value);
	if (!entry) throw new NodeOperationError(context.getNode(), `There is no platform "${value}".`);
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

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an item holds, with parts of an unexpected form left out. */
export function syncItemOf({ json }: INodeExecutionData): SyncItem {
	const { employee, roster, learner, decision, outcomes, run, error } = json as Record<string, unknown>;
	return {
		...(isEmployee(employee) && { employee: soundEmployee(employee) }),
		...(isRoster(roster) && { roster }),
		...(isLearner(learner) && { learner }),
		...(isDecision(decision) && { decision }),
		...(Array.isArray(outcomes) && { outcomes: outcomes.filter(isRecord) as unknown as Outcome[] }),
		...(typeof error === 'string' && { error }),
		...(isRun(run) && { run }),
	};
}

const isEmployee = (value: unknown): value is Employee =>
	isRecord(value) && typeof value.id === 'string' && value.id !== '';

/** What is no text where one belongs is not known: a node in between may have made anything of it. */
export function soundEmployee(employee: Employee): Employee {
	const isSound = (field: EmployeeField) => {
		const { [field]: value } = employee;
		const isText =
			field === 'supervisor' ? typeof employee.supervisor?.id === 'string' : typeof value === 'string';
		return value === null || isText;
	};
	const odd = EMPLOYEE_FIELDS.filter((field) => field in employee && !isSound(field));
	// The same object, which n8n stores once for all nodes that put it out.
	if (odd.length === 0 && isRecord(employee.custom)) return employee;
	const sound = Object.entries(employee).filter(([key]) => !odd.some((field) => field === key));
	return {
		...Object.fromEntries(sound),
		custom: isRecord(employee.custom) ? employee.custom : {},
	} as Employee;
}

const isRoster = (value: unknown): value is Roster =>
	isRecord(value) &&
	typeof value.complete === 'boolean' &&
	typeof value.readAt === 'string' &&
	Array.isArray(value.missingAttributes);

const isRun = (value: unknown): value is RunSummary =>
	isRecord(value) && isRoster(value.roster) && isRecord(value.learners) && isRecord(value.decisions);

const isLearner = (value: unknown): value is Learner =>
	isRecord(value) && typeof value.id === 'string' && typeof value.email === 'string';

const ACTIONS = ['create', 'invite', 'update', 'reactivate', 'deactivate', 'none', 'hold'];

const isDecision = (value: unknown): value is Decision =>
	isRecord(value) &&
	ACTIONS.includes(value.action as string) &&
	Array.isArray(value.changes) &&
	value.changes.every(isRecord) &&
	isRecord(value.groups) &&
	Array.isArray(value.groups.add) &&
	Array.isArray(value.groups.remove) &&
	typeof value.dryRun === 'boolean';

/** How an item is named in a message, whoever it is about. */
export function nameOf({ employee, learner }: SyncItem): string {
	const person = employee ?? learner;
	const name = fullName(person);
	const email = person?.email ? ` (${person.email})` : '';
	return name !== '' ? name + email : (person?.email ?? (person ? `id ${person.id}` : 'The run'));
}

/** One after the other, each with its full stop. */
export const sentences = (...parts: Array<string | null | undefined>): string =>
	parts.flatMap((part) => (part ? [part.replace(/[^.!?…]$/, '$&.')] : [])).join(' ');
