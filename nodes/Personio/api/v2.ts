import {
	EMPLOYEE_FIELDS,
	employeeId,
	type Employee,
	type EmployeeField,
	type EmployeeId,
	type Instant,
	type RosterScope,
} from '../../shared/item';
import { inQuery } from '../../shared/transport/path';
import { V1_KEYS } from '../employee/v1';
import { employeeFromV2, SILENT_FIELDS, type V2Names, type V2Person } from '../employee/v2';
import { text } from '../employee/values';
import { counted, proveRoster, uniqueById } from '../roster';
import { AttributeList, labelsOf, type ToldAttribute } from './attributes';
import { unexpected, type PersonioClient } from './client';
import { byAddress, isOver, type EmployeeReader, type Read, type ReadRequest } from './reader';
import { askForAll, type Witness } from './v1Witness';
import { PERSONS, readEmployments, type Found } from './v2Employments';
import { readNames } from './v2Names';
import { readPages, type Pages } from './v2Pages';
import { readSilence } from './v2Silence';

/** A company in which nobody leaves delivers none of them. */
const END_DATES = ['terminationDate', 'lastWorkingDay', 'contractEndDate'] as const;

/** Persons, and what v1 says of them where that was asked already. */
interface Persons extends Pages<V2Person> {
	witness?: Witness;
}

const NO_NAMES: V2Names = {
	department: new Map(),
	team: new Map(),
	office: new Map(),
	legalEntity: new Map(),
};

/** Personio v2: persons, then the employments of each, then the names of what they refer to. */
export class PersonioV2 implements EmployeeReader {
	private readonly attributes: AttributeList;

	constructor(private readonly client: PersonioClient) {
		this.attributes = new AttributeList(client);
	}

	async readAll(request: ReadRequest): Promise<Read> {
		const { email } = request;
		if (email === undefined) return await this.read(request, 'all', () => this.everybody(request));
		const list = { path: PERSONS, what: 'employees', filter: { email } };
		return byAddress(
			await this.read(request, 'selection', () => readPages<V2Person>(this.client, list, request)),
		);
	}

	/**
	 * Reads everybody: whether a change of an employment moves the person's own time of change is not
	 * documented, so a filtered list could miss a leaver.
	 */
	async readChanged(request: ReadRequest, since: Instant): Promise<Read> {
		const { employees, roster } = await this.read(request, 'changes', () => this.everybody(request));
		const changed = employees.filter(({ lastModifiedAt }) => !lastModifiedAt || lastModifiedAt >= since);
		return { employees: changed, roster: { ...roster, count: changed.length } };
	}

	async readSome(ids: EmployeeId[], request: ReadRequest): Promise<Read> {
		return await this.read(request, 'selection', async () => {
			const items: V2Person[] = [];
			for (const id of ids) {
				const path = `${PERSONS}/${inQuery(id)}`;
				const person = await this.client.get<V2Person>(path);
				if (person === undefined) continue;
				// Nobody must be taken for somebody else, or for somebody who is gone.
				if (text(person.id) !== id) throw unexpected(path);
				items.push(person);
			}
			return { items, pages: [], gaps: [], doubts: [] };
		});
	}

	/**
	 * All persons. v2 does not say how many there are: a page that came short or a link that got lost would
	 * look like the end. v1 counts the same people, and says what of them is empty, so it is asked where it
	 * may be.
	 */
	private async everybody(request: ReadRequest): Promise<Persons> {
		const list = { path: PERSONS, what: 'employees' };
		const listed = await readPages<V2Person>(this.client, list, request);
		const { items, gaps, doubts } = listed;
		if (gaps.length > 0 || isOver(request.deadline)) return listed;
		const witness = await askForAll(this.client, silentAmong(request), request.deadline);
		const { total } = witness;
		gaps.push(...witness.gaps);
		const delivered = new Set(items.map(({ id }) => text(id))).size;
		if (total === undefined) gaps.push(...doubts);
		else if (total > delivered) {
			gaps.push({
				code: 'countDiffers',
				message: `Personio counts ${counted(total, 'employee')} and delivered ${delivered}. Run again; if it stays, choose "V1" as "API Version".`,
			});
		}
		return { ...listed, witness };
	}

