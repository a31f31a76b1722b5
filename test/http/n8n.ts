import axios, { type AxiosRequestConfig } from 'axios';
import {
	NodeApiError,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IDataObject,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type JsonObject,
} from 'n8n-workflow';

import type { NodeContext } from '../../nodes/shared/transport/vendor';

/** What differs for a node between the two generations of n8n. */
export type Generation = 'n8n 1.x' | 'n8n 2.x';
export const GENERATIONS: Generation[] = ['n8n 1.x', 'n8n 2.x'];

/** A node's context that sends what n8n would send, and the credential as n8n keeps it. */
export interface StandIn {
	context: NodeContext;
	stored: ICredentialDataDecryptedObject;
}

let accounts = 0;

/** Each stand-in has an account of its own, so that no test is slowed down by the calls of another. */
export function standIn(
	type: ICredentialType,
	credential: ICredentialDataDecryptedObject,
	generation: Generation = 'n8n 2.x',
): StandIn {
	const stored: ICredentialDataDecryptedObject = { ...credential };
	const node = {
		name: 'Node under test',
		credentials: { [type.name]: { id: `account ${++accounts}`, name: 'Account' } },
	} as unknown as INode;
	const httpRequest = async (options: IHttpRequestOptions) => await send(options, generation);
	const login = async (expired: boolean) => {
		const expirable = type.properties.find(({ typeOptions }) => typeOptions?.expirable === true);
		if (!expirable || !type.preAuthentication) return;
		if (!expired && stored[expirable.name] !== '') return;
		const helper = { helpers: { httpRequest } } as IHttpRequestHelper;
		Object.assign(stored, await type.preAuthentication.call(helper, { ...stored }));
	};
	const authenticated = async (options: IHttpRequestOptions) => {
		if (typeof type.authenticate !== 'function') throw new Error('Only functions are stood in for.');
		return await type.authenticate({ ...stored }, options);
	};

	async function httpRequestWithAuthentication(_type: string, asked: IHttpRequestOptions) {
		let options = asked;
		try {
			await login(false);
			options = await authenticated(options);
			return await httpRequest(options);
		} catch (error) {
			if (!axios.isAxiosError(error) || error.response?.status !== 401) {
				throw apiError(node, error, generation);
			}
			try {
				await login(true);
				options = await authenticated(options);
				return await httpRequest(options);
			} catch (second) {
				throw apiError(node, second, generation);
			}
		}
	}

	const logger = { info: () => undefined };
	const context = { getNode: () => node, helpers: { httpRequestWithAuthentication }, logger };
	return { context: context as unknown as NodeContext, stored };
}

/** n8n 2.x keeps the original error as the cause, n8n 1.x only its text. */
function apiError(node: INode, error: unknown, generation: Generation): NodeApiError {
	const wrapped = new NodeApiError(node, error as JsonObject);
	if (generation === 'n8n 1.x') delete (wrapped as { cause?: unknown }).cause;
	return wrapped;
}

/** n8n repeats a list as `key[]=a&key[]=b`. */
function withBrackets(params: Record<string, unknown>): string {
	const pairs = new URLSearchParams();
	for (const [key, value] of Object.entries(params)) {
		if (!Array.isArray(value)) pairs.append(key, String(value));
		else for (const each of value) pairs.append(`${key}[]`, String(each));
	}
	return pairs.toString();
}

/** The translation that n8n makes for axios, as far as this package uses it. */
async function send(options: IHttpRequestOptions, generation: Generation): Promise<unknown> {
	const { method, url, baseURL, qs, arrayFormat, headers, body, auth, timeout } = options;
	const config: AxiosRequestConfig = {
		url,
		headers: { ...(headers as Record<string, string>) },
		...(method && { method }),
		...(baseURL !== undefined && { baseURL }),
		...(qs && { params: qs }),
		...(auth && { auth: { username: String(auth.username), password: String(auth.password) } }),
		...(timeout !== undefined && { timeout }),
		...(options.disableFollowRedirect && { maxRedirects: 0 }),
		...(options.encoding && { responseType: options.encoding }),
	};
	if (arrayFormat === 'brackets') config.paramsSerializer = withBrackets;
	if (body && Object.keys(body).length > 0 && method !== 'GET') {
		const form = config.headers?.['content-type'] === 'application/x-www-form-urlencoded';
		config.data = form ? new URLSearchParams(body as Record<string, string>) : body;
	}
	const ignore = options.ignoreHttpStatusErrors;
	if (typeof ignore === 'object' && generation === 'n8n 2.x') {
		config.validateStatus = (status) => !ignore.except.includes(status);
	} else if (ignore) {
		config.validateStatus = () => true;
	}
	const answer = await axios(config);
	if (!options.returnFullResponse) return answer.data as IDataObject;
	return { body: answer.data as unknown, headers: answer.headers, statusCode: answer.status };
}
