import type { Gap } from '../../shared/item';
import { mapParallel } from '../../shared/transport/parallel';
import { inQuery } from '../../shared/transport/path';
import { orVendorError, VendorError } from '../../shared/transport/vendorError';
import { currentEmployment, type V2Employment, type V2Person } from '../employee/v2';
import { status, text } from '../employee/values';
import { counted } from '../roster';
import type { PersonioClient } from './client';
import { isOver, OUT_OF_TIME, withRemedy, type ReadRequest } from './reader';
import { readPages } from './v2Pages';

export const PERSONS = '/v2/persons';
/** There is no bulk read of employments: one call for each person. */
const AT_ONCE = 8;
/** How many people are named in a sentence. */
const EXAMPLES = 3;

/** A person with what could be read of the employments: `undefined` where that failed. */
export interface Found {
	person: V2Person;
	employment: V2Employment | null | undefined;
}

/** The employment of each person that counts. Those that cannot be read are unknown, and `gaps` says so. */
export async function readEmployments(
	client: PersonioClient,
	persons: V2Person[],
	{ deadline }: ReadRequest,
	gaps: Gap[],
): Promise<Found[]> {
	const failures: string[] = [];
	let outOfTime = false;
	// Every call without the right to it would cost a login.
	let forbidden = false;
	const found = await mapParallel(persons, AT_ONCE, async (person): Promise<Found> => {
		const unread: Found = { person, employment: undefined };
		outOfTime ||= isOver(deadline);
		if (outOfTime || forbidden) return unread;
		const id = text(person.id) ?? '';
		const path = `${PERSONS}/${inQuery(id)}/employments`;
		const listed = await orVendorError(readPages<V2Employment>(client, { path, what: 'employments' }));
		if (listed instanceof VendorError) {
			const isGone = listed.status === 404;
			failures.push(`${id}: ${isGone ? 'Deleted since the list was read.' : withRemedy(listed)}`);
			forbidden ||= listed.status === 401 || listed.status === 403;
			return unread;
		}
		const employment = currentEmployment(listed.items);
		const doubt = listed.gaps[0]?.message ?? contradiction(person, employment, listed.items);
		if (doubt === undefined) return { person, employment };
		failures.push(`${id}: ${doubt}`);
		return unread;
	});
	if (outOfTime && !gaps.includes(OUT_OF_TIME)) gaps.push(OUT_OF_TIME);
	if (failures.length > 0) {
		const unread = found.filter(({ employment }) => employment === undefined).length;
		const more = unread > EXAMPLES ? ' …' : '';
		gaps.push({
			code: 'employmentMissing',
			message: `The employment of ${counted(unread, 'person')} could not be read, so it is not known whether they are still with the company (${failures.slice(0, EXAMPLES).join(' ')}${more}). Run again.`,
		});
	}
	return found;
}

/**
 * Why the employments that came cannot be all, or not those of today: an old one alone would make a
 * leaver of somebody who came back.
 */
function contradiction(
	person: V2Person,
	current: V2Employment | null,
	employments: V2Employment[],
): string | undefined {
	const delivered = new Set(employments.map(({ id }) => text(id)));
	const named = Array.isArray(person.employments) ? person.employments : [];
	const missing = named.filter((each) => text(each?.id) && !delivered.has(text(each?.id)));
	if (missing.length > 0) return `${missing.length} of ${named.length} employments did not come.`;
	if (current && status(current.status) === 'inactive' && status(person.status) === 'active') {
		return 'The person is active, and every employment has ended.';
	}
	return undefined;
}
