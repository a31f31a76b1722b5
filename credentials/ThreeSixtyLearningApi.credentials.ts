import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { baseUrl } from '../nodes/shared/baseUrl';
import { confined, redirectRules } from '../nodes/shared/transport/confined';
import { networkCause } from '../nodes/shared/transport/networkCause';
import { keepSecret, withoutSecrets } from '../nodes/shared/transport/secrets';
import { askForToken, isToken, type TokenAnswer } from '../nodes/shared/transport/tokenRequest';

const REGIONS = new Map<unknown, string>([
	['eu', 'https://app.360learning.com'],
	['us', 'https://app.us.360learning.com'],
]);

/** Every call has to name it. */
const API_VERSION = { '360-api-version': 'v2.0' };

interface TokenBody {
	access_token?: unknown;
	error?: unknown;
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
		keepSecret(credentials.clientSecret);
		let answer: TokenAnswer;
		try {
			answer = await askForToken(this, {
				url: `${base}/api/v2/oauth2/token`,
				headers: { 'content-type': 'application/json', accept: 'application/json', ...API_VERSION },
				// Any other property is refused.
				body: {
					grant_type: 'client_credentials',
					client_id: credentials.clientId as string,
					client_secret: credentials.clientSecret as string,
				},
			});
		} catch (error) {
			const cause = networkCause((error as { code?: string }).code);
			throw new Error(`360Learning cannot be reached at ${base}: ${cause}. Check "Region" or "Base URL".`);
		}
		const { access_token: token } = partsOf(answer);
		if (!isToken(token)) throw new Error(refusal(base, answer));
		return { sessionToken: token };
	}

	/** Sets the address together with the token, so that the token can go nowhere else. */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		keepSecret(credentials.sessionToken, credentials.clientSecret);
		return {
			...confined(requestOptions, addressOf(credentials)),
			headers: {
				...requestOptions.headers,
				...API_VERSION,
				authorization: `Bearer ${String(credentials.sessionToken)}`,
			},
		};
	};

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
			...redirectRules('"Region" or "Base URL"'),
		],
	};
}

export function addressOf({ region, baseUrl: typed }: ICredentialDataDecryptedObject): string {
	return REGIONS.get(region) ?? baseUrl(typed, 'Base URL');
}

/** Codes are words such as `invalid_request`. */
const LONGEST_CODE = 100;

const partsOf = ({ body }: TokenAnswer): TokenBody => (typeof body === 'object' && body !== null ? body : {});

/** Why no token came. */
function refusal(base: string, answer: TokenAnswer): string {
	const { statusCode } = answer;
	const { error: code } = partsOf(answer);
	if (statusCode === 401 || code === 'invalid_client') {
		return '360Learning refused the keys. Check "Client ID" and "Client Secret", and that they are of the API v2 and of this region.';
	}
	if (statusCode === 429) return '360Learning allows no more calls at the moment. Try again in a minute.';
	if (statusCode >= 500) {
		return `360Learning is not available at the moment (HTTP ${statusCode}). Try again later.`;
	}
	if (statusCode === 400) {
		return `360Learning did not understand the keys (${typeof code === 'string' ? withoutSecrets(code).slice(0, LONGEST_CODE) : 'HTTP 400'}). Check "Client ID" and "Client Secret".`;
	}
	return `There is no 360Learning API v2 at ${base} (HTTP ${statusCode}). Check "Region" or "Base URL".`;
}
