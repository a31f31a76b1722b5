import {
	EMPLOYEE_FIELDS,
	employeeId,
	type Employee,
	type EmployeeId,
	type Instant,
	type RosterScope,
} from '../../shared/item';
import { mapParallel } from '../../shared/transport/parallel';
import { VendorError } from '../../shared/transport/vendorError';
import { V1_KEYS } from '../employee/v1';
import {
	currentEmployment,
	employeeFromV2,
	type V2Employment,
	type V2Names,
	type V2Person,
} from '../employee/v2';
import { proveRoster, uniqueById } from '../roster';
import { listAttributes } from './attributes';
import { unexpected, type PersonioClient } from './client';
import { isOver, OUT_OF_TIME, type EmployeeReader, type Read, type ReadRequest } from './reader';
import { readNames } from './v2Names';
import { PAGE, readPages, type Pages, type V2List } from './v2Pages';

const PERSONS = '/v2/persons';
/** There is no bulk read of employments: one call for each person. */
const EMPLOYMENTS_AT_ONCE = 8;

/** A company in which nobody leaves delivers none of them. */
const END_DATES = ['terminationDate', 'lastWorkingDay', 'contractEndDate'] as const;

const NO_NAMES: V2Names = {
	department: new Map(),
	team: new Map(),
	office: new Map(),
	legalEntity: new Map(),
};

/** A person with what could be read of the employments: `undefined` where that failed. */
interface Found {
	person: V2Person;
	employment: V2Employment | null | undefined;
}

/** Personio v2: persons, then the employments of each, then the names of what they refer to. */
export class PersonioV2 implements EmployeeReader {
	constructor(private readonly client: PersonioClient) {}

	async readAll(request: ReadRequest): Promise<Read> {
		const { email } = request;
		const persons = () =>
			readPages<V2Person>(this.client, PERSONS, email === undefined ? {} : { email }, request);
		return await this.read(request, email === undefined ? 'all' : 'selection', persons);
	}

	/**
	 * Reads everybody: whether a change of an employment moves the person's own time of change is not
	 * documented, so a filtered list could miss a leaver.
	 */
	async readChanged(request: ReadRequest, since: Instant): Promise<Read> {
		const persons = () => readPages<V2Person>(this.client, PERSONS, {}, request);
		const { employees, roster } = await this.read(request, 'changes', persons);
		const changed = employees.filter(({ lastModifiedAt }) => !lastModifiedAt || lastModifiedAt >= since);
		return { employees: changed, roster: { ...roster, count: changed.length } };
	}

	async readSome(ids: EmployeeId[], request: ReadRequest): Promise<Read> {
		return await this.read(request, 'selection', async () => {
			const items: V2Person[] = [];
			for (const id of ids) {
				const person = await this.client.get<V2Person>(`${PERSONS}/${encodeURIComponent(id)}`);
				if (person) items.push(person);
			}
			return { items, pages: [], interruptions: [] };
		});
	}

	private async read(
		request: ReadRequest,
		scope: RosterScope,
		readPersons: () => Promise<Pages<V2Person>>,
	): Promise<Read> {
		const readAt = new Date().toISOString();
		const { items, pages, interruptions } = await readPersons();
		const persons = items.filter(({ id }) => id);
		const withoutId = items.length - persons.length;
		if (withoutId > 0) interruptions.push(`${withoutId} persons came without an id.`);

		const found = await this.withEmployments(persons.slice(0, request.limit), request, interruptions);
		const granted = await this.granted(found, request.customAttributes);
		const names = await readNames(
			this.client,
			found.flatMap(({ employment }) => employment ?? []),
			interruptions,
		);
		const employees = uniqueById(
			found
				.map(({ person, employment }) =>
					employeeFromV2(person, employment, names, granted, request.customAttributes),
				)
				.filter((employee): employee is Employee => employee !== undefined),
		);
		return {
			employees,
			roster: proveRoster({
				scope,
				readAt,
				employees,
				pages: pages.map((ids) => ({ ids: ids.map((id) => employeeId(String(id))) })),
				missingAttributes: notDelivered(employees, granted, request.customAttributes),
				customAttributes: request.customAttributes,
				interruptions,
			}),
		};
	}

	private async withEmployments(
		persons: V2Person[],
		request: ReadRequest,
		interruptions: string[],
	): Promise<Found[]> {
		const failures: string[] = [];
		let outOfTime = false;
		// Every call without the right to it would cost a login.
		let forbidden = false;
		const found = await mapParallel(persons, EMPLOYMENTS_AT_ONCE, async (person): Promise<Found> => {
			if (isOver(request.deadline)) {
				outOfTime = true;
				return { person, employment: undefined };
			}
			if (forbidden) return { person, employment: undefined };
			const path = `${PERSONS}/${encodeURIComponent(person.id ?? '')}/employments`;
			try {
				const answer = await this.client.get<V2List<V2Employment>>(path, { limit: PAGE });
				// Deleted since the list was read.
				if (answer === undefined) return { person, employment: undefined };
				if (!Array.isArray(answer._data)) throw unexpected(path);
				return { person, employment: currentEmployment(answer._data) };
			} catch (error) {
				failures.push(`${person.id}: ${(error as Error).message}`);
				forbidden ||= error instanceof VendorError && (error.status === 401 || error.status === 403);
				return { person, employment: undefined };
			}
		});
		if (outOfTime) interruptions.push(OUT_OF_TIME);
		if (failures.length > 0) {
			interruptions.push(
				`The employment of ${failures.length} persons could not be read (${failures.slice(0, 3).join('; ')}).`,
			);
		}
		return found;
	}

	/**
	 * What this credential may read: what was delivered for anybody and, of end dates and custom
	 * attributes, which nobody may have, what the list of attributes names. The list is v1's; v2 has none.
	 */
	private async granted(found: Found[], customAttributes: string[]): Promise<Set<string>> {
		const granted = new Set<string>();
		for (const { person, employment } of found) {
			const employee = employeeFromV2(person, employment, NO_NAMES, new Set(), customAttributes);
			for (const field of [...Object.keys(employee ?? {}), ...Object.keys(employee?.custom ?? {})]) {
				granted.add(field);
			}
			for (const { type } of employment?.org_units ?? []) if (type) granted.add(type);
			if (employment?.office !== undefined) granted.add('office');
			if (employment?.legal_entity !== undefined) granted.add('legalEntity');
		}
		if ([...EMPLOYEE_FIELDS, ...customAttributes].every((field) => granted.has(field))) return granted;
		try {
			const keys = new Set((await listAttributes(this.client)).map(({ key }) => key));
			for (const field of END_DATES) if (keys.has(V1_KEYS[field])) granted.add(field);
			for (const key of customAttributes) if (keys.has(key)) granted.add(key);
		} catch {
			return granted;
		}
		return granted;
	}
}

/** What everybody lacks for want of a right, and what everybody should have and somebody has not. */
function notDelivered(
	employees: Employee[],
	granted: ReadonlySet<string>,
	customAttributes: string[],
): string[] {
	const fields = EMPLOYEE_FIELDS.filter((field) => {
		const always = ['status', 'email', 'firstName', 'lastName'].includes(field);
		return !granted.has(field) || (always && employees.some((employee) => !(field in employee)));
	});
	return [...fields, ...customAttributes.filter((key) => !granted.has(key))];
}
