import { randomBytes } from 'crypto';

import { clock } from '../../../shared/transport/clock';
import { orVendorError, VendorError } from '../../../shared/transport/vendorError';
import type { ExternalId, ExternalIds } from './externalIds';

/** At the group below which a run makes groups at the moment. */
const MAKING = 'personio-n8n-making';

const PAUSE_MS = 500;

/** Whoever has not let go after so long was interrupted. */
const PATIENCE_MS = 30_000;

/**
 * Lets one run at a time make groups. 360Learning takes several groups of the same name, and runs on several
 * workers of n8n have nothing in common but 360Learning itself, where a group has one external ID of a kind:
 * whoever has given it one has the turn.
 */
export class Turn {
	constructor(private readonly externalIds: ExternalIds) {}

	async alone<Result>(group: string, work: () => Promise<Result>): Promise<Result> {
		const turn = await orVendorError(this.take(group));
		try {
			return await work();
		} finally {
			// Without it, the next one loses nothing but time.
			if (turn && !(turn instanceof VendorError))
				await orVendorError(this.externalIds.remove(turn, 'the turn'));
		}
	}

	/** @returns `undefined` where nobody can tell who has it */
	private async take(group: string): Promise<ExternalId | undefined> {
		const wanted = { platform: MAKING, targetId: group, targetType: 'group' };
		let seen: { id: string | undefined; at: number } = { id: undefined, at: clock.now() };
		for (;;) {
			const turn = await this.externalIds.claim({ ...wanted, value: randomBytes(12).toString('hex') });
			if (turn) return turn;
			const [other] = await this.externalIds.find({ platform: MAKING, targetId: group });
			if (other?._id !== seen.id) seen = { id: other?._id, at: clock.now() };
			if (clock.now() - seen.at <= PATIENCE_MS) await clock.sleep(PAUSE_MS);
			else if (other === undefined) return undefined;
			else await this.externalIds.remove(other, 'the turn');
		}
	}
}
