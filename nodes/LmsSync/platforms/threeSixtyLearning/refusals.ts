import type { VendorResponse } from '../../../shared/transport/vendor';
import { VendorError } from '../../../shared/transport/vendorError';
import { codeOf } from './client';

/** What the documented refusals mean to an operator. */
const REMEDIES: Record<string, string> = {
	analystUnavailable: 'The role is not part of this 360Learning.',
	bulkAPIDisabled: 'Ask 360Learning to open the bulk API.',
	customFieldLimitReached: 'Delete a custom field in 360Learning, or take one out of "Field Mapping".',
	customFieldNotFound: 'A custom field was deleted meanwhile. Run again.',
	deactivationDateInvalid: 'The last day is over meanwhile. Run again.',
	groupNotFound: 'A group was deleted meanwhile. Run again, and check "Root Group".',
	invalidName: '360Learning does not take this name. Choose another one.',
	loginIdentifierMultipleUsersFound:
		'Address and user name belong to two accounts. Merge them in 360Learning.',
	mailAlreadyUsed: 'Another account has this address. Change or remove it in 360Learning.',
	mailInvalid: 'Correct the address in Personio.',
	mailUsedTooManyTimes: 'Several accounts have this address. Keep one of them in 360Learning.',
	managerDeleted: 'The account of the manager was deleted meanwhile. Run again.',
	managerNotFound: 'The account of the manager is gone. Run again.',
	maxGroupsLimitReached: 'There are too many groups. Delete some in 360Learning.',
	nameAlreadyTaken: 'A custom field of another kind has this name. Rename it in 360Learning.',
	notMemberOfPrimaryGroup: 'Choose another primary group for the account in 360Learning.',
	ownerDeactivationNotAllowed: 'The account owns the platform. Hand the ownership over first.',
	parentGroupNotFound: 'The group above was deleted meanwhile. Run again.',
	reservedPlatformName: 'Choose another "External ID Name" in the options of the plan.',
	unauthorizedValue: 'A field takes the values of a list only. Add the value to it in 360Learning.',
	userDeleted: 'The account was deleted meanwhile. Run again.',
	userIsCompanyOwner: 'The account owns the platform. Hand the ownership over first.',
	userNotFound: 'The account is gone. Run again.',
	valueAlreadyUsed: 'Another account carries this Personio id. Take it off there.',
	wrongTypeValue: 'The field takes another kind of value. Map another attribute or another field.',
};

/** Statuses by which 360Learning refuses for a reason of the business. */
export const BUSINESS = [400, 404, 409];

/** The answer of a call that accepts business refusals: `undefined` if it was not refused. */
export const refusalOf = ({ status, body }: VendorResponse): string | undefined =>
	status < 300 ? undefined : (codeOf(body) ?? `HTTP ${status}`);

/** @param whom the address or name that the call was about */
export function refused(whom: string, answer: VendorResponse): VendorError {
	const code = refusalOf(answer) ?? '';
	const words = (answer.body as { error?: { message?: unknown } } | undefined)?.error?.message;
	return new VendorError(
		`360Learning refused ${whom}: ${code}${typeof words === 'string' && words !== '' ? ` (${words})` : ''}`,
		{ remedy: REMEDIES[code] ?? 'Correct the value in Personio or in 360Learning.', status: answer.status },
	);
}
