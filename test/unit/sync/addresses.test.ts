import type { Learner } from '../../../nodes/shared/item';
import { orderMoves } from '../../../nodes/LmsSync/sync/addresses';
import { accountOf, anEmployee, lmsOnly } from './builders';

/** Accounts at a@, b@, c@ … and moves between their addresses. */
const at = (letter: string) => `${letter}@acme.example`;
const account = (letter: string): Learner =>
	accountOf(anEmployee(letter.charCodeAt(0)), { email: at(letter) });

function ordered(moves: string[], others: Learner[] = []) {
	const pairs = moves.map((move) => move.split('→') as [string, string]);
	const learners = new Map(pairs.map(([from]) => [from, account(from)]));
	const nameOf = (learner: Learner | undefined) => learner?.email.split('@')[0];
	const result = orderMoves(
		pairs.map(([from, to]) => ({ learner: learners.get(from) as Learner, to: at(to) })),
		[...learners.values(), ...others],
	);
	const byId = (id: string) => nameOf([...learners.values()].find((learner) => learner.id === id));
	return {
		order: result.order.map(({ learner }) => nameOf(learner)).join(''),
		park: [...result.park].map(byId).join(''),
		blocked: Object.fromEntries([...result.blocked].map(([id, owner]) => [byId(id), nameOf(owner)])),
	};
}

describe('changes of addresses', () => {
	it('to free addresses keep their order', () => {
		expect(ordered(['a→x', 'b→y'])).toEqual({ order: 'ab', park: '', blocked: {} });
	});

	it.each([[['a→b', 'b→c', 'c→x']], [['c→x', 'b→c', 'a→b']], [['b→c', 'a→b', 'c→x']]])(
		'in a chain (%j) start with the one whose new address is free',
		(moves) => {
			expect(ordered(moves)).toEqual({ order: 'cba', park: '', blocked: {} });
		},
	);

	it('of two people who swap are opened by setting one aside', () => {
		expect(ordered(['a→b', 'b→a'])).toEqual({ order: 'ba', park: 'a', blocked: {} });
	});

	it('in a ring of three set one aside and let each take what the next has left', () => {
		expect(ordered(['a→b', 'b→c', 'c→a'])).toEqual({ order: 'cba', park: 'a', blocked: {} });
	});

	it('in a ring and in a chain do not disturb each other', () => {
		const { order, park, blocked } = ordered(['d→e', 'a→b', 'e→x', 'b→a']);
		expect({ order, park, blocked }).toEqual({ order: 'edba', park: 'a', blocked: {} });
	});

	it('to the address of somebody who stays are blocked by that account', () => {
		expect(ordered(['a→s'], [lmsOnly('s', { email: at('s') })])).toEqual({
			order: '',
			park: '',
			blocked: { a: 's' },
		});
	});

	it.each([[['a→b', 'b→c', 'c→s']], [['c→s', 'b→c', 'a→b']]])(
		'behind a blocked one (%j) are blocked by whoever is before them',
		(moves) => {
			const { order, blocked } = ordered(moves, [account('s')]);
			expect(order).toBe('');
			expect(blocked).toEqual({ a: 'b', b: 'c', c: 's' });
		},
	);

	it('that are blocked leave the others alone', () => {
		const { order, blocked } = ordered(['a→s', 'b→x'], [account('s')]);
		expect(order).toBe('b');
		expect(blocked).toEqual({ a: 's' });
	});

	it('find the owner of an address in whatever letter case', () => {
		const { blocked } = ordered(['a→S'], [account('s')]);
		expect(blocked).toEqual({ a: 's' });
	});

	it('to one’s own address are no obstacle', () => {
		expect(ordered(['a→a'])).toEqual({ order: 'a', park: '', blocked: {} });
	});
});
