/** What is unknown about LearnUpon, and what the sandbox does unless told otherwise. */
export interface LearnUponOptions {
	/** 499 was seen where 500 is documented. */
	pageSize: number;
	rateLimits: boolean;
	ratePerMinute: number;
	ratePerWeek: number;
	/** Sliding is the harsher one; the vendor's header speaks of "the current minute". */
	rateWindow: 'sliding' | 'fixed';
	/** 60 makes a documented minute last a second. */
	timeScale: number;
	/** Sends Retry-After with a 429; unknown. */
	retryAfter: boolean;
	/** What clears `account_expires`. The other form is ignored with a 200; under `nothing` both are a 400. */
	expiryClearedBy: 'null' | 'empty' | 'either' | 'nothing';
	/** `onDay` shuts the account when its last day begins (UTC), `dayAfter` when it is over. */
	expiryDisables: 'dayAfter' | 'onDay';
	/** Forms of `enabled` that have an effect; others are ignored with a 200. */
	enabledAccepts: 'both' | 'boolean' | 'string';
	searchFindsDisabled: boolean;
	searchIgnoresCase: boolean;
	/** A search without a hit: 404, or 200 with an empty list. */
	searchMissStatus: 404 | 200;
	/** A custom label that is not defined. */
	unknownCustomField: 'ignore' | 'refuse';
	/** What DELETE leaves of an invite: a record with status canceled, or nothing. */
	deletedInvite: 'canceled' | 'gone';
	/** Inviting somebody who has an account in this portal. */
	inviteExistingUser: 'refuse' | 'accept';
	/** Inviting somebody whose invite is open; 400 and 422 were both met. */
	duplicateInviteStatus: 400 | 422;
	/** Whether `portal_invite` notices an open invite, or sends a second mail. */
	duplicatePortalInvite: 'refuse' | 'second';
	/** `POST /users` for an address with an open invite. The invite stays open if allowed. */
	createWhileInvited: 'allow' | 'refuse';
	/** Adding somebody who is in the group already: a refusal, or the old membership's id. */
	doubleMembershipStatus: 422 | 200;
	titleFilter: 'contains' | 'exact';
	/** Name of the membership id that version 1.1 adds. */
	membershipIdKey: string;
	acceptUrls: 'relative' | 'absolute';
	/** "Allow user creation if user already exists?". */
	allowUsersOfOtherPortals: boolean;
}

export const LEARNUPON_DEFAULTS: LearnUponOptions = {
	pageSize: 499,
	rateLimits: true,
	ratePerMinute: 300,
	ratePerWeek: 500_000,
	rateWindow: 'sliding',
	timeScale: 1,
	retryAfter: false,
	expiryClearedBy: 'null',
	expiryDisables: 'dayAfter',
	enabledAccepts: 'both',
	searchFindsDisabled: false,
	searchIgnoresCase: false,
	searchMissStatus: 404,
	unknownCustomField: 'ignore',
	deletedInvite: 'canceled',
	inviteExistingUser: 'refuse',
	duplicateInviteStatus: 422,
	duplicatePortalInvite: 'refuse',
	createWhileInvited: 'allow',
	doubleMembershipStatus: 422,
	titleFilter: 'contains',
	membershipIdKey: 'membership_id',
	acceptUrls: 'relative',
	allowUsersOfOtherPortals: false,
};
