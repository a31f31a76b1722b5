import { VendorError } from '../../shared/transport/vendorError';
import { sensitivityOf, type AttributeName } from '../employee/sensitive';
import { customKey } from '../employee/v2';
import { text } from '../employee/values';
import type { PersonioClient } from './client';
import { unexpected } from './client';

const PATH = '/v1/company/employees/attributes';

/** An attribute that this credential may read, with the label of the account's language. */
export interface PersonioAttribute {
	key: string;
	label: string;
	type?: string;
	universal_id?: string | null;
	options?: string[];
}

/** Exactly the attributes that this credential may read; serves v2 as well, which has no such list. */
export async function listAttributes(client: PersonioClient): Promise<PersonioAttribute[]> {
	const answer = await client.get<{ data?: PersonioAttribute[] }>(PATH);
	if (!Array.isArray(answer?.data)) throw unexpected(PATH);
	return answer.data.filter((attribute) => typeof attribute?.key === 'string');
}

/** The list of attributes, read at most once, when it is first needed. */
export class AttributeList {
	private list: Promise<PersonioAttribute[] | undefined> | undefined;

	constructor(private readonly client: PersonioClient) {}

	/** `undefined` where it cannot be read: an integration may read employees without it. */
	async read(): Promise<PersonioAttribute[] | undefined> {
		this.list ??= listAttributes(this.client).catch(() => undefined);
		return await this.list;
	}
}

/** What Personio tells about a custom attribute, in its list or in a record. */
export interface ToldAttribute {
	key: string;
	label?: unknown;
	universal_id?: unknown;
}

/** Each name of each attribute once, however many records repeat it. */
function namesOf(told: ToldAttribute[]): Map<string, AttributeName[]> {
	const names = new Map<string, AttributeName[]>();
	for (const { key, ...attribute } of told) {
		const [label, universalId] = [text(attribute.label) || undefined, text(attribute.universal_id)];
		const known = names.get(customKey(key)) ?? [];
		if (known.some((name) => name.label === label && name.universalId === universalId)) continue;
		names.set(customKey(key), [...known, { key, label, universalId }]);
	}
	return names;
}

/**
 * The labels of the custom attributes that were asked for, as far as `told` holds them; the first one counts.
 * Whether an attribute is sensitive is asked of every name that it has there.
 *
 * @throws VendorError where one of them is sensitive and that was not allowed
 */
export function labelsOf(
	asked: string[],
	told: ToldAttribute[],
	allowSensitive: boolean,
): Record<string, string> {
	const names = namesOf(told);
	const labels: Array<[string, string]> = [];
	const refused: string[] = [];
	for (const key of asked) {
		const own = names.get(customKey(key)) ?? [];
		const label = own.find((name) => name.label)?.label;
		if (label) labels.push([key, label]);
		const sensitive = [{ key }, ...own].find((name) => sensitivityOf(name) !== undefined);
		if (sensitive) refused.push(`"${sensitive.label ?? label ?? key}" (${sensitivityOf(sensitive)})`);
	}
	if (refused.length > 0 && !allowSensitive) {
		throw new VendorError(
			`The read was refused, because sensitive attributes are asked for: ${refused.join(', ')}. Leave them out of "Custom Attribute Names or IDs", or switch on "Allow Sensitive Attributes" if the learning platform really needs them.`,
		);
	}
	return Object.fromEntries(labels);
}
