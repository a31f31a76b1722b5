export type ListName =
	| 'users'
	| 'groups'
	| 'customFields'
	| 'externalIds'
	| 'groupRoles'
	| 'userRoles'
	| 'managers'
	| 'subordinates'
	| 'bulkOperations';

/** What is unknown about 360Learning, or differs between platforms, and what the sandbox makes of it. */
export interface ThreeSixtyLearningOptions {
	/** Smaller pages than the documented ones: one size for all lists, or some of them. */
	pageSizes: number | Partial<Record<ListName, number>>;
	rateLimits: boolean;
	readsPerSecond: number;
	writesPerSecond: number;
	/** 10 makes the documented second last a tenth. Also for `bulkMs`. */
	timeScale: number;
	/** Sends Retry-After with a 429; none is documented. */
	retryAfter: boolean;
	/** A string in every sample of the vendor, a number in the schema. */
	expiresIn: 'string' | 'number';
	/** The body of a 403: as in the schema, or `{"error":"invalid_scope"}` as in the guide. */
	scopeError: 'object' | 'text';
	/** Business errors: `{"error":{"code","message"}}` as in the schema, or what is inside as a guide has it. */
	errorShape: 'nested' | 'flat';
	/** A call without the version header, which is required. */
	missingVersion: 'refuse' | 'ignore';
	/** Query parameters that are not documented. */
	unknownQuery: 'refuse' | 'ignore';
	/** Whether `mail%5Beq%5D` is `mail[eq]`, or a parameter that is not documented, as one client found. */
	encodedBrackets: 'unknown' | 'same';
	/** Properties of a body that are not documented; the token endpoint refuses them anyway. */
	unknownProperties: 'refuse' | 'ignore';
	/** A body where none is documented. */
	unexpectedBody: 'refuse' | 'ignore';
	/** Whether a user list without a filter on the status has the deleted ones. */
	listHasDeleted: boolean;
	/** Whether filters on `mail` and `username` mind the case. */
	mailFilter: 'exact' | 'ignoreCase';
	/** Whether addresses come back as they were typed. */
	mailCase: 'kept' | 'lowered';
	/** Whether addresses that differ in nothing but the case are one and the same. */
	mailUniqueness: 'ignoreCase' | 'exact';
	/** `POST /users` for somebody who is still invited: a refusal, or 200 and the mail once more. */
	repeatedInvitation: 'refused' | 'sentAgain';
	/** Whether other fields than the membership count when `POST /users` restores somebody. */
	restoreAppliesBody: boolean;
	/** A deleted user's managers, and whom they managed: gone by the help centre, kept by the v1 text. */
	restoreKeepsManagers: boolean;
	/** `DELETE` of somebody who is deleted. */
	deleteOfDeleted: 'notFound' | 'accepted';
	/** `POST` of a role that somebody has already. */
	repeatedRole: 'accepted' | 'refused';
	/** `POST` of a manager who is one already. */
	repeatedManager: 'accepted' | 'refused';
	/** Learners of a public group join those above it: so in the user interface, not said of the API. */
	learnersReachUp: boolean;
	/** Taking the last role in the last group from somebody. The user interface says that this deletes. */
	lastMembership: 'deletesUser' | 'refuses' | 'allowed';
	/** `toBeDeactivatedAt`: the account ends at 00:00 UTC on that day, or at that very moment. */
	deactivation: 'startOfDay' | 'instant';
	/** How many hours ahead of UTC the zone of that 00:00 is; not published. */
	deactivationZoneHours: number;
	/** Whether `PUT /users/{id}/activate` sends a mail. */
	activateSendsMail: boolean;
	/** Whether being added to a group sends a mail, other than with `POST /users`. */
	groupSendsMail: boolean;
	/** How many looks at a bulk operation find it unfinished. */
	bulkPolls: number;
	/** Finishes bulk operations after this time instead, in real milliseconds. */
	bulkMs: number | undefined;
	bulkDisabled: boolean;
	bulkConcurrency: number;
	/** The list is not published. The case does not count. */
	reservedPlatforms: string[];
	/** The hard limit by the v1 text. */
	maxGroups: number;
	/** Not published; 300 values fit into one call. */
	maxCustomFields: number;
	/** A company's own choice. */
	usernamesAllowed: boolean;
	/** Whether the company has the role. */
	analystRole: boolean;
	/** Whether custom fields of contents are switched on. */
	contentFields: boolean;
}

export const THREE_SIXTY_LEARNING_DEFAULTS: ThreeSixtyLearningOptions = {
	pageSizes: {},
	rateLimits: true,
	readsPerSecond: 50,
	writesPerSecond: 10,
	timeScale: 1,
	retryAfter: false,
	expiresIn: 'string',
	scopeError: 'object',
	errorShape: 'nested',
	missingVersion: 'refuse',
	unknownQuery: 'refuse',
	encodedBrackets: 'unknown',
	unknownProperties: 'refuse',
	unexpectedBody: 'refuse',
	listHasDeleted: true,
	mailFilter: 'exact',
	mailCase: 'kept',
	mailUniqueness: 'ignoreCase',
	repeatedInvitation: 'refused',
	restoreAppliesBody: false,
	restoreKeepsManagers: false,
	deleteOfDeleted: 'notFound',
	repeatedRole: 'accepted',
	repeatedManager: 'accepted',
	learnersReachUp: true,
	lastMembership: 'deletesUser',
	deactivation: 'startOfDay',
	deactivationZoneHours: 0,
	activateSendsMail: true,
	groupSendsMail: true,
	bulkPolls: 2,
	bulkMs: undefined,
	bulkDisabled: false,
	bulkConcurrency: 3,
	reservedPlatforms: ['Personio', 'BambooHR', 'Workday', 'SAP SuccessFactors', 'Cornerstone', 'Oracle'],
	maxGroups: 30_000,
	maxCustomFields: 300,
	usernamesAllowed: true,
	analystRole: true,
	contentFields: true,
};
