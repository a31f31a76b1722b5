export type UserStatus = 'active' | 'invited' | 'deleted';
export type Role =
	'admin' | 'analyst' | 'coach' | 'contributor' | 'editor' | 'learner' | 'owner' | 'userAdmin';
export type FieldType = 'string' | 'date';
export type TargetType = 'users' | 'contents';

/** In the words of the vendor, since it leaves out what is not set, as this does. */
export interface User {
	_id: string;
	mail?: string;
	username?: string;
	status: UserStatus;
	lang: string;
	firstName?: string;
	lastName?: string;
	job?: string;
	organization?: string;
	phone?: string;
	/** "Additional information"; no custom field. */
	custom?: string;
	primaryGroupId?: string;
	/** YYYY-MM-DDThh:mm:ss.sssZ */
	toBeDeactivatedAt?: string;
	lastLoginDate?: string;
	deletedAt: string[];
	reactivatedAt: string[];
}

export interface Group {
	_id: string;
	name: string;
	public: boolean;
	/** Absent on the root alone. */
	parentId?: string;
	custom?: string;
	subdomain?: string;
	url?: string;
	privacyPolicy?: object;
	moderationCharter?: object;
	termsOfUse?: object;
	imprint?: object;
}

export interface Membership {
	groupId: string;
	userId: string;
	role: Role;
}

export interface CustomField {
	_id: string;
	name: string;
	targetType: TargetType;
	type: FieldType;
	/** Without any, every value is allowed. */
	authorizedValues: string[];
}

export interface CustomValue {
	customFieldId: string;
	type: FieldType;
	/** Dates are YYYY-MM-DD. */
	value: string;
}

export interface ExternalId {
	_id: string;
	platform: string;
	targetId: string;
	targetType: string;
	value: string;
}

export interface Mail {
	to: string;
	kind: 'invitation' | 'activation' | 'groupAdded';
	at: string;
}

export type BulkStatus = 'pending' | 'queued' | 'running' | 'completed' | 'error';
