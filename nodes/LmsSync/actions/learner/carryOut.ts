import type { IExecuteFunctions } from 'n8n-workflow';

import type { EmployeeId, SyncItem } from '../../../shared/item';
import { mapParallel } from '../../../shared/transport/parallel';
import { Progress } from '../../../shared/transport/progress';
import { orVendorError, VendorError } from '../../../shared/transport/vendorError';
import type { Platform } from '../../platforms/platform';
import { rememberAdditions } from '../failedAdditions';
import type { ApplyStep, Person, Result } from './step';

export type Failure = { error: unknown };

export const isFailure = (result: Result | Failure | undefined): result is Failure =>
	result !== undefined && 'error' in result;

/** Failed for certain: nothing was done that the LMS may show later. */
function hasFailed(result: Result | Failure | undefined): boolean {
	if (!isFailure(result)) return false;
	const { error } = result;
	return !(error instanceof VendorError) || !error.uncertain || error.lookedUp;
}

/** Who gets an account or an invitation. */
const addition = ({ employee, learner, decision }: Person): EmployeeId[] =>
	employee && !learner && ['invite', 'create'].includes(decision.action) ? [employee.id] : [];

/** What came of each person: what one of them meets is nobody else's matter. */
export async function carryOut(
	context: IExecuteFunctions,
	people: Person[],
	platform: Platform,
	{ step, prepare, prepareAll, inOrder, apply }: ApplyStep,
): Promise<Map<SyncItem, Result | Failure>> {
	const results = new Map<SyncItem, Result | Failure>();
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
	const whom = (isWanted: (result: Result | Failure | undefined) => boolean) =>
		people.flatMap((person) => (isWanted(results.get(person)) ? addition(person) : []));
	rememberAdditions(context, { failed: whom(hasFailed), added: whom((result) => !isFailure(result)) });
	return results;
}
