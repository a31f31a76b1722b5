import type { EmployeeId, Learner } from '../../shared/item';
import { asideAddress } from './addresses';
import { addressKey } from './attribute';
import { changeTo } from './diff';
import type { DeedToUndo } from './undoDraft';

/**
 * Why an account may be somebody else's by now, `undefined` where it is still the one of the deed. The
 * Personio id tells, and the address where that was changed or there is no id.
 */
export function handedOver(deed: DeedToUndo, learner: Learner): string | undefined {
	const { who, learner: before, changes } = deed;
	const links = [who.id, before.link, linkLeft(deed)];
	if (!links.includes(learner.link)) return otherLink(learner, who.id ?? before.link);
	const tells = learner.link === null || changes.some(({ field }) => field === 'email');
	return tells && !hasKnownAddress(deed, learner) ? otherAddress(learner) : undefined;
}

/** The same of an account whose access would end: it has to be exactly what the deed has left behind. */
export function notToBeEnded(deed: DeedToUndo, learner: Learner): string | undefined {
	const { who, keepsLink, action, changes } = deed;
	if (who.id === undefined) return `The file does not tell whose account ${learner.email} is.`;
	// A run that goes by addresses writes no link, and the address with every new account.
	const isByAddress =
		linkLeft(deed) === null &&
		!keepsLink &&
		(action === 'reactivate' || changes.some(({ field }) => field === 'email'));
	const isLinked = learner.link === who.id || (learner.link === null && isByAddress);
	if (!isLinked) return otherLink(learner, who.id);
	return hasKnownAddress(deed, learner) ? undefined : otherAddress(learner);
}

/** The same of an account that would have access again. A deleted one may have lost its Personio id. */
export function notToComeBack(deed: DeedToUndo, learner: Learner, forgetsLink: boolean): string | undefined {
	const { link } = deed.learner;
	if (learner.link !== link && !(forgetsLink && learner.link === null)) return otherLink(learner, link);
	return learner.email === '' || hasKnownAddress(deed, learner) ? undefined : otherAddress(learner);
}

const linkLeft = ({ changes, learner }: DeedToUndo): EmployeeId | null =>
	(changeTo(changes, 'link') as EmployeeId | null | undefined) ?? learner.link;

function hasKnownAddress({ changes, learner: before }: DeedToUndo, { id, email }: Learner): boolean {
	const given = changes.flatMap(({ field, to }) => (field === 'email' && to ? [String(to)] : []));
	return [before.email, ...given, asideAddress(id)].map(addressKey).includes(addressKey(email));
}

function otherLink({ email, link }: Learner, expected: EmployeeId | null): string {
	const carries = link === null ? 'no Personio ID' : `the Personio ID ${link}`;
	return `${email} carries ${carries} by now, and not ${expected ?? 'none'}, so it may be the account of somebody else. Nothing is changed in it. Look it up in the LMS, and change it there by hand, if wanted.`;
}

const otherAddress = ({ email }: Learner): string =>
	`The address was changed since, and stays "${email}". It may be the account of somebody else by now, so nothing is changed in it. Look it up in the LMS, and change it there by hand, if wanted.`;