	private async read(
		request: ReadRequest,
		scope: RosterScope,
		readPersons: () => Promise<Persons>,
	): Promise<Read> {
		const { attributes, customAttributes, allowSensitive = false } = request;
		const fields = attributes ?? EMPLOYEE_FIELDS;
		const told = customAttributes.length > 0 ? ((await this.attributes.read()) ?? []) : [];
		labelsOf(customAttributes, told, allowSensitive);
		const readAt = new Date().toISOString();
		const { items, pages, gaps, witness } = await readPersons();
		const persons = items.filter(({ id }) => text(id));
		const withoutId = items.length - persons.length;
		if (withoutId > 0) {
			gaps.push({
				code: 'idMissing',
				message: `${counted(withoutId, 'record')} came without an id, and nobody knows whom they are about. Run again.`,
			});
		}
		// The list, which is v1's, need not hold what a record does.
		const labels = labelsOf(customAttributes, [...told, ...toldBy(persons)], allowSensitive);
		const found = await readEmployments(
			this.client,
			onePerId(persons).slice(0, request.limit),
			request,
			gaps,
		);
		const granted = await this.granted(found, request);
		const asked = silentAmong(request).filter((field) => granted.has(field));
		const silence = await readSilence(this.client, found, asked, witness);
		const names = await readNames(
			this.client,
			found.flatMap(({ employment }) => employment ?? []),
			fields,
			gaps,
		);
		const employees = uniqueById(
			found
				.map(({ person, employment }) =>
					employeeFromV2(person, employment, names, silence.emptyOf(person), customAttributes, fields),
				)
				.filter((employee): employee is Employee => employee !== undefined),
		);
		const unread = new Set(
			found.filter(({ employment }) => employment === undefined).map(({ person }) => text(person.id)),
		);
		return {
			employees,
			roster: proveRoster({
				apiVersion: 'v2',
				scope,
				readAt,
				employees,
				pages: pages.map((ids) => ({ ids: ids.map((id) => employeeId(String(id))) })),
				missingAttributes: [
					...notDelivered(
						employees.filter((employee) => 'status' in employee || !unread.has(employee.id)),
						granted,
						request,
					),
					...silence.leftOut,
				],
				attributes,
				customAttributes,
				labels,
				gaps,
			}),
		};
	}

	/**
	 * What this credential may read: what was delivered for anybody and, of end dates and custom
	 * attributes, which nobody may have, what the list of attributes names. The list is v1's; v2 has none.
	 */
	private async granted(
		found: Found[],
		{ attributes = [...EMPLOYEE_FIELDS], customAttributes }: ReadRequest,
	): Promise<Set<string>> {
		const granted = new Set<string>();
		for (const { person, employment } of found) {
			const employee = employeeFromV2(person, employment, NO_NAMES, new Set(), customAttributes);
			for (const field of [...Object.keys(employee ?? {}), ...Object.keys(employee?.custom ?? {})]) {
				granted.add(field);
			}
			const units = employment?.org_units;
			for (const unit of Array.isArray(units) ? units : []) if (unit?.type) granted.add(unit.type);
			if (employment?.office !== undefined) granted.add('office');
			if (employment?.legal_entity !== undefined) granted.add('legalEntity');
		}
		if ([...attributes, ...customAttributes].every((field) => granted.has(field))) return granted;
		const keys = new Set((await this.attributes.read())?.map(({ key }) => key));
		for (const field of END_DATES) if (keys.has(V1_KEYS[field])) granted.add(field);
		for (const key of customAttributes) if (keys.has(key)) granted.add(key);
		return granted;
	}
}

/** What is asked for and may be left out without a word. */
const silentAmong = ({ attributes = [...EMPLOYEE_FIELDS] }: ReadRequest): EmployeeField[] =>
	SILENT_FIELDS.filter((field) => attributes.includes(field));

function onePerId(persons: V2Person[]): V2Person[] {
	const byId = new Map<string | undefined, V2Person>();
	for (const person of persons) if (!byId.has(text(person.id))) byId.set(text(person.id), person);
	return [...byId.values()];
}

/** The labels that records carry now and then. */
const toldBy = (persons: V2Person[]): ToldAttribute[] =>
	persons
		.flatMap(({ custom_attributes: list }) => (Array.isArray(list) ? list : []))
		.flatMap((each) =>
			typeof each?.id === 'string' ? [{ key: each.id, label: each.label, universal_id: each.global_id }] : [],
		);

/** What everybody lacks for want of a right, and what everybody should have and somebody has not. */
function notDelivered(
	employees: Employee[],
	granted: ReadonlySet<string>,
	{ attributes = [...EMPLOYEE_FIELDS], customAttributes }: ReadRequest,
): string[] {
	const fields = attributes.filter((field) => {
		const always = ['status', 'email', 'firstName', 'lastName'].includes(field);
		return !granted.has(field) || (always && employees.some((employee) => !(field in employee)));
	});
	return [...fields, ...customAttributes.filter((key) => !granted.has(key))];
}
