import { isRecord } from '../core/http';
import { Refusal } from './errors';
import type { LearnUponOptions } from './options';
import type { CustomField } from './types';
import { isDate } from './values';

type Value = string | number;

/** How labels come back as keys: lower case, blanks to underscores, punctuation kept. */
export function normalised(label: string): string {
	return label.trim().toLowerCase().replace(/\s+/g, '_');
}

export class CustomData {
	constructor(
		private readonly fields: readonly CustomField[],
		private readonly options: LearnUponOptions,
	) {}

	/** Adds what was sent to what is there; null and "" take a value away. */
	merge(present: Record<string, Value>, sent: unknown): Record<string, Value> {
		if (sent === undefined || sent === null) return present;
		if (!isRecord(sent)) throw new Refusal(400, 'CustomData is not valid');
		const { use_definition_ids: flag, ...entries } = sent;
		const byId = flag === 1 || flag === '1' || flag === true;
		const merged = { ...present };
		for (const [key, value] of Object.entries(entries)) {
			const field = this.fields.find(({ id, label }) =>
				byId ? String(id) === key : normalised(label) === normalised(key),
			);
			if (!field) {
				if (this.options.unknownCustomField === 'ignore') continue;
				throw new Refusal(400, `invalid custom data, no field called ${key}`);
			}
			if (value === null || value === '') delete merged[field.label];
			else merged[field.label] = checked(field, value);
		}
		return merged;
	}

	/** null if nothing is set (fixtures). */
	byKey(custom: Record<string, Value>): Record<string, Value> | null {
		const entries = Object.entries(custom).map(([label, value]) => [normalised(label), value] as const);
		return entries.length === 0 ? null : Object.fromEntries(entries);
	}

	byDefinition(custom: Record<string, Value>): { definition_id: number; value: Value }[] {
		return this.fields
			.filter(({ label }) => custom[label] !== undefined)
			.map(({ id, label }) => ({ definition_id: id, value: custom[label]! }));
	}

	/** Lists leave the predefined values out (fixtures). */
	definitions(withValues: boolean): object[] {
		return this.fields.map(({ id, typeId, label, predefinedValues }) => ({
			id,
			type_id: typeId,
			label,
			...(withValues ? { predefined_values: predefinedValues?.join(',') ?? null } : {}),
		}));
	}
}

const DECIMAL = new Set([2, 5]);
const INTEGER = new Set([3, 6]);
const CHOICE = new Set([4, 5, 6]);
const DATE = 7;

function checked(field: CustomField, value: unknown): Value {
	if (typeof value !== 'string' && typeof value !== 'number') throw bad(field);
	const text = String(value);
	if (CHOICE.has(field.typeId) && !(field.predefinedValues ?? []).includes(text)) throw bad(field);
	if (INTEGER.has(field.typeId)) {
		if (!/^[+-]?\d+$/.test(text)) throw bad(field);
		return Number(text);
	}
	if (DECIMAL.has(field.typeId)) {
		if (!/^[+-]?\d+([.]\d+)?$/.test(text)) throw bad(field);
		return Number(text);
	}
	if (field.typeId === DATE && !isDate(text)) throw bad(field);
	return text;
}

function bad({ label }: CustomField): Refusal {
	return new Refusal(400, `invalid custom data, the value for ${label} is not allowed`);
}
