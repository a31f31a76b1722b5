import type { Learner, LearnerId } from '../../shared/item';
import { addressKey } from './attribute';

/** Nobody uses it, so an account can wait there until another one has given up its address. */
export const asideAddress = (id: LearnerId): string => `set-aside-${id}@personio-sync.invalid`;

/** An account whose e-mail address is to change. */
export interface Move {
	learner: Learner;
	to: string;
}

export interface MoveOrder {
	/** Moves in the order in which every address is free when it is taken. */
	order: Move[];
	/** Members of rings (two people exchanging addresses): one of each ring is set aside first. */
	park: Set<LearnerId>;
	/** Moves to an address that its owner keeps. */
	blocked: Map<LearnerId, Learner>;
}

/**
 * Orders changes of addresses, since an LMS refuses an address that is still in use: who takes an address
 * comes after the one who leaves it.
 */
export function orderMoves(moves: Move[], learners: Learner[]): MoveOrder {
	// An account outranks an invitation to the same address.
	const ranked = [...learners].sort(
		(a, b) => Number(b.status === 'pending') - Number(a.status === 'pending'),
	);
	const owners = new Map(ranked.map((learner) => [addressKey(learner.email), learner]));
	const pending = new Map(moves.map((move) => [move.learner.id, move]));
	const blocked = new Map<LearnerId, Learner>();
	const ownerOf = ({ learner, to }: Move) => {
		const owner = owners.get(addressKey(to));
		const isOwn = owner?.status === 'pending' && owner.link !== null && owner.link === learner.link;
		return owner?.id === learner.id || isOwn ? undefined : owner;
	};

	// A move is blocked by an owner who stays, and so is a move to the address of somebody blocked.
	for (let before = -1; before !== blocked.size;) {
		before = blocked.size;
		for (const move of [...pending.values()]) {
			const owner = ownerOf(move);
			if (owner && !pending.has(owner.id)) {
				blocked.set(move.learner.id, owner);
				pending.delete(move.learner.id);
			}
		}
	}

	const order: Move[] = [];
	const park = new Set<LearnerId>();
	const place = (start: Move) => {
		const trail: Move[] = [];
		for (let move: Move | undefined = start; move && pending.delete(move.learner.id);) {
			trail.push(move);
			const owner = ownerOf(move);
			move = owner && pending.get(owner.id);
			// Back at the start: a ring, which opens when its first member is set aside.
			if (owner?.id === start.learner.id) park.add(start.learner.id);
		}
		order.push(...trail.reverse());
	};
	for (const move of moves) if (pending.has(move.learner.id)) place(move);
	return { order, park, blocked };
}

/** Whether everybody moves who has to, for somebody who is set aside to get an address in the end. */
export function closesRing(start: Learner, moves: Move[]): boolean {
	const byAddress = new Map(moves.map((move) => [addressKey(move.learner.email), move]));
	const seen = new Set<LearnerId>();
	for (let move = byAddress.get(addressKey(start.email)); move; move = byAddress.get(addressKey(move.to))) {
		if (seen.has(move.learner.id)) return move.learner.id === start.id;
		seen.add(move.learner.id);
	}
	return false;
}
