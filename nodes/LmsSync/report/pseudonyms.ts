import { createHash } from 'crypto';

import type { AttributeValue, Change, Decision, Employee, Learner, SyncItem } from '../../shared/item';
import { NameIndex } from './names';
import { soundItem, textOf } from './intake';

const HIDDEN = 'hidden';
const HIDDEN_ADDRESS = 'hidden address';

/** Eight digits: with six, some of 20,000 people would share a pseudonym. */
const DIGITS = 8;

const digest = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, DIGITS);

/** The same for the same person in every report, e.g. `Person 3f9a1c07`. */
const pseudonymOf = (key: string): string => `Person ${digest(key)}`;

/** By the Personio id, also of an account that has no employee any more. */
function keyOf({ employee, learner }: SyncItem): string {
	return textOf(employee?.id) || textOf(learner?.link) || textOf(learner?.id) || textOf(learner?.email);
}

/**
 * The items of a run without anybody's name or address: people get pseudonyms, values of names and
 * addresses are masked, and sentences are rewritten. Personio ids stay, since they lead to the person.
 */
export function pseudonymised(items: SyncItem[]): SyncItem[] {
	const sound = items.map(soundItem);
	const names = new NameIndex();
	for (const item of sound) learnNames(names, item);
	return sound.map((item) => new Veil(names, pseudonymOf(keyOf(item))).item(item));
}

function learnNames(names: NameIndex, item: SyncItem): void {
	const { employee, learner, decision } = item;
	const pseudonym = pseudonymOf(keyOf(item));
	for (const person of [employee, learner]) {
		const { firstName, lastName } = person ?? {};
		names.addPerson(textOf(firstName), textOf(lastName), pseudonym);
		names.add(textOf(person?.email), HIDDEN_ADDRESS);
	}
	names.addPerson(textOf(employee?.preferredName), textOf(employee?.lastName), pseudonym);
	names.addSingle(textOf(learner?.username), pseudonym);
	names.add(textOf(employee?.supervisor?.email), HIDDEN_ADDRESS);
	for (const { field, from, to } of decision?.changes ?? []) {
		if (!MASKED.has(field)) continue;
		for (const value of [from, to]) names.addSingle(textOf(value), pseudonym);
	}
	const facts = decision?.explanation?.facts ?? {};
	for (const name of MASKED) names.addSingle(textOf(facts[name]), pseudonym);
	const { manager, approved } = (decision ?? {}) as Partial<Extract<Decision, { approved?: unknown }>>;
	names.add(textOf(manager?.fromName), pseudonymOf(textOf(manager?.from)));
	names.add(textOf(manager?.toName), pseudonymOf(textOf(manager?.to)));
	names.add(textOf(approved?.by), HIDDEN);
}

/** Fields and facts that are a name or an address. */
const MASKED = new Set(['email', 'firstName', 'lastName', 'preferredName', 'supervisor']);

/** Keys whose values are codes, ids or moments and no words about anybody. */
const KEPT = new Set([
	'action',
	'apiVersion',
	'at',
	'code',
	'field',
	'hireDate',
	'kind',
	'link',
	'plannedAt',
	'readAt',
	'scope',
	'state',
	'status',
	'step',
	'withheld',
]);

/** Rewrites one item. */
class Veil {
	constructor(
		private readonly names: NameIndex,
		private readonly pseudonym: string,
	) {}

	item({ employee, learner, decision, outcomes, run, error }: SyncItem): SyncItem {
		return {
			...(employee && { employee: this.employee(employee) }),
			...(learner && { learner: this.learner(learner) }),
			...(decision && { decision: this.decision(decision) }),
			...(outcomes && { outcomes: this.value(outcomes) }),
			...(run && { run: this.value(run) }),
			...(error !== undefined && { error: this.text(error) }),
		};
	}

