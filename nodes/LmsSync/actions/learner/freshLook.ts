import type { IExecuteFunctions } from 'n8n-workflow';

import { openPersonio, type ApiVersion } from '../../../Personio/api';
import type { EmployeeReader, ReadRequest } from '../../../Personio/api/reader';
import { EMPLOYEE_FIELDS, type ApplicableDecision, type Employee, type SyncItem } from '../../../shared/item';
import { mapParallel } from '../../../shared/transport/parallel';
import { orVendorError, VendorError } from '../../../shared/transport/vendorError';
import type { Platform } from '../../platforms/platform';
import { expired, movedInLms, movedInPersonio, needsFreshLook, withdrawn } from '../../sync/approval';
import { isApplicable } from '../../sync/parts';
import type { Person } from './step';

/**
 * Reads everybody again about whom a person has decided, or whose access is to end on the strength of an old
 * plan. Whoever has moved since, in Personio or in the LMS, is held again.
 */
export async function withFreshLook(
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
