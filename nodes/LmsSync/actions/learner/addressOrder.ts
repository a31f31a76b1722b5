import { addressKey } from '../../sync/attribute';
import { changeTo } from '../../sync/diff';
import type { Person } from './step';

const present = ({ learner }: Person): string => addressKey(learner?.email ?? '');

const wanted = ({ decision }: Person): string => {
	const to = changeTo(decision.changes, 'email');
	return typeof to === 'string' ? addressKey(to) : '';
};

/** Who takes an address from somebody else among them, or leaves it to somebody else: the plan has put them in order. */
export function inOrderOfAddresses(people: Person[]): (person: Person) => boolean {
	const moves = people.filter((person) => wanted(person) !== '' && wanted(person) !== present(person));
	const moving = new Set(moves);
	const left = new Set(moves.map(present).filter((address) => address !== ''));
	const taken = new Set(moves.map(wanted));
	return (person) => left.has(wanted(person)) || (moving.has(person) && taken.has(present(person)));
}
