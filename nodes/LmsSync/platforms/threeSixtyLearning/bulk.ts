import type { LearnerId } from '../../../shared/item';
import { headerOf } from '../../../shared/transport/vendor';
import { clock } from '../../../shared/transport/clock';
import { orVendorError, VendorError } from '../../../shared/transport/vendorError';
import { isRecord } from '../../sync/form';
import type { ThreeSixtyClient } from './client';
import { BUSINESS, refusalOf } from './refusals';

/**
 * From so many memberships on, a bulk operation is faster than single calls: ten of those can be made in a
 * second, and an operation takes a few seconds from its submission to its results.
 */
export const BULK_FROM = 50;

/** At most so many memberships in one operation. */
const LARGEST = 20_000;

const FIRST_LOOK_MS = 500;
const LONGEST_PAUSE_MS = 5_000;
const LONGEST_WAIT_MS = 10 * 60_000;

export interface Membership {
	userId: LearnerId;
	groupId: string;
}

interface Operation {
	status?: 'pending' | 'queued' | 'running' | 'completed' | 'error';
}

interface Result {
	input?: Partial<Membership>;
	status?: 'success' | 'error';
}

export const keyOf = ({ userId, groupId }: Partial<Membership>): string => `${userId} ${groupId}`;

/**
 * Adds or removes many learners by operations that 360Learning carries out in its own time.
 *
 * @returns the memberships that are done, by their key. What is missing there was refused, or could not be
 * done in bulk with this credential, and is to be done by a call of its own, which tells the reason.
 */
export async function changeInBulk(
	client: ThreeSixtyClient,
	method: 'POST' | 'DELETE',
	memberships: Membership[],
): Promise<Set<string>> {
	const done = new Set<string>();
	for (let at = 0; at < memberships.length; at += LARGEST) {
		const results = await orVendorError(operation(client, method, memberships.slice(at, at + LARGEST)));
		if (results instanceof VendorError) return done;
		for (const { input, status } of results) {
			if (isRecord(input) && status === 'success') done.add(keyOf(input));
		}
	}
	return done;
}

async function operation(
	client: ThreeSixtyClient,
	method: 'POST' | 'DELETE',
	memberships: Membership[],
): Promise<Result[]> {
	const answer = await client.request({
		method,
		path: '/bulk/groups/memberships',
		body: { input: memberships.map((each) => ({ ...each, role: 'learner' })) },
		// Not granted, three under way already, or not open: then there are single calls.
		accept: [...BUSINESS, 403, 429, 503],
	});
	const path = /\/bulk\/operations\/[\da-f]+/i.exec(headerOf(answer.headers, 'location') ?? '')?.[0];
	if (refusalOf(answer) !== undefined || path === undefined) return [];
	const deadline = clock.now() + LONGEST_WAIT_MS;
	for (let pause = FIRST_LOOK_MS; clock.now() < deadline; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
		await clock.sleep(pause);
		const { status } = (await client.get(path)) as Operation;
		// An operation that ended with an error may have results all the same.
		if (status === 'completed' || status === 'error') {
			return await client.list<Result>(`${path}/results`, 'the results of a bulk operation');
		}
	}
	return [];
}
