import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { baseUrl } from '../nodes/shared/baseUrl';
import { confined, pathOf, redirectRules } from '../nodes/shared/transport/confined';
import { networkCause } from '../nodes/shared/transport/networkCause';
import { keepSecret } from '../nodes/shared/transport/secrets';
import { askForToken, isToken, type TokenAnswer } from '../nodes/shared/transport/tokenRequest';
import { APP_ID, RENEW_TOKEN } from '../nodes/Personio/api/headers';

/** One token per API generation: no vendor text says that one is valid for both. */
interface Session {
	v1?: string;
	v2?: string;
}

export class PersonioEmployeesApi implements ICredentialType {
	name = 'personioEmployeesApi';

	displayName = 'Personio Employees API';

	icon = {
		light: 'file:../nodes/Personio/personio.svg',
		dark: 'file:../nodes/Personio/personio.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/n8n-nodes-personio-lms/n8n-nodes-personio-lms#personio-credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.personio.de',
			required: true,
			description: 'Address of the Personio API. Leave it as it is unless Personio told you another one.',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			description:
				'From Personio: Marketplace > Connected integrations > Create custom integration, with the right to read employees',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			// n8n fetches a token only while an expirable hidden property is exactly '', or after a 401.
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	/**
	 * Fetches a token for each API generation; n8n keeps them until a 401 (24 h by Personio's documents).
	 * The keys go in the body: Personio refuses them in the query string.
	 */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		const base = baseUrl(credentials.baseUrl, 'Base URL');
		const keys = {
			client_id: credentials.clientId as string,
			client_secret: credentials.clientSecret as string,
		};
		keepSecret(keys.client_secret);
		const ask = async (path: string, contentType: string, body: IDataObject): Promise<TokenAnswer> => {
			try {
				const headers = { 'content-type': contentType, accept: 'application/json', ...APP_ID };
				return await askForToken(this, { url: base + path, headers, body });
			} catch (error) {
				const cause = networkCause((error as { code?: string }).code);
				throw new Error(`Personio cannot be reached at ${base}: ${cause}. Check "Base URL".`);
			}
		};
		const v1 = await ask('/v1/auth', 'application/json', keys);
		const v2 = await ask('/v2/auth/token', 'application/x-www-form-urlencoded', {
			grant_type: 'client_credentials',
			...keys,
		});

		const session: Session = {};
		const v1Token = (v1.body as { data?: { token?: unknown } } | undefined)?.data?.token;
		const v2Token = (v2.body as { access_token?: unknown } | undefined)?.access_token;
		if (isToken(v1Token)) session.v1 = v1Token;
		if (isToken(v2Token)) session.v2 = v2Token;
		if (session.v1 === undefined && session.v2 === undefined) throw new Error(refusal(base, v1, v2));
		return { sessionToken: JSON.stringify(session) };
	}

	/** Sets the address and the token that fits the path, so that a token can go nowhere else. */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const options = confined(requestOptions, baseUrl(credentials.baseUrl, 'Base URL'));
		const { [RENEW_TOKEN]: renew, ...headers } = { ...options.headers, ...APP_ID } as IDataObject;
		const session = sessionOf(credentials.sessionToken);
		const own = pathOf(options).startsWith('/v2/') ? session.v2 : session.v1;
		const token = own ?? session.v2 ?? session.v1;
		keepSecret(session.v1, session.v2, credentials.clientSecret);
		// Without a token Personio answers 401, and n8n renews it: see RENEW_TOKEN.
		if (renew === undefined && token !== undefined) headers.authorization = `Bearer ${token}`;
		else delete headers.authorization;
		return { ...options, headers };
	};

	test: ICredentialTestRequest = {
		request: { url: '/v1/company/employees/attributes', headers: { accept: 'application/json' } },
		rules: [
			...[401, 403].map((value) => ({
				type: 'responseCode' as const,
				properties: {
					value,
					message:
						'The keys are right, but they may not read employees. In Personio, open the integration and grant read access to Employees, with the attributes to be synced.',
				},
			})),
			...redirectRules('"Base URL"'),
		],
	};
}

/** What is not a session counts as none, and is replaced when Personio answers 401. */
function sessionOf(token: unknown): Session {
	try {
		const { v1, v2 } = JSON.parse(token as string) as Record<string, unknown>;
		return { ...(isToken(v1) && { v1 }), ...(isToken(v2) && { v2 }) };
	} catch {
		return {};
	}
}

/** Why no token came, as far as the two answers tell. */
function refusal(base: string, v1: TokenAnswer, v2: TokenAnswer): string {
	const statuses = [v1.statusCode, v2.statusCode];
	if (statuses.some((status) => status === 401 || status === 403) || isInvalidClient(v2.body)) {
		return 'Personio refused the keys. Check "Client ID" and "Client Secret", and that the integration still exists in Personio.';
	}
	if (statuses.includes(429)) return 'Personio allows no more logins at the moment. Try again in a minute.';
	if (statuses.some((status) => status >= 500)) {
		return `Personio is not available at the moment (HTTP ${Math.max(...statuses)}). Try again later.`;
	}
	return `There is no Personio API at ${base} (HTTP ${statuses.join(' and ')}). Check "Base URL"; it is normally https://api.personio.de.`;
}

function isInvalidClient(body: unknown): boolean {
	const code = (body as { error?: unknown } | undefined)?.error;
	return code === 'invalid_client' || code === 'unauthorized_client' || code === 'access_denied';
}
