import { randomBytes } from 'node:crypto';
import type { Clock } from '../core/clock';
import type { Inbound, Reply } from '../core/http';
import { contentType, isJsonType, jsonObject } from '../core/http';
import { errorReply, plainError } from './errors';
import type { ThreeSixtyLearningOptions } from './options';
import { isId } from './schema';

const HOUR_SECONDS = 3600;
const PROPERTIES = new Set(['grant_type', 'client_id', 'client_secret', 'user_id', 'company_id']);

const SCOPES = [
	'users:read',
	'users:write',
	'groups:read',
	'groups:write',
	'groups:bulk',
	'customFields:read',
	'customFields:write',
	'externalIds:read',
	'externalIds:write',
	'bulkOperations:read',
] as const;

export type Scope = (typeof SCOPES)[number];

/** Client credentials, the token endpoint and scopes. */
export class ThreeSixtyLearningAuth {
	/** The same at every start: n8n keeps credentials longer than a sandbox lives. */
	readonly credentials = {
		clientId: '6a0f31c2d4e5b69788a1c3d5',
		clientSecret: '360-sandbox-secret-of-no-worth',
	};
	readonly scopes = new Set<Scope>(SCOPES);
	/** Text of a token to the moment it dies. */
	private readonly tokens = new Map<string, number>();
	private revoked = false;

	constructor(
		private readonly clock: Clock,
		private readonly options: ThreeSixtyLearningOptions,
		private readonly isLivingUser: (id: string) => boolean,
	) {}

	expireTokens(): void {
		this.tokens.clear();
	}

	revokeCredentials(): void {
		this.revoked = true;
		this.expireTokens();
	}

	restoreCredentials(): void {
		this.revoked = false;
	}

	isAuthorised({ headers }: Inbound): boolean {
		const text = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
		return (this.tokens.get(text) ?? 0) > this.clock.now().getTime();
	}

	/** All that were given out and not expired by hand. */
	get issued(): string[] {
		return [...this.tokens.keys()];
	}

	/** undefined if the call may go on. */
	missing(scope: Scope): Reply | undefined {
		if (this.scopes.has(scope)) return undefined;
		return this.options.scopeError === 'text'
			? plainError(403, 'invalid_scope')
			: errorReply(403, 'invalid_scope', `The access token lacks the scope ${scope}.`);
	}

	token(request: Inbound): Reply {
		const fields = isJsonType(contentType(request.headers)) ? jsonObject(request.rawBody) : undefined;
		if (!fields || !isSound(fields)) return plainError(400, 'invalid_request');
		if (fields['grant_type'] !== 'client_credentials') return plainError(400, 'unsupported_grant_type');
		const { clientId, clientSecret } = this.credentials;
		if (this.revoked || fields['client_id'] !== clientId || fields['client_secret'] !== clientSecret) {
			return plainError(401, 'invalid_client');
		}
		const user = fields['user_id'];
		if (user !== undefined && !this.isLivingUser(user)) return plainError(400, 'non_existing_user');
		const text = randomBytes(48).toString('base64url');
		this.tokens.set(text, this.clock.now().getTime() + HOUR_SECONDS * 1000);
		const expiresIn = this.options.expiresIn === 'string' ? String(HOUR_SECONDS) : HOUR_SECONDS;
		return { status: 200, body: { token_type: 'Bearer', access_token: text, expires_in: expiresIn } };
	}
}

/** Exactly the documented properties, all of them texts. */
function isSound(fields: Record<string, unknown>): fields is Record<string, string> {
	return (
		Object.entries(fields).every(([key, value]) => PROPERTIES.has(key) && typeof value === 'string') &&
		['grant_type', 'client_id', 'client_secret'].every((key) => key in fields) &&
		['user_id', 'company_id'].every((key) => !(key in fields) || isId(fields[key]))
	);
}
