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
	return answer.data.filter(({ key }) => typeof key === 'string');
}
