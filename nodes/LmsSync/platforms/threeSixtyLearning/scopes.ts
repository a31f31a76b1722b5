/** Which scope a route needs, by the vendor's reference. The first that fits counts. */
const SCOPES: Array<[route: RegExp, reading: string, writing: string]> = [
	[/^\/bulk\/groups\/memberships/, 'groups:bulk', 'groups:bulk'],
	[/^\/bulk\/operations/, 'bulkOperations:read', 'bulkOperations:read'],
	// The values of a person belong to the person, their definitions do not.
	[/^\/users/, 'users:read', 'users:write'],
	[/^\/groups/, 'groups:read', 'groups:write'],
	[/^\/custom-fields/, 'customFields:read', 'customFields:write'],
	[/^\/external-ids/, 'externalIds:read', 'externalIds:write'],
];

/** @param path from the host on, e.g. `/api/v2/users` */
export function scopeOf(method: string, path: string): string | undefined {
	const route = path.replace(/^\/api\/v2/, '');
	const found = SCOPES.find(([pattern]) => pattern.test(route));
	return found && (method === 'GET' ? found[1] : found[2]);
}
