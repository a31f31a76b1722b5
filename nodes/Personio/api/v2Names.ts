import type { IDataObject } from 'n8n-workflow';

import type { V2Employment, V2Names } from '../employee/v2';
import type { PersonioClient } from './client';
import { readPages } from './v2Pages';

/** Once needed for organisation data, harmless since. */
const BETA = { Beta: 'true' };

interface Named {
	id?: string | number;
	name?: string;
}

/**
 * The names that employments refer to by id: one list for each kind that is referred to, whatever the
 * number of people. A list that cannot be read leaves its names unknown and says so in `interruptions`.
 */
export async function readNames(
	client: PersonioClient,
	employments: V2Employment[],
	interruptions: string[],
): Promise<V2Names> {
	const read = async (wanted: boolean, path: string, filter: IDataObject, what: string) => {
		const byId = new Map<string, string>();
		if (!wanted) return byId;
		try {
			const listed = await readPages<Named>(client, path, filter, {}, BETA);
			interruptions.push(...listed.interruptions);
			for (const { id, name } of listed.items) {
				if (id !== undefined && name !== undefined) byId.set(String(id), name);
			}
		} catch (error) {
			interruptions.push(`The names of ${what} could not be read: ${(error as Error).message}`);
		}
		return byId;
	};
	const hasUnit = (type: string) =>
		employments.some(({ org_units }) => org_units?.some((unit) => unit.type === type));
	const hasOffice = employments.some(({ office }) => office?.id);
	const hasEntity = employments.some(({ legal_entity }) => legal_entity?.id);
	return {
		department: await read(hasUnit('department'), '/v2/org-units', { type: 'department' }, 'departments'),
		team: await read(hasUnit('team'), '/v2/org-units', { type: 'team' }, 'teams'),
		office: await read(hasOffice, '/v2/workplaces', {}, 'offices'),
		legalEntity: await read(hasEntity, '/v2/legal-entities', {}, 'legal entities'),
	};
}
