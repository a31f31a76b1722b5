import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { baseUrl } from '../nodes/shared/baseUrl';
import { confined, redirectRules } from '../nodes/shared/transport/confined';
import { keepSecret } from '../nodes/shared/transport/secrets';

export class LearnUponApi implements ICredentialType {
	name = 'learnUponApi';

	displayName = 'LearnUpon API';

	icon = {
		light: 'file:../nodes/LmsSync/lmsSync.svg',
		dark: 'file:../nodes/LmsSync/lmsSync.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/n8n-nodes-personio-lms/n8n-nodes-personio-lms#learnupon-credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Portal URL',
			name: 'portalUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://acme.learnupon.com',
			required: true,
			description: 'Address of the portal, as in the browser. Each portal has keys of its own.',
		},
		{
			displayName: 'API Username',
			name: 'username',
			type: 'string',
			default: '',
			required: true,
			description:
				'From LearnUpon: Settings > Integrations > API Keys. The menu is missing until LearnUpon support has switched the API on.',
		},
		{
			displayName: 'API Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
	];

	/** HTTP Basic; sets the address too, so that the keys can go nowhere else. */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const auth = { username: credentials.username as string, password: credentials.password as string };
		keepSecret(auth.password);
		return { ...confined(requestOptions, baseUrl(credentials.portalUrl, 'Portal URL')), auth };
	};

	test: ICredentialTestRequest = {
		request: { url: '/api/v1/groups', headers: { accept: 'application/json' } },
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'LearnUpon refused the keys. Check "API Username" and "API Password"; generating new keys in LearnUpon ends the old pair.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'The API is not open to these keys: ask LearnUpon support to switch it on. Or this is not the address of a LearnUpon portal: check "Portal URL".',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'There is no LearnUpon portal at this address. Check "Portal URL".',
				},
			},
			...redirectRules('"Portal URL"'),
		],
	};
}
