import type { IDataObject } from 'n8n-workflow';

import type { EmployeeField, Gap } from '../../shared/item';
import { orVendorError, VendorError } from '../../shared/transport/vendorError';
import type { V2Employment, V2Names } from '../employee/v2';
import { reasonOf } from '../roster';
import type { PersonioClient } from './client';
import { withRemedy } from './reader';
import { readPages } from './v2Pages';

/** Once needed for organisation data, harmless since. */
const BETA = { Beta: 'true' };

interface Named {
	id?: string | number;
	name?: unknown;
}

/**
 * The names that employments refer to by id: one list for each kind that was chosen and is referred to,
 * whatever the number of people. A name that does not come stays unknown, and `gaps` says so.
 */
export async function readNames(
	client: PersonioClient,
	employments: V2Employment[],
	fields: readonly EmployeeField[],
	gaps: Gap[],
): Promise<V2Names> {
	const read = async (
		field: keyof V2Names,
		ids: Array<string | number>,
		path: string,
		filter: IDataObject,
		what: string,
	) => {
		const byId = new Map<string, string>();
		if (ids.length === 0 || !fields.includes(field)) return byId;
		const listed = await orVendorError(readPages<Named>(client, { path, what, filter, headers: BETA }));
		if (listed instanceof VendorError) {
			const message = `The names of ${what} could not be read: ${withRemedy(listed)}`;
			gaps.push({ code: 'namesMissing', message });
			return byId;
		}
		for (const { id, name } of listed.items) {
			// An empty name would be taken for having none, and a group would be left for it.
			if (id !== undefined && typeof name === 'string' && name.trim() !== '') byId.set(String(id), name);
		}
		const nameless = new Set(ids.map(String).filter((id) => !byId.has(id)));
		if (nameless.size > 0) {
			const why = listed.gaps.length > 0 ? reasonOf(listed.gaps) : 'Run again.';
			const message = `Personio did not deliver the names of ${nameless.size} ${what}. ${why}`;
			gaps.push({ code: 'namesMissing', message });
		}
		return byId;
	};
	const unitsOf = (type: string) =>
		employments.flatMap(({ org_units }) =>
			(Array.isArray(org_units) ? org_units : []).flatMap((unit) => (unit?.type === type && unit.id) || []),
		);
	const offices = employments.flatMap(({ office }) => office?.id ?? []);
	const entities = employments.flatMap(({ legal_entity }) => legal_entity?.id ?? []);
	const units = '/v2/org-units';
	return {
		department: await read('department', unitsOf('department'), units, { type: 'department' }, 'departments'),
		team: await read('team', unitsOf('team'), units, { type: 'team' }, 'teams'),
		office: await read('office', offices, '/v2/workplaces', {}, 'offices'),
		legalEntity: await read('legalEntity', entities, '/v2/legal-entities', {}, 'legal entities'),
	};
}
