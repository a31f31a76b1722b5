import type { Change, PassportEntry, SyncItem } from '../../shared/item';
import { sameLabel } from '../sync/diff';
import { textOf } from './intake';

/** Attributes that are a name or an address. */
const NAMING = ['email', 'firstName', 'lastName', 'preferredName', 'supervisor'];

/** Labels of attributes and fields that seem to hold the name or the address of a person. */
const NAME_LIKE =
	/(?<!\p{L})(?:(?:first|last|full|display|preferred|nick|sur|family|given|maiden|middle|birth|legal|user|login|ruf|vor|nach|familien|geburts|spitz|anzeige|benutzer)[\s_-]*name|e-?mail|nickname)|^name$/iu;

/** Which values of a report are names and addresses, by what the passport says of where they come from. */
export class Masks {
	private readonly attributes = new Set(NAMING);

	private readonly labels: string[] = [];

	/** What an approved decision says of such a custom attribute that has moved. */
	private readonly moves: RegExp | undefined;

	constructor(passport: PassportEntry[]) {
		for (const { attribute, label, goesTo } of passport) {
			const isName = [attribute, textOf(label)].some((text) => NAME_LIKE.test(text));
			if (!isName && !this.attributes.has(attribute)) continue;
			this.attributes.add(attribute);
			this.labels.push(...goesTo);
		}
		const custom = [...this.attributes].filter((name) => !NAMING.includes(name)).map(quoted);
		if (custom.length > 0) {
			this.moves = new RegExp(`(${custom.join('|')}) was .*? and is .*?(?=; |\\. The next run |$)`, 'gs');
		}
	}

	hidesAttribute(name: string): boolean {
		return this.attributes.has(name);
	}

	hidesField({ field, label }: Pick<Change, 'field' | 'label'>): boolean {
		return this.attributes.has(field) || (label !== undefined && this.hidesLabel(textOf(label)));
	}

	/** What such fields and attributes hold of one person, now or before. */
	valuesOf({ employee, learner, decision }: SyncItem): string[] {
		const facts = Object.entries(decision?.explanation?.facts ?? {});
		const read = Object.entries(employee?.custom ?? {});
		const kept = Object.entries(learner?.custom ?? {});
		const changed = (decision?.changes ?? []).filter((change) => this.hidesField(change));
		return [
			...[...facts, ...read].flatMap(([name, value]) => (this.hidesAttribute(name) ? [value] : [])),
			...kept.flatMap(([label, value]) => (this.hidesLabel(label) ? [value] : [])),
			...changed.flatMap(({ from, to }) => [from, to]),
		].map(textOf);
	}

	withoutMoves(text: string): string {
		return this.moves ? text.replace(this.moves, '$1 is another one by now') : text;
	}

	private hidesLabel(label: string): boolean {
		return NAME_LIKE.test(label) || this.labels.some((each) => sameLabel(each, label));
	}
}

/** A text as a part of a pattern. */
export const quoted = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
