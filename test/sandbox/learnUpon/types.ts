export type UserType = 'learner' | 'instructor' | 'manager' | 'admin';
export type InviteStatus = 'sent' | 'accepted' | 'rejected' | 'canceled';

export interface User {
	id: number;
	email: string;
	username: string | null;
	firstName: string | null;
	lastName: string | null;
	language: string;
	timezoneId: string | null;
	enabled: boolean;
	userType: UserType;
	/** YYYY-MM-DD */
	accountExpires: string | null;
	/** By label. Text and dates are strings, numbers are numbers. */
	custom: Record<string, string | number>;
	changePasswordOnFirstLogin: boolean;
	membershipType: string;
	sfContactId: string | null;
	sfUserId: string | null;
	signInCount: number;
	lastSignInAt: string | null;
	createdAt: string;
	updatedAt: string;
}

export interface Invite {
	id: number;
	email: string;
	firstName: string | null;
	lastName: string | null;
	groupId: number | null;
	userType: UserType;
	/** End of the account that comes of it, YYYY-MM-DD. */
	expiresAt: string | null;
	custom: Record<string, string | number>;
	status: InviteStatus;
	createdAt: string;
	acceptedAt: string | null;
	sfContactId: string | null;
	sfUserId: string | null;
}

export interface Group {
	id: number;
	title: string;
	description: string;
	ssoSync: boolean;
	createdAt: string;
	updatedAt: string;
}

export interface Membership {
	id: number;
	groupId: number;
	userId: number;
}

export interface GroupManager extends Membership {
	canCreateUsers: boolean;
	createdAt: string;
}

export interface CustomField {
	id: number;
	/** 1 string, 2 decimal, 3 integer, 4 to 6 a choice of these, 7 date. */
	typeId: number;
	label: string;
	predefinedValues: string[] | null;
}
