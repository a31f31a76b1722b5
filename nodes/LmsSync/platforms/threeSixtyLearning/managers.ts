import type { LearnerId, ManagerChange } from '../../../shared/item';
import { learnerId } from '../../../shared/item';
import { mapParallel } from '../../../shared/transport/parallel';
import { pathTo } from '../../../shared/transport/path';
import { orVendorError, VendorError } from '../../../shared/transport/vendorError';
import { READS_AT_ONCE, isText, type ThreeSixtyClient } from './client';
import type { ExternalIds } from './externalIds';
import { BUSINESS, refusalOf, refused } from './refusals';

/** Who reports to whom. An account can have several managers. */
export class Managers {
	constructor(
		private readonly client: ThreeSixtyClient,
		private readonly externalIds: ExternalIds,
	) {}

	/** A call for each manager. */
	async reportsOf(managers: LearnerId[]): Promise<Map<LearnerId, Set<LearnerId>>> {
		const found = await mapParallel(managers, READS_AT_ONCE, async (manager) => {
			return [manager, new Set(await this.reportsTo(manager))] as const;
		});
		return new Map(found);
	}

	async reportsTo(manager: LearnerId): Promise<LearnerId[]> {
		const path = pathTo`/users/${manager}/subordinates`;
		const found = await this.client.list<string>(path, `the people who report to ${manager}`, {
			isItem: isText,
		});
		return found.map(learnerId);
	}

	/** Sets the new manager, then takes away the one that the sync has set before. */
	async replace(learner: LearnerId, whom: string, change: ManagerChange): Promise<void> {
		const { label, from, to, toName, isThere } = change;
		if (to !== null && !isThere) {
			const manager = await this.accountOf(label, to);
			if (manager === undefined) {
				throw new VendorError(`The manager ${toName ?? to} has no account in 360Learning yet.`, {
					remedy: 'Run again once the account is there.',
				});
			}
			await this.add(learner, manager, whom);
		}
		const former = from === null ? undefined : await this.accountOf(label, from);
		if (former !== undefined) await this.remove(learner, former, whom);
	}

	async of(learner: LearnerId): Promise<LearnerId[]> {
		const path = pathTo`/users/${learner}/managers`;
		const found = await this.client.list<string>(path, `the managers of ${learner}`, { isItem: isText });
		return found.map(learnerId);
	}

	async add(learner: LearnerId, manager: string, whom: string): Promise<void> {
		const isSet = async () => (await this.of(learner)).includes(learnerId(manager));
		const outcome = await this.client.post(
			{ path: pathTo`/users/${learner}/managers/${manager}`, accept: BUSINESS },
			async () => (await isSet()) || undefined,
		);
		if ('found' in outcome || refusalOf(outcome.answer) === undefined) return;
		// What is answered about somebody who is the manager already is not documented.
		if ((await orVendorError(isSet())) === true) return;
		throw refused(`the manager of ${whom}`, outcome.answer);
	}

	private async remove(learner: LearnerId, manager: string, whom: string): Promise<void> {
		const answer = await this.client.request({
			method: 'DELETE',
			path: pathTo`/users/${learner}/managers/${manager}`,
			accept: BUSINESS,
		});
		const refusal = refusalOf(answer) ?? '';
		if (['', 'managerNotAssignedToUser', 'managerNotFound'].includes(refusal)) return;
		throw refused(`the former manager of ${whom}`, answer);
	}

	/** The account may only have been made in this run, so its link is looked up now. */
	private async accountOf(platform: string, employee: string): Promise<string | undefined> {
		const listed = await this.externalIds.ownerOf(platform, employee);
		if (listed !== undefined) return listed;
		// The list may have had a gap, and a manager must not be forgotten.
		const [found] = await this.externalIds.find({ platform, type: 'user', value: employee });
		return found?.targetId;
	}
}