	private text(text: string): string {
		const addressed = text.includes('@') ? text.replace(ADDRESS, HIDDEN_ADDRESS) : text;
		const named = addressed.includes(BESIDE)
			? addressed.replace(NAMED, (_, id: string) => `${pseudonymOf(id)} ${BESIDE} ${id}`)
			: addressed;
		return this.names.replace(named, this.pseudonym).replace(WITH_ADDRESS, '$1');
	}

	/** Every text in a value, however deep; ids that are no address stay. */
	private value<Value>(value: Value, key = ''): Value {
		if (typeof value === 'string') return this.isKept(key, value) ? value : (this.text(value) as Value);
		if (Array.isArray(value)) return value.map((each) => this.value<unknown>(each, key)) as Value;
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(
			Object.entries(value).map(([name, each]) => [name, this.value<unknown>(each, name)]),
		) as Value;
	}

	private isKept(key: string, value: string): boolean {
		if (/^(id|learnerId|from|to)$/.test(key) && /^[\da-f-]+$/i.test(value)) return true;
		return KEPT.has(key) && !value.includes('@');
	}

	private get nameParts(): { firstName: string; lastName: string } {
		const [firstName = '', lastName = ''] = this.pseudonym.split(' ');
		return { firstName, lastName };
	}

	private employee({ id, status, department }: Employee): Employee {
		return {
			id,
			...this.nameParts,
			...(status !== undefined && { status }),
			...(department !== undefined && { department: this.value(department) }),
			custom: {},
		};
	}

	private learner({ id, status, link, accessEnds }: Learner): Learner {
		const known = this.value({ id });
		return { ...known, email: '', ...this.nameParts, status, link, accessEnds, custom: {} };
	}

	private decision(decision: Decision): Decision {
		const { changes, explanation, manager, ...rest } = decision;
		const { approved } = decision as { approved?: object };
		return {
			...this.value(rest),
			changes: changes.map((change) => this.change(change)),
			...(manager && {
				manager: {
					...this.value(manager),
					...(manager.fromName !== undefined && { fromName: pseudonymOf(textOf(manager.from)) }),
					...(manager.toName !== undefined && { toName: pseudonymOf(textOf(manager.to)) }),
				},
			}),
			...(explanation && {
				explanation: {
					...this.value({ ...explanation, facts: {} }),
					facts: Object.fromEntries(
						Object.entries(explanation.facts).map(([name, value]) => [name, this.fact(name, value)]),
					),
				},
			}),
			...(approved && { approved: { ...this.value(approved), by: HIDDEN } }),
		} as Decision;
	}

	private change(change: Change): Change {
		const { field, from, to } = change;
		return { ...change, from: this.fact(field, from), to: this.fact(field, to) };
	}

	private fact(name: string, value: AttributeValue): AttributeValue {
		if (value === null || value === '') return value;
		return MASKED.has(name) ? HIDDEN : this.value(value);
	}
}

/**
 * People who are not among the items, such as those who are unchanged, are known by nothing but a sentence
 * that has the Personio id beside the name.
 */
const BESIDE = '(Personio id';
const NAMED =
	/\p{Lu}[\p{L}\p{M}'’.-]*(?: +(?:(?:af|al|bin|da|de|del|della|der|di|dos|du|el|la|le|ten|ter|van|vom|von|zu|zum|zur) +)*\p{Lu}[\p{L}\p{M}'’.-]*)* +\(Personio id ([\w-]+)/gu;

/** How a person is named in the messages of a step. */
const WITH_ADDRESS = new RegExp(`(Person [0-9a-f]{${DIGITS}}) \\(${HIDDEN_ADDRESS}\\)`, 'g');

/** Anything that looks like an e-mail address, whoever's it is. */
const ADDRESS =
	/(?<![^\s<>()[\]"“”„,;:|])[^\s<>()[\]"“”„,;:|]*@[^\s<>()[\]"“”„,;:|]*[^\s<>()[\]"“”„,;:|.!?]/gu;
