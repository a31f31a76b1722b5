import type { IDataObject } from 'n8n-workflow';

import {
	EMPLOYEE_FIELDS,
	employeeId,
	type Employee,
	type EmployeeId,
	type Instant,
	type RosterScope,
} from '../../shared/item';
import { orVendorError, VendorError } from '../../shared/transport/vendorError';
import { employeeFromV1, V1_KEYS, type V1Attributes } from '../employee/v1';
import { proveRoster, uniqueById, type PageProof } from '../roster';
import { unexpected, type PersonioClient } from './client';
import { isOver, OUT_OF_TIME, type EmployeeReader, type Read, type ReadRequest } from './reader';

const PATH = '/v1/company/employees';
/** The most that v1 delivers at once since 2025. */
const PAGE = 100;

interface V1Record {
	attributes?: V1Attributes;
}
interface V1Page {
	data?: V1Record[];
	metadata?: { total_elements?: number };
}

/** Personio v1: one call for 100 people, names of departments and offices inline. */
export class PersonioV1 implements EmployeeReader {
	constructor(private readonly client: PersonioClient) {}

	async readAll(request: ReadRequest): Promise<Read> {
		const { email } = request;
		return await this.readList(request, email === undefined ? 'all' : 'selection', email ? { email } : {});
	}

	async readChanged(request: ReadRequest, since: Instant): Promise<Read> {
		// The documented form carries no zone.
		return await this.readList(request, 'changes', { updated_since: since.slice(0, 19) });
	}

	async readSome(ids: EmployeeId[], request: ReadRequest): Promise<Read> {
		const readAt = new Date().toISOString();
		const records: V1Record[] = [];
		for (const id of ids) {
			const answer = await this.client.get<{ data?: V1Record }>(
				`${PATH}/${encodeURIComponent(id)}`,
				projection(request),
			);
			if (answer?.data) records.push(answer.data);
		}
		return this.result(records, request, 'selection', readAt, [], []);
	}

	private async readList(request: ReadRequest, scope: RosterScope, filter: IDataObject): Promise<Read> {
		const readAt = new Date().toISOString();
		const records: V1Record[] = [];
		const pages: PageProof[] = [];
		const interruptions: string[] = [];
		for (;;) {
			if (isOver(request.deadline)) {
				interruptions.push(OUT_OF_TIME);
				break;
			}
			const page = await orVendorError(this.page(records.length, request, filter));
			if (page instanceof VendorError) {
				if (pages.length === 0) throw page;
				interruptions.push(`After ${records.length} employees: ${page.message}`);
				break;
			}
			const data = page.data as V1Record[];
			const total = page.metadata?.total_elements;
			records.push(...data);
			pages.push({ ids: data.map(idOf), ...(total !== undefined && { total }) });
			if (request.limit !== undefined && records.length >= request.limit) {
				if (total === undefined || total > request.limit) {
					interruptions.push(`Only the first ${request.limit} employees were asked for.`);
				}
				break;
			}
			if (data.length === 0 || (total === undefined ? data.length < PAGE : records.length >= total)) break;
		}
		return this.result(records, request, scope, readAt, pages, interruptions);
	}

	private async page(offset: number, request: ReadRequest, filter: IDataObject): Promise<V1Page> {
		const page = await this.client.get<V1Page>(PATH, {
			limit: Math.min(PAGE, request.limit ?? PAGE),
			offset,
			...filter,
			...projection(request),
		});
		if (!Array.isArray(page?.data)) throw unexpected(PATH);
		return page;
	}

	private result(
		records: V1Record[],
		request: ReadRequest,
		scope: RosterScope,
		readAt: Instant,
		pages: PageProof[],
		interruptions: string[],
	): Read {
		const { customAttributes, limit } = request;
		const all = records
			.map(({ attributes }) => employeeFromV1(attributes ?? {}, customAttributes))
			.filter((employee): employee is Employee => employee !== undefined);
		if (all.length < records.length) {
			interruptions.push(`${records.length - all.length} records came without an id.`);
		}
		const employees = uniqueById(all).slice(0, limit);
		const missingAttributes = notDelivered(records, customAttributes);
		return {
			employees,
			roster: proveRoster({
				scope,
				readAt,
				employees,
				pages,
				missingAttributes,
				customAttributes,
				interruptions,
			}),
		};
	}
}

/** Only what the employee record holds is asked for: no salary, no bank account, no birthday. */
function projection({ customAttributes }: ReadRequest): IDataObject {
	return { attributes: [...Object.values(V1_KEYS), ...customAttributes] };
}

const idOf = ({ attributes }: V1Record): EmployeeId => employeeId(String(attributes?.id?.value));

/** v1 delivers every granted attribute of everybody, empty ones too: one absent key is a missing right. */
function notDelivered(records: V1Record[], customAttributes: string[]): string[] {
	const lacks = (key: string) => records.some(({ attributes }) => attributes?.[key]?.value === undefined);
	return [...EMPLOYEE_FIELDS.filter((field) => lacks(V1_KEYS[field])), ...customAttributes.filter(lacks)];
}
