import { Refusal } from './errors';
import type { Group } from './types';

const IMAGES = ['bannerImageId', 'backgroundImageId', 'faviconImageId', 'logoImageId'];

const NOT_ON_PUBLIC_GROUPS = {
	url: 'noCustomUrlOnPublicGroup',
	imprint: 'noImprintOnPublicGroup',
	moderationCharter: 'noModerationCharterOnPublicGroup',
	privacyPolicy: 'noPrivacyPolicyOnPublicGroup',
	subdomain: 'noSubdomainOnPublicGroup',
	termsOfUse: 'noTermsOfUseOnPublicGroup',
} as const;

/** What only private groups may have. There is no media in the sandbox. */
export function checkBranding(group: Omit<Group, '_id'> & { _id?: string }, all: Iterable<Group>): void {
	if (IMAGES.some((key) => key in group)) {
		throw new Refusal(400, 'mediaNotFound', 'The media does not exist.');
	}
	for (const [key, code] of Object.entries(NOT_ON_PUBLIC_GROUPS)) {
		if (group.public && key in group) throw new Refusal(400, code, `A public group cannot have ${key}.`);
	}
	if (group.subdomain === undefined) return;
	for (const other of all) {
		if (other._id !== group._id && other.subdomain === group.subdomain) {
			throw new Refusal(400, 'subdomainUnavailable', `The subdomain ${group.subdomain} is not available.`);
		}
	}
}
