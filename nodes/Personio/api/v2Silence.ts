import { employeeId, type EmployeeField, type EmployeeId } from '../../shared/item';
import { silentFields, type V2Person } from '../employee/v2';
import { status, text } from '../employee/values';
import type { PersonioClient } from './client';
import { askAbout, type Witness } from './v1Witness';
import type { Found } from './v2Employments';

/** What it means that v2 does not mention a field. */
export interface Silence {
	/** The fields of which somebody has none. */
	emptyOf(person: V2Person): ReadonlySet<EmployeeField>;
	/** Fields that somebody has, and of which v2 says nothing. */
	leftOut: EmployeeField[];
}

/**
 * What v2 does not mention is empty where v1 says so, and left out where v1 has a value. Where v1 does not
 * say either it is taken for empty: otherwise a withdrawn termination would never be seen.
 *
 * @param fields those that the credential may read
 * @param known what v1 has said already; otherwise it is asked about those whom it concerns
 */
export async function readSilence(
	client: PersonioClient,
	found: Found[],
	fields: EmployeeField[],
	known: Witness | undefined,
): Promise<Silence> {
	const silent = found.flatMap(({ person, employment }) => {
		const unsaid = employment ? silentFields(employment).filter((field) => fields.includes(field)) : [];
		const hasEnded = status(employment?.status) === 'inactive';
		return unsaid.length > 0 ? [{ id: idOf(person), unsaid, hasEnded }] : [];
	});
	const ids = silent.map(({ id }) => id);
	const witness = known ?? (await askAbout(client, ids, fields));
	const empty = new Map<EmployeeId, Set<EmployeeField>>();
	const leftOut = new Set<EmployeeField>();
	for (const { id, unsaid, hasEnded } of silent) {
		const isLeftOut = (field: EmployeeField) => witness.lacks(id, field) === false;
		empty.set(id, new Set(unsaid.filter((field) => !isLeftOut(field))));
		// Nothing that could be missing keeps a leaver.
		if (!hasEnded) for (const field of unsaid.filter(isLeftOut)) leftOut.add(field);
	}
	return { emptyOf: (person) => empty.get(idOf(person)) ?? new Set(), leftOut: [...leftOut] };
}

const idOf = ({ id }: V2Person): EmployeeId => employeeId(text(id) ?? '');
