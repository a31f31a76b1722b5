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
	const read = async (ids: Array<string | number>, path: string, filter: IDataObject, what: string) => {
		const byId = new Map<string, string>();
		if (ids.length === 0) return byId;
		try {
			const listed = await readPages<Named>(client, path, filter, {}, BETA);
			interruptions.push(...listed.interruptions);
			for (const { id, name } of listed.items) {
				if (id !== undefined && name !== undefined) byId.set(String(id), name);
			}
			const nameless = new Set(ids.map(String).filter((id) => !byId.has(id)));
			if (nameless.size > 0) {
				interruptions.push(`Personio did not deliver the names of ${nameless.size} ${what}.`);
			}
		} catch (error) {
			interruptions.push(`The names of ${what} could not be read: ${(error as Error).message}`);
		}
		return byId;
	};
	const unitsOf = (type: string) =>
		employments.flatMap(({ org_units }) =>
			(Array.isArray(org_units) ? org_units : []).flatMap((unit) => (unit?.type === type && unit.id) || []),
		);
	const offices = employments.flatMap(({ office }) => office?.id ?? []);
	const entities = employments.flatMap(({ legal_entity }) => legal_entity?.id ?? []);
	return {
		department: await read(unitsOf('department'), '/v2/org-units', { type: 'department' }, 'departments'),
		team: await read(unitsOf('team'), '/v2/org-units', { type: 'team' }, 'teams'),
		office: await read(offices, '/v2/workplaces', {}, 'offices'),
		legalEntity: await read(entities, '/v2/legal-entities', {}, 'legal entities'),
	};
}
