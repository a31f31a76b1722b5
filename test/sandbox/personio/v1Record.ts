import { labelOf, SYSTEM_ATTRIBUTES } from './attributes';
import type { Person } from './types';
import type { RenderContext } from './v1Values';
import { v1Value } from './v1Values';

interface AttributeInfo {
	key: string;
	label: string;
	type: string;
	universal_id: string | null;
	options: string[];
}

const MONEY = new Set(['fix_salary', 'hourly_salary']);

/** What the credential may read, as `/employees/attributes` tells it. */
export function grantedInfo({ state, options, hidden }: Omit<RenderContext, 'origin'>): AttributeInfo[] {
	const system = SYSTEM_ATTRIBUTES.map((attribute) => ({
		key: attribute.key,
		label: labelOf(attribute, options.labels),
		type: attribute.type,
		universal_id: attribute.key,
		options: [],
	}));
	const custom = state.customAttributes.map(({ universalId, ...rest }) => ({
		...rest,
		universal_id: universalId,
		options: rest.type === 'list' || rest.type === 'tags' ? rest.options : [],
	}));
	return [...system, ...custom].filter(({ key }) => state.may(key, hidden));
}

/** An attribute that was not granted is simply not there; the id always is. */
export function v1Record(person: Person, wanted: readonly AttributeInfo[], context: RenderContext): unknown {
	const attributes: Record<string, unknown> = {};
	for (const { key, label, type, universal_id } of wanted) {
		const wrapper = { label, value: v1Value(key, person, context), type, universal_id };
		attributes[key] = MONEY.has(key) ? { ...wrapper, currency: 'EUR' } : wrapper;
	}
	return { type: 'Employee', attributes };
}

/** The attributes of a record: granted, and asked for if anything was asked for. */
export function wantedInfo(asked: readonly string[], context: RenderContext): AttributeInfo[] {
	const granted = grantedInfo(context);
	const wanted =
		asked.length === 0 ? granted : granted.filter(({ key }) => key === 'id' || asked.includes(key));
	if (wanted.some(({ key }) => key === 'id')) return wanted;
	return [{ key: 'id', label: 'ID', type: 'integer', universal_id: 'id', options: [] }, ...wanted];
}
