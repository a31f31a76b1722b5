import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { baseUrl } from '../nodes/shared/baseUrl';
import { networkCause } from '../nodes/shared/transport/networkCause';

const REGIONS: Record<string, string> = {
	eu: 'https://app.360learning.com',
	us: 'https://app.us.360learning.com',
};

/** Every call has to name it. */
const API_VERSION = { '360-api-version': 'v2.0' };

interface TokenAnswer {
	statusCode: number;
	body: { access_token?: unknown; expires_in?: unknown; error?: unknown } | string | undefined;
}

export class ThreeSixtyLearningApi implements ICredentialType {
	name = 'threeSixtyLearningApi';

	displayName = '360Learning API';

	icon = {
		light: 'file:../nodes/LmsSync/lmsSync.svg',
		dark: 'file:../nodes/LmsSync/lmsSync.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-personio-lms/n8n-nodes-personio-lms#360learning-credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			options: [
				{ name: 'Custom Address', value: 'custom' },
				{ name: 'Europe', value: 'eu', description: 'app.360learning.com' },
				{ name: 'United States', value: 'us', description: 'app.us.360learning.com' },
			],
			default: 'eu',
			description: 'Where the platform is hosted: the address in the browser tells',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://app.360learning.com',
			required: true,
			displayOptions: { show: { region: ['custom'] } },
			description: 'Address of the 360Learning API, if 360Learning told you another one',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			description:
				'From 360Learning: Settings > API v2 > Add API credentials. Keys of the older API v1 do not work.',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Shown once, when the credentials are made',
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

	/** Fetches a token, which lives for an hour; n8n keeps it until a 401. The keys go as JSON. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		const base = addressOf(credentials);
		let answer: TokenAnswer;
		try {
			answer = (await this.helpers.httpRequest({
				method: 'POST',
				url: `${base}/api/v2/oauth2/token`,
				headers: { 'content-type': 'application/json', accept: 'application/json', ...API_VERSION },
				// Any other property is refused.
				body: {
					grant_type: 'client_credentials',
					client_id: credentials.clientId as string,
					client_secret: credentials.clientSecret as string,
				},
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
				timeout: 30_000,
			})) as TokenAnswer;
		} catch (error) {
			const cause = networkCause((error as { code?: string }).code);
			throw new Error(`360Learning cannot be reached at ${base}: ${cause}. Check "Region" or "Base URL".`);
		}
		const { body } = answer;
		const token = typeof body === 'object' ? body.access_token : undefined;
		if (typeof token !== 'string' || token === '') throw new Error(refusal(base, answer));
		return { sessionToken: token };
	}

	/** Sets the address together with the token, so that the token can go nowhere else. */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => ({
		...requestOptions,
		headers: {
			...requestOptions.headers,
			...API_VERSION,
			authorization: `Bearer ${String(credentials.sessionToken)}`,
		},
		baseURL: addressOf(credentials),
	});

	test: ICredentialTestRequest = {
		request: { url: '/api/v2/groups', headers: { accept: 'application/json' } },
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'The keys are right, but they lack groups:read. In 360Learning, open Settings > API v2 and grant users, groups, customFields and externalIds, to read and to write.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'There is no 360Learning API v2 at this address. Check "Region" or "Base URL".',
				},
			},
		],
	};
}

export function addressOf({ region, baseUrl: typed }: ICredentialDataDecryptedObject): string {
	return REGIONS[region as string] ?? baseUrl(typed, 'Base URL');
}

/** Why no token came. */
function refusal(base: string, { statusCode, body }: TokenAnswer): string {
	const code = typeof body === 'object' ? body.error : undefined;
	if (statusCode === 401 || code === 'invalid_client') {
		return '360Learning refused the keys. Check "Client ID" and "Client Secret", and that they are of the API v2 and of this region.';
	}
	if (statusCode === 429) return '360Learning allows no more calls at the moment. Try again in a minute.';
	if (statusCode >= 500) {
		return `360Learning is not available at the moment (HTTP ${statusCode}). Try again later.`;
	}
	if (statusCode === 400) {
		return `360Learning did not understand the keys (${typeof code === 'string' ? code : 'HTTP 400'}). Check "Client ID" and "Client Secret".`;
	}
	return `There is no 360Learning API v2 at ${base} (HTTP ${statusCode}). Check "Region" or "Base URL".`;
}
