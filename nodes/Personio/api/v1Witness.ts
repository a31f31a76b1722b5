import type { Employee, EmployeeField, EmployeeId, Gap } from '../../shared/item';
import { inQuery } from '../../shared/transport/path';
import { orVendorError, VendorError } from '../../shared/transport/vendorError';
import { employeeFromV1, V1_KEYS, type V1Attributes } from '../employee/v1';
import { text } from '../employee/values';
import { counted } from '../roster';
import type { PersonioClient } from './client';
import { isOver, recordOf } from './reader';
import { EMPLOYEES, totalOf, V1_PAGE, type V1List } from './v1List';

/** What v1 says of the people whom v2 delivers. Where it may not be asked, it says nothing. */
export interface Witness {
	/** How many employees there are. */
	total?: number | undefined;
	/** Why it says nothing of some, although it may be asked. */
	gaps: Gap[];
	/** Whether somebody has none of it; `undefined` where v1 does not say. */
	lacks(id: EmployeeId, field: EmployeeField): boolean | undefined;
}

interface Record {
	attributes?: V1Attributes;
}

/** Asks for all employees, 100 a call; without any fields just for their number. */
export async function askForAll(
	client: PersonioClient,
	fields: EmployeeField[],
	deadline: number | undefined,
): Promise<Witness> {
	const size = fields.length > 0 ? V1_PAGE : 1;
	const records: Record[] = [];
	const gaps: Gap[] = [];
	const seen = new Set<string | undefined>();
	let total: number | undefined;
	while (!isOver(deadline)) {
		const query = { limit: size, offset: records.length, attributes: keysOf(fields) };
		const page = await orVendorError(client.get<V1List<Record>>(EMPLOYEES, query));
		if (page instanceof VendorError || page === undefined || !Array.isArray(page.data)) break;
		total ??= totalOf(page);
		const data = page.data.map(recordOf);
		const known = seen.size;
		for (const record of data) {
			seen.add(text(record.attributes?.id?.value));
			records.push(record);
		}
		if (size === 1 || data.length === 0) break;
		if (seen.size === known) {
			gaps.push({
				code: 'pageRepeated',
				message: `Personio v1, which is asked for what v2 does not say, delivered the same page again after ${counted(known, 'employee')}. Run again; if it stays, choose "V1" as "API Version".`,
			});
			break;
		}
		if (records.length >= (total ?? Infinity)) break;
	}
	return witness(records, fields, gaps, total);
}

/** Asks for single people. */
export async function askAbout(
	client: PersonioClient,
	ids: EmployeeId[],
	fields: EmployeeField[],
): Promise<Witness> {
	const records: Record[] = [];
	for (const id of ids) {
		const path = `${EMPLOYEES}/${inQuery(id)}`;
		const answer = await orVendorError(client.get<{ data?: Record }>(path, { attributes: keysOf(fields) }));
		// Whoever refuses one will refuse all, and each refusal costs a login.
		if (answer instanceof VendorError) break;
		records.push(recordOf(answer?.data));
	}
	return witness(records, fields, []);
}

const keysOf = (fields: EmployeeField[]): string[] => ['id', ...fields.map((field) => V1_KEYS[field])];

function witness(records: Record[], fields: EmployeeField[], gaps: Gap[], total?: number): Witness {
	const known = new Map<EmployeeId, Employee>();
	for (const { attributes = {} } of records) {
		const employee = employeeFromV1(attributes, [], fields);
		if (employee) known.set(employee.id, employee);
	}
	return {
		total,
		gaps,
		lacks(id, field) {
			const value = known.get(id)?.[field];
			return value === undefined ? undefined : value === null;
		},
	};
}
