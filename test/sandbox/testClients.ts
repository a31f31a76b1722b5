import type { AxiosInstance, AxiosResponse } from 'axios';
import axios from 'axios';
import type { LearnUponSandbox, PersonioSandbox, ThreeSixtyLearningSandbox } from '.';

/** Never throws for a status: the tests look at it. */
export function http(baseURL: string, headers: Record<string, string> = {}): AxiosInstance {
	return axios.create({ baseURL, headers, validateStatus: () => true, timeout: 3000 });
}

export async function v1Token(personio: PersonioSandbox): Promise<string> {
	const { clientId, clientSecret } = personio.credentials;
	const reply = await http(personio.url).post('/v1/auth', {
		client_id: clientId,
		client_secret: clientSecret,
	});
	return String(reply.data.data.token);
}

export async function v2Token(personio: PersonioSandbox): Promise<string> {
	const { clientId, clientSecret } = personio.credentials;
	const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
	const reply = await http(personio.url).post('/v2/auth/token', new URLSearchParams(form));
	return String(reply.data.access_token);
}

export async function personioV1(personio: PersonioSandbox): Promise<AxiosInstance> {
	return http(personio.url, { Authorization: `Bearer ${await v1Token(personio)}` });
}

export async function personioV2(personio: PersonioSandbox): Promise<AxiosInstance> {
	return http(personio.url, { Authorization: `Bearer ${await v2Token(personio)}` });
}

export function learnUponApi(learnUpon: LearnUponSandbox): AxiosInstance {
	const { username, password } = learnUpon.credentials;
	const basic = Buffer.from(`${username}:${password}`).toString('base64');
	return http(`${learnUpon.url}/api/v1`, { Authorization: `Basic ${basic}`, Accept: 'application/json' });
}

export async function threeSixtyLearningToken(platform: ThreeSixtyLearningSandbox): Promise<string> {
	const { clientId, clientSecret } = platform.credentials;
	const body = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
	return String((await http(platform.url).post('/api/v2/oauth2/token', body)).data.access_token);
}

/** With a token, below `/api/v2`. */
export async function threeSixtyLearningApi(platform: ThreeSixtyLearningSandbox): Promise<AxiosInstance> {
	const token = await threeSixtyLearningToken(platform);
	return http(`${platform.url}/api/v2`, { Authorization: `Bearer ${token}`, '360-api-version': 'v2.0' });
}

/** Status and code, which is what a refusal says to a program. */
export function refusal({ status, data }: AxiosResponse): unknown[] {
	const { error } = data as { error?: { code?: string } | string };
	return [status, typeof error === 'string' ? error : error?.code];
}

export const statusOf = (reply: AxiosResponse): number => reply.status;
