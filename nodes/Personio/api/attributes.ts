import { VendorError } from '../../shared/transport/vendorError';
import { sensitivityOf } from '../employee/sensitive';
import { customKey } from '../employee/v2';
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
	universal_id?: string | null | undefined;
}

/**
 * The labels of the custom attributes that were asked for, as far as `told` holds them.
 *
 * @throws VendorError where one of them is sensitive and that was not allowed
 */
export function labelsOf(
	asked: string[],
	told: ToldAttribute[],
	allowSensitive: boolean,
): Record<string, string> {
	const labels: Array<[string, string]> = [];
	const refused: string[] = [];
	for (const key of asked) {
		const attribute =
			told.find((each) => each.key === key) ?? told.find((each) => each.key === customKey(key));
		const label = typeof attribute?.label === 'string' ? attribute.label.trim() : '';
		if (label !== '') labels.push([key, label]);
		const topic = sensitivityOf({ key, label, universalId: attribute?.universal_id });
		if (topic !== undefined) refused.push(`"${label === '' ? key : label}" (${topic})`);
	}
	if (refused.length > 0 && !allowSensitive) {
		throw new VendorError(
			`The read was refused, because sensitive attributes are asked for: ${refused.join(', ')}. Leave them out of "Custom Attribute Names or IDs", or switch on "Allow Sensitive Attributes" if the learning platform really needs them.`,
		);
	}
	return Object.fromEntries(labels);
}
