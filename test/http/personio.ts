import { PersonioEmployeesApi } from '../../credentials/PersonioEmployeesApi.credentials';
import { PersonioClient } from '../../nodes/Personio/api/client';
import { PersonioV1 } from '../../nodes/Personio/api/v1';
import { PersonioV2 } from '../../nodes/Personio/api/v2';
import type { V1Attributes } from '../../nodes/Personio/employee/v1';
import { maraV1, wrapped } from '../unit/personio/payloads';
import { SECRETS } from './failure';
import { standIn, type Generation, type StandIn } from './n8n';
import { VendorHost, type Answer } from './vendor';

export const EMPLOYEES = '/v1/company/employees';
export const ATTRIBUTES = '/v1/company/employees/attributes';
export const REQUEST = { customAttributes: [] as string[] };

export interface PersonioRun {
	host: VendorHost;
	n8n: StandIn;
	v1: PersonioV1;
	v2: PersonioV2;
}

const session = (token: string) => JSON.stringify({ v1: token, v2: token });

/** A run against Personio, with a token in the credential unless told otherwise. */
export function personioRun(
	generation: Generation = 'n8n 2.x',
	sessionToken = session(SECRETS.oldToken),
): PersonioRun {
	const n8n = standIn(
		new PersonioEmployeesApi(),
		{
			baseUrl: 'https://api.personio.de',
			clientId: 'the-client-id',
			clientSecret: SECRETS.clientSecret,
			sessionToken,
		},
		generation,
	);
	const client = new PersonioClient(n8n.context);
	const host = new VendorHost('https://api.personio.de');
	return { host, n8n, v1: new PersonioV1(client), v2: new PersonioV2(client) };
}

/** Announces that the keys are good for new tokens, once for each number of times. */
export function allowLogin(host: VendorHost, times = 1): void {
	for (let login = 0; login < times; login++) {
		host.on('POST', '/v1/auth', {
			body: { success: true, data: { token: SECRETS.newToken, expires_in: 86400 } },
		});
		host.on('POST', '/v2/auth/token', { body: { access_token: SECRETS.newToken, token_type: 'Bearer' } });
	}
}

export const personV1 = (id: number, changes: V1Attributes = {}) => ({
	type: 'Employee',
	attributes: { ...maraV1(), id: wrapped(id, 'integer'), ...changes } as V1Attributes,
});

/** `count` people with ids from `first` on. */
export const peopleV1 = (first: number, count: number) =>
	Array.from({ length: count }, (_, index) => personV1(first + index));

/** The list of the attributes that the credential may read. */
export const attributeList = (...attributes: object[]): Answer => ({
	body: { success: true, data: attributes },
});

export const pageV1 = (data: unknown[], total?: number): Answer => ({
	body: {
		success: true,
		...(total !== undefined && { metadata: { total_elements: total, current_page: 0, total_pages: 1 } }),
		data,
	},
});

export const refusalV1 = (status: number, message: string): Answer => ({
	status,
	body: { success: false, error: { code: 0, message } },
});

export const refusalV2 = (status: number, title: string): Answer => ({
	status,
	body: { personio_trace_id: 'trace-4711', errors: [{ title, detail: title, type: null }] },
	headers: { 'content-type': 'application/problem+json' },
});

/** A page of a v2 list; `next` is the link to the next one. */
export const pageV2 = (data: unknown[], next?: string): Answer => ({
	body: { _data: data, _meta: { links: { ...(next !== undefined && { next: { href: next } }) } } },
});
