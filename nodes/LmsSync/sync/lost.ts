import type { EmployeeId } from '../../shared/item';
import { LIMITS } from './limits';
import type { Addition, Memory, Touch } from './memory';

/**
 * The memory with what runs have begun that were killed, and so could not leave it themselves. They count for
 * the limits and may be gone on with. Whom the LMS does not show of them they did not come to: that they
 * ended in the middle is known.
 */
export function withLost(memory: Memory, touches: Touch[]): Memory {
	if (touches.length === 0) return memory;
	const added = touches.flatMap(({ at, kind, people }): Addition[] => {
		if (kind !== 'invitations' && kind !== 'creations') return [];
		return [{ at, kind, people: people as EmployeeId[], lost: true }];
	});
	// They may have ended an invitation, to send it to another address or for good.
	const ended = new Set<string>(
		touches.flatMap(({ kind, people }) => (LIMITS[kind].adds || kind === 'deactivations' ? people : [])),
	);
	return {
		...memory,
		touched: [...memory.touched, ...touches],
		added: [...memory.added, ...added],
		open: memory.open.filter((id) => !ended.has(id)),
	};
}
