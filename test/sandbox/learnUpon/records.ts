import type { CustomData } from './customData';
import type { LearnUponOptions } from './options';
import type { Group, Invite, User } from './types';

/** Facts §4, "User object (read)", in the order of the fixtures. */
export function userRecord(user: User, custom: CustomData, version: string | null): Record<string, unknown> {
	const isManager = user.userType === 'manager';
	return {
		id: user.id,
		first_name: user.firstName,
		last_name: user.lastName,
		email: user.email,
		...(user.username === null ? {} : { username: user.username }),
		sign_in_count: user.signInCount,
		number_of_enrollments: 0,
		number_of_enrollments_accessed: 0,
		created_at: user.createdAt,
		...(version === '1.1' || version === '1.2' ? { updated_at: user.updatedAt } : {}),
		last_sign_in_at: user.lastSignInAt,
		account_expires: user.accountExpires,
		sf_user_id: user.sfUserId,
		sf_contact_id: user.sfContactId,
		is_salesforce_contact: 0,
		CustomData: custom.byKey(user.custom),
		customDataFieldValues: custom.byDefinition(user.custom),
		locale: user.language,
		...(version === '1.2' ? { timezone_id: user.timezoneId } : {}),
		enabled: user.enabled,
		user_type: user.userType,
		membership_type: user.membershipType,
		can_enroll: true,
		can_delete_users: false,
		can_unenroll_users: false,
		can_move_groups: false,
		can_mark_complete: false,
		can_act_as_instructor: isManager,
		tutor_can_edit_their_courses: true,
		tutor_can_create_courses: false,
		number_of_points: 0,
		number_of_badges: 0,
	};
}

export function inviteRecord(
	invite: Invite,
	custom: CustomData,
	options: LearnUponOptions,
	origin: string,
): Record<string, unknown> {
	const path = `/accept_invitation/${invite.id.toString(36)}`;
	return {
		id: invite.id,
		first_name: invite.firstName,
		last_name: invite.lastName,
		invite_email_address: invite.email,
		num_reminders_sent: 0,
		group_id: invite.groupId,
		sf_contact_id: invite.sfContactId,
		sf_user_id: invite.sfUserId,
		accept_url: options.acceptUrls === 'absolute' ? `${origin}${path}` : path,
		created_at: invite.createdAt,
		accepted_at: invite.acceptedAt,
		expires_at: invite.expiresAt,
		last_reminder_sent_at: null,
		invite_status: invite.status,
		user_type: invite.userType,
		customDataFieldValues: custom.byDefinition(invite.custom),
	};
}

export function groupRecord({
	id,
	title,
	description,
	createdAt,
	updatedAt,
}: Group): Record<string, unknown> {
	return { id, title, description, created_at: createdAt, updated_at: updatedAt };
}
