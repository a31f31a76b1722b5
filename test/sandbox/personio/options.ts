/** What is unknown about Personio, or differs between tenants, and what the sandbox makes of it. */
export interface PersonioOptions {
	/** v1 list: largest page. 100 since 2025-01. */
	v1MaxLimit: number;
	v1DefaultLimit: number;
	/** Status of the answer to a limit beyond the largest; unknown. */
	v1OverLimitStatus: number;
	v2MaxLimit: number;
	v2DefaultLimit: number;
	rateLimits: boolean;
	/** 60 makes a documented minute last a second. */
	timeScale: number;
	/** Sends Retry-After with a 429. Not seen in practice. */
	retryAfter: boolean;
	/** Zone in which `updated_since`, which carries none, is read; unknown. */
	updatedSinceZone: string;
	/** Whether `updated_since` may carry a zone; the documented format has none. */
	updatedSinceAcceptsZone: boolean;
	/** Changes show in `updated_since` only after this time; about 45 were seen. */
	updatedSinceLagMinutes: number;
	/** How an unset value looks in v1. */
	emptyValues: 'mixed' | 'null' | 'emptyString';
	/** How tags are written in v1. */
	tagsForm: 'mixed' | 'comma' | 'json';
	/** How v1 writes dates; other forms appear in spec examples. */
	dateForm: 'rfc3339' | 'compactOffset' | 'plain' | 'mixed';
	/** What v1 tells of a supervisor: everything, the id alone, or now this, now that. */
	supervisorDetail: 'mixed' | 'full' | 'idOnly';
	labels: 'en' | 'de';
	/** Further office names and their zones; unknown offices are in Europe/Berlin. */
	officeZones: Record<string, string>;
	emailFilterIgnoresCase: boolean;
	/** v2 token endpoint, wrong secret: 400 by the spec, 401 seen in a client's mock. */
	wrongSecretStatus: 400 | 401;
	/** org-units, workplaces and cost-centers answer 404 without `Beta: true`, as until mid 2026. */
	workplacesNeedBetaHeader: boolean;
	/** Whether a v2 token opens v1: yes by two clients, no vendor statement. */
	v2TokenOnV1: boolean;
	/** Whether a cursor remembers filters and limit, or only the position; undocumented. */
	cursors: 'carryQuery' | 'positionOnly';
	/** Query parameters that v2 does not know. */
	unknownQuery: 'refuse' | 'ignore';
	/** Whether a change of the employment moves the person's `updated_at`; unknown. */
	employmentChangesBumpPerson: boolean;
	customAttributeIds: 'hashed' | 'plain';
	customLabels: boolean;
	/** How unset fields look in v2. */
	unsetFields: 'mixed' | 'null' | 'absent';
	/** Schema says last_working_day, examples last_working_date. */
	lastWorkingKey: 'mixed' | 'last_working_day' | 'last_working_date';
}

export const PERSONIO_DEFAULTS: PersonioOptions = {
	v1MaxLimit: 100,
	v1DefaultLimit: 50,
	v1OverLimitStatus: 400,
	v2MaxLimit: 50,
	v2DefaultLimit: 10,
	rateLimits: true,
	timeScale: 1,
	retryAfter: false,
	updatedSinceZone: 'UTC',
	updatedSinceAcceptsZone: false,
	updatedSinceLagMinutes: 0,
	emptyValues: 'mixed',
	tagsForm: 'mixed',
	dateForm: 'rfc3339',
	supervisorDetail: 'mixed',
	labels: 'en',
	officeZones: {},
	emailFilterIgnoresCase: false,
	wrongSecretStatus: 400,
	workplacesNeedBetaHeader: false,
	v2TokenOnV1: true,
	cursors: 'carryQuery',
	unknownQuery: 'refuse',
	employmentChangesBumpPerson: false,
	customAttributeIds: 'hashed',
	customLabels: false,
	unsetFields: 'mixed',
	lastWorkingKey: 'mixed',
};
