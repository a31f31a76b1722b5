import { anyText, flag, id, instant, list, matching, object, oneOf, orNull, text } from './schema';

const LANGUAGES = (
	'bg cs da de el en es fi fr hr ht_HT hu id it ja kar_MM ko lt mh_MH nl nl_BE no pl pt ro ru rw_RW sk sl ' +
	'so_SO sv sw_KE th ti_ET tr uk zh vi'
).split(' ');

const ROLES = ['admin', 'analyst', 'editor', 'coach', 'contributor', 'learner', 'userAdmin'];

export const FIELD_TYPES = ['string', 'date'];
export const FIELD_TARGETS = ['users', 'contents'];

export const MAPPED_TYPES = (
	'attempt classroom classroomAttendance classroomAttendanceSheet classroomSlot classroomSlotRegistration ' +
	'course group learningNeed path pathEnrollment pathSession pathTracking registrationRequest user'
).split(' ');

const language = oneOf(LANGUAGES);
const role = oneOf(ROLES);
const username = matching(
	'made of lowercase letters, digits and some special characters',
	/^[a-z\d_.+#!$%&'*/=?^`{|}~-]+$/,
);

/** POST knows no null: what is not set is left out. */
export const newUser = object(
	{ membership: object({ groupId: id, role }) },
	{
		mail: text,
		username,
		primaryGroupId: id,
		custom: text,
		firstName: text,
		lastName: text,
		job: text,
		lang: language,
		organization: text,
		phone: text,
		toBeDeactivatedAt: instant,
	},
);

export const changedUser = object(
	{},
	{
		firstName: orNull(text),
		lastName: orNull(text),
		phone: orNull(text),
		job: orNull(text),
		organization: orNull(text),
		custom: orNull(text),
		lang: language,
		toBeDeactivatedAt: orNull(instant),
		mail: orNull(text),
		primaryGroupId: orNull(id),
		username: orNull(username),
		profileImageId: orNull(id),
	},
);

/** Texts of any kind: whether a date is one is the field's business. */
export const newValues = object({
	customValues: list(object({ customFieldId: id, type: oneOf(FIELD_TYPES), value: text }), 300),
});

export const newField = object({ name: anyText, targetType: oneOf(FIELD_TARGETS), type: oneOf(FIELD_TYPES) });
export const changedField = object({ name: anyText });
export const newAuthorizedValues = object({ authorizedValues: list(anyText, 300) });

export const newExternalId = object({
	platform: text,
	targetId: id,
	targetType: oneOf(MAPPED_TYPES),
	value: text,
});

const subdomain = matching('a subdomain', /^[a-z\d][a-z\d-]{2,254}$/);
const policy = object({ url: text }, { explicitConsent: flag });

export const newGroup = object(
	{ name: text, public: flag, parentId: id },
	{
		custom: text,
		subdomain,
		url: anyText,
		bannerImageId: id,
		backgroundImageId: id,
		faviconImageId: id,
		logoImageId: id,
		privacyPolicy: policy,
		moderationCharter: policy,
		termsOfUse: policy,
		imprint: policy,
	},
);

export const changedGroup = object(
	{},
	{
		name: text,
		public: flag,
		parentId: id,
		custom: orNull(text),
		subdomain: orNull(subdomain),
		url: orNull(anyText),
		bannerImageId: orNull(id),
		backgroundImageId: orNull(id),
		faviconImageId: orNull(id),
		logoImageId: orNull(id),
		privacyPolicy: orNull(policy),
		moderationCharter: orNull(policy),
		termsOfUse: orNull(policy),
		imprint: orNull(policy),
	},
);

export const bulkItem = object({ userId: id, groupId: id, role });
