import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../core/clock';
import type { Inbound, Reply } from '../core/http';
import { contentType, FORM_TYPE, isJsonType, jsonObject } from '../core/http';
import { v1Error } from './errors';
import type { PersonioOptions } from './options';

const DAY_SECONDS = 86_400;
const V2_SCOPES = ['personio:persons:read', 'personio:reports:read'];
const V1_SCOPE = 'employees:read';
const OTHER_GRANTS = new Set(['authorization_code', 'refresh_token', 'password', 'implicit']);

interface Token {
	text: string;
	version: 1 | 2;
	expiresAt: number;
}

/** Client credentials and both token endpoints. */
export class PersonioAuth {
	/** The same at every start: n8n keeps credentials longer than a sandbox lives. */
	readonly credentials = {
		clientId: 'papi-5a4db0c5-0000-4000-8000-000000000001',
		clientSecret: 'papi-sandbox-secret-of-no-worth',
	};
	private tokens: Token[] = [];
	private revoked = false;

	constructor(
		private readonly clock: Clock,
		private readonly options: PersonioOptions,
	) {}

	expireTokens(): void {
		this.tokens = [];
	}

	revokeCredentials(): void {
		this.revoked = true;
		this.expireTokens();
	}

	restoreCredentials(): void {
		this.revoked = false;
	}

	/** 'none' without a Bearer header; otherwise whether the token opens the given API version. */
	check(request: Inbound, version: 1 | 2): 'ok' | 'none' | 'refused' {
		const header = request.headers.authorization;
		if (header === undefined) return 'none';
		const text = /^Bearer (\S+)$/.exec(header)?.[1];
		const token = this.alive().find((known) => known.text === text);
		if (!token) return 'refused';
		const crossing = version === 1 && token.version === 2 && this.options.v2TokenOnV1;
		return token.version === version || crossing ? 'ok' : 'refused';
	}

	v1(request: Inbound): Reply {
		const inQuery = request.query.has('client_id') || request.query.has('client_secret');
		if (inQuery) return v1Error(403, 'Credentials in the query string are no longer accepted');
		const type = contentType(request.headers);
		if (isJsonType(type) && request.rawBody !== '' && jsonObject(request.rawBody) === undefined) {
			return v1Error(400, 'The request body is not valid JSON');
		}
		const fields = isJsonType(type) ? jsonObject(request.rawBody) : form(request);
		if (!this.accepts(fields?.['client_id'], fields?.['client_secret'])) {
			return v1Error(403, 'Wrong credentials', 0);
		}
		// The same token for the same credential as long as it lives.
		const token = this.alive().find(({ version }) => version === 1) ?? this.issue(1);
		const data = { token: token.text, expires_in: this.secondsLeft(token), scope: V1_SCOPE };
		return { status: 200, body: { success: true, data } };
	}

	v2(request: Inbound): Reply {
		if (contentType(request.headers) !== FORM_TYPE) {
			return this.refuse('invalid_request', 'The content type must be "application/x-www-form-urlencoded".');
		}
		const { grant_type: grant, client_id: id, client_secret: secret, scope } = form(request) ?? {};
		if (!grant) {
			const meta = { missing_parameters: ['grant_type'] };
			return this.refuse('invalid_request', 'A required parameter is missing.', meta);
		}
		if (grant !== 'client_credentials') {
			return grant.startsWith('urn:') || OTHER_GRANTS.has(grant)
				? this.refuse('unsupported_grant_type', 'This grant type is not supported.', { grant_type: grant })
				: this.refuse('invalid_grant', 'This is no grant type.');
		}
		if (!id || !secret || id !== this.credentials.clientId) {
			return this.refuse('invalid_client', 'Client authentication failed.');
		}
		if (!this.accepts(id, secret)) {
			const refusal = this.refuse('unauthorized_client', 'The credentials were not correct.');
			return { ...refusal, status: this.options.wrongSecretStatus };
		}
		const asked = scope ? scope.split(' ') : V2_SCOPES;
		if (asked.some((name) => !V2_SCOPES.includes(name))) {
			return this.refuse('invalid_scope', 'One of the requested scopes is invalid.');
		}
		const token = this.issue(2);
		const body = { access_token: token.text, expires_in: DAY_SECONDS, token_type: 'Bearer' };
		return { status: 200, body: { ...body, scope: asked.join(' ') } };
	}

	revoke(request: Inbound): Reply {
		const text = form(request)?.['token'];
		if (!text) return this.refuse('invalid_request', 'A required parameter is missing.');
		this.tokens = this.tokens.filter((token) => token.text !== text);
		return { status: 200 };
	}

	private refuse(error: string, description: string, meta?: object): Reply {
		return {
			status: 400,
			type: 'application/problem+json',
			body: {
				timestamp: this.clock.now().toISOString(),
				trace_id: randomUUID(),
				error,
				error_description: description,
				error_uri: `https://developer.personio.de/reference/errors#credentials.oauth2.${error}`,
				...(meta ? { meta } : {}),
			},
		};
	}

	private accepts(id: unknown, secret: unknown): boolean {
		const { clientId, clientSecret } = this.credentials;
		return !this.revoked && id === clientId && secret === clientSecret;
	}

	private issue(version: 1 | 2): Token {
		const text = `papi-${randomBytes(48).toString('base64url')}`;
		const token: Token = { text, version, expiresAt: this.clock.now().getTime() + DAY_SECONDS * 1000 };
		this.tokens = [...this.alive(), token];
		return token;
	}

	private alive(): Token[] {
		const now = this.clock.now().getTime();
		return this.tokens.filter(({ expiresAt }) => expiresAt > now);
	}

	private secondsLeft(token: Token): number {
		return Math.round((token.expiresAt - this.clock.now().getTime()) / 1000);
	}
}

function form(request: Inbound): Record<string, string> | undefined {
	if (contentType(request.headers) !== FORM_TYPE) return undefined;
	return Object.fromEntries(new URLSearchParams(request.rawBody));
}
