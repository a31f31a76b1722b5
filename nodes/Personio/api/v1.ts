import type { IDataObject } from 'n8n-workflow';

import {
	EMPLOYEE_FIELDS,
	employeeId,
	type Employee,
	type EmployeeId,
	type Gap,
	type Instant,
	type RosterScope,
} from '../../shared/item';
import { inQuery } from '../../shared/transport/path';
import { orVendorError, VendorError } from '../../shared/transport/vendorError';
import { employeeFromV1, V1_KEYS, type V1Attributes } from '../employee/v1';
import { text } from '../employee/values';
import { counted, proveRoster, uniqueById, type PageProof } from '../roster';
import { AttributeList, labelsOf, type ToldAttribute } from './attributes';
import { unexpected, type PersonioClient } from './client';
import {
	byAddress,
	isOver,
	limited,
	OUT_OF_TIME,
	recordOf,
	withRemedy,
	type EmployeeReader,
	type Read,
	type ReadRequest,
} from './reader';
import { ReadAhead } from './readAhead';
import { EMPLOYEES, totalOf, V1_PAGE, type V1List } from './v1List';

interface V1Record {
	attributes?: V1Attributes;
}

/** What a list brought, before it is made into employees. */
interface Listed {
	records: V1Record[];
	pages: PageProof[];
	gaps: Gap[];
}

/** Personio v1: one call for 100 people, names of departments and offices inline. */
export class PersonioV1 implements EmployeeReader {
	private readonly attributes: AttributeList;

	constructor(private readonly client: PersonioClient) {
		this.attributes = new AttributeList(client);
	}

	async readAll(request: ReadRequest): Promise<Read> {
		const { email } = request;
		if (email === undefined) return await this.readList(request, 'all', {});
		return byAddress(await this.readList(request, 'selection', { email }));
	}

	async readChanged(request: ReadRequest, since: Instant): Promise<Read> {
		// The documented form carries no zone.
		return await this.readList(request, 'changes', { updated_since: since.slice(0, 19) });
	}

	async readSome(ids: EmployeeId[], request: ReadRequest): Promise<Read> {
		const told = await this.told(request);
		const readAt = new Date().toISOString();
		const records: V1Record[] = [];
		for (const id of ids) {
			const path = `${EMPLOYEES}/${inQuery(id)}`;
			const answer = await this.client.get<{ data?: V1Record }>(path, projection(request));
			if (answer === undefined) continue;
			const record = recordOf(answer.data);
			// Nobody must be taken for somebody else, or for somebody who is gone.
			if (idOf(record) !== id) throw unexpected(path);
			records.push(record);
		}
		return this.result({ records, pages: [], gaps: [] }, request, 'selection', readAt, told);
	}

	private async readList(request: ReadRequest, scope: RosterScope, filter: IDataObject): Promise<Read> {
		const told = await this.told(request);
		const readAt = new Date().toISOString();
		const listed = await this.pages(request, filter);
		const { pages, gaps } = listed;
		if (scope === 'all' && gaps.length === 0 && pages.some(({ total }) => total === undefined)) {
			gaps.push({
				code: 'noProof',
				message:
					'Personio did not say how many employees there are, so nothing proves that all of them came. Run again; if it stays, choose "V2" as "API Version".',
			});
		}
		return this.result(listed, request, scope, readAt, told);
	}

	/**
	 * Reads on until the total is reached by a page that is not full. A total alone may be wrong, and a page
	 * that is not full may be followed by others: where there is no total, an empty page is the end.
	 */
	private async pages(request: ReadRequest, filter: IDataObject): Promise<Listed> {
		const records: V1Record[] = [];
		const pages: PageProof[] = [];
		const gaps: Gap[] = [];
		const seen = new Set<EmployeeId>();
		let total: number | undefined;
		const whole = request.limit === undefined;
		const ahead = new ReadAhead(async (offset) => await this.page(offset, V1_PAGE, request, filter));
		for (;;) {
			if (isOver(request.deadline)) {
				gaps.push(OUT_OF_TIME);
				break;
			}
			const size = Math.min(V1_PAGE, (request.limit ?? Infinity) - records.length);
			const offset = records.length;
			const page = await orVendorError(ahead.take(offset) ?? this.page(offset, size, request, filter));
			if (page instanceof VendorError) {
				if (pages.length === 0) throw page;
				gaps.push({
					code: 'pageMissing',
					message: `After ${counted(records.length, 'employee')}: ${withRemedy(page)}`,
				});
				break;
			}
			const data = page.data.map(recordOf);
			const ids = data.map(idOf).filter((id) => id !== undefined);
			const isNew = ids.some((id) => !seen.has(id));
			const ownTotal = totalOf(page);
			total = ownTotal ?? total;
			for (const id of ids) seen.add(id);
			// Not spread: what a vendor sends may be more than a call takes arguments.
			for (const record of data) records.push(record);
			pages.push({ ids, ...(ownTotal !== undefined && { total: ownTotal }) });
			if (request.limit !== undefined && records.length >= request.limit) {
				if (total === undefined || total > request.limit) gaps.push(limited(request.limit));
				break;
			}
			if (data.length === 0) {
				if (total !== undefined && records.length < total) {
					gaps.push({
						code: 'pageShort',
						message: `Personio delivered an empty page after ${records.length} of ${counted(total, 'employee')}. Run again.`,
					});
				}
				break;
			}
			if (!isNew && pages.length > 1) {
				gaps.push({
					code: 'pageRepeated',
					message: `Personio delivered the same page again after ${counted(seen.size, 'employee')}, so those that follow are missing. Run again; if it stays, choose "V2" as "API Version".`,
				});
				break;
			}
			if (total !== undefined && records.length >= total && data.length < size) break;
			if (whole) ahead.from(records.length, total);
		}
		return { records, pages, gaps };
	}

	private async page(
		offset: number,
		limit: number,
		request: ReadRequest,
		filter: IDataObject,
	): Promise<V1List<V1Record> & { data: V1Record[] }> {
		const page = await this.client.get<V1List<V1Record>>(EMPLOYEES, {
			limit,
			offset,
			...filter,
			...projection(request),
		});
		if (!Array.isArray(page?.data)) throw unexpected(EMPLOYEES);
		return { ...page, data: page.data };
	}

	/** What the list tells of the custom attributes. A sensitive one is refused before anybody is read. */
	private async told({ customAttributes, allowSensitive = false }: ReadRequest): Promise<ToldAttribute[]> {
		if (customAttributes.length === 0) return [];
		const told = (await this.attributes.read()) ?? [];
		labelsOf(customAttributes, told, allowSensitive);
		return told;
	}

	private result(
		{ records, pages, gaps }: Listed,
		request: ReadRequest,
		scope: RosterScope,
		readAt: Instant,
		told: ToldAttribute[],
	): Read {
		const { attributes, customAttributes, limit, allowSensitive = false } = request;
		// The list need not hold what a record does.
		const allTold = [...told, ...toldBy(records, customAttributes)];
		const labels = labelsOf(customAttributes, allTold, allowSensitive);
		const all = records
			.map((record) => employeeFromV1(record.attributes ?? {}, customAttributes, attributes))
			.filter((employee): employee is Employee => employee !== undefined);
		if (all.length < records.length) {
			gaps.push({
				code: 'idMissing',
				message: `${counted(records.length - all.length, 'record')} came without an id, and nobody knows whom they are about. Run again.`,
			});
		}
		const employees = uniqueById(all).slice(0, limit);
		return {
			employees,
			roster: proveRoster({
				apiVersion: 'v1',
				scope,
				readAt,
				employees,
				pages,
				missingAttributes: notDelivered(records, request),
				attributes,
				customAttributes,
				labels,
				gaps,
			}),
		};
	}
}

/** Only what was chosen is asked for: no salary, no bank account, no birthday. */
function projection({ attributes = [...EMPLOYEE_FIELDS], customAttributes }: ReadRequest): IDataObject {
	return { attributes: [...attributes.map((field) => V1_KEYS[field]), ...customAttributes] };
}

function idOf({ attributes }: V1Record): EmployeeId | undefined {
	const id = text(attributes?.id?.value);
	return id === undefined || id === '' ? undefined : employeeId(id);
}

/** Every record carries the labels, too. */
const toldBy = (records: V1Record[], keys: string[]): ToldAttribute[] =>
	records.flatMap(({ attributes }) => keys.map((key) => ({ ...attributes?.[key], key })));

/** v1 delivers every granted attribute of everybody, empty ones too: one absent key is a missing right. */
function notDelivered(
	records: V1Record[],
	{ attributes = [...EMPLOYEE_FIELDS], customAttributes }: ReadRequest,
): string[] {
	const lacks = (key: string) => records.some((record) => record.attributes?.[key]?.value === undefined);
	return [...attributes.filter((field) => lacks(V1_KEYS[field])), ...customAttributes.filter(lacks)];
}
