import { plusDays } from './dates';
import type { OrgKind } from './organisation';
import { digest, pick, uuid } from './quirks';
import type { CustomAttribute, Person } from './types';
import type { RenderContext } from './v1Values';
import { gender, probation, TERMINATION_TYPES, weeklyHours } from './v1Values';

const V2_TYPES: Record<CustomAttribute['type'], string> = {
	standard: 'string',
	multiline: 'string',
	link: 'string',
	list: 'string',
	tags: 'string_list',
	date: 'date',
	integer: 'int',
	decimal: 'double',
};

/** Collects fields: none without the grant; without a value either null or none. */
class Fields {
	readonly object: Record<string, unknown> = {};

	constructor(
		private readonly seed: string,
		private readonly context: RenderContext,
	) {}

	add(grant: string, name: string, value: unknown): this {
		if (!this.context.state.may(grant, this.context.hidden)) return this;
		const unset = value === null || value === '' || value === undefined;
		if (!unset) this.object[name] = value;
		else if (this.showsNull(name)) this.object[name] = null;
		return this;
	}

	private showsNull(name: string): boolean {
		const { unsetFields } = this.context.options;
		return unsetFields === 'mixed' ? pick(`${name} ${this.seed}`, [true, false]) : unsetFields === 'null';
	}
}

export function v2Person(person: Person, context: RenderContext): Record<string, unknown> {
	const { state, origin } = context;
	const id = String(person.id);
	const picture = pick(`picture ${person.id}`, [true, true, false])
		? { url: `${origin}/v1/company/employees/${id}/profile-picture` }
		: null;
	const fields = new Fields(id, context)
		.add('email', 'email', person.email)
		.add('created_at', 'created_at', person.createdAt)
		.add('last_modified_at', 'updated_at', personUpdatedAt(person, context))
		.add('first_name', 'first_name', person.firstName)
		.add('last_name', 'last_name', person.lastName)
		.add('preferred_name', 'preferred_name', person.preferredName)
		.add('gender', 'gender', gender(person).toUpperCase() || 'UNSPECIFIED')
		.add('profile_picture', 'profile_picture', picture)
		.add('status', 'status', isActive(person) ? 'ACTIVE' : 'INACTIVE');
	const custom = customAttributes(person, context);
	return {
		id,
		...fields.object,
		...(custom.length > 0 ? { custom_attributes: custom } : {}),
		employments: state.employments(person).map((employment) => ({ id: employment.id })),
		_meta: { links: { employments: { href: `${origin}/v2/persons/${id}/employments` } } },
	};
}

/** ACTIVE covers active, leave and onboarding. */
export function isActive(person: Person): boolean {
	return person.status !== 'inactive';
}

export function personUpdatedAt(person: Person, { state, options }: RenderContext): string {
	return options.employmentChangesBumpPerson ? person.lastModifiedAt : state.changedIn(person, 'person');
}

function customAttributes(person: Person, context: RenderContext): Record<string, unknown>[] {
	const { state, options, hidden } = context;
	return state.customAttributes
		.filter(({ key }) => state.may(key, hidden))
		.flatMap((attribute) => {
			const value = person.custom[attribute.key] ?? null;
			const isUnset = value === null || value === '';
			const shown = options.unsetFields === 'mixed' && pick(`${attribute.key} ${person.id}`, [true, false]);
			if (isUnset && options.unsetFields !== 'null' && !shown) return [];
			const item: Record<string, unknown> = {
				id: customId(attribute, context),
				type: V2_TYPES[attribute.type],
				// Not the readable name.
				global_id: attribute.universalId ?? `ca_${digest(attribute.key).slice(0, 10)}`,
				value: isUnset ? null : value,
			};
			return [options.customLabels ? { ...item, label: attribute.label } : item];
		});
}

/** Facts §4.1: the real shape is `dynamic_<hash>.<number>`; that the number is v1's is an assumption. */
function customId({ key }: CustomAttribute, { options }: RenderContext): string {
	if (options.customAttributeIds === 'plain') return key;
	return `dynamic_${digest(`tenant ${key}`).slice(0, 12)}.${key.replace(/^dynamic_/, '')}`;
}

export function v2Employment(
	{ id, view }: { id: string; view: Person },
	context: RenderContext,
): Record<string, unknown> {
	const { state, origin } = context;
	const reference = (kind: OrgKind, name: string | null) =>
		name === null ? null : { id: String(state.organisation.idOf(kind, name)) };
	const boss = view.supervisorId === null ? null : { id: String(view.supervisorId) };
	const ended = isActive(view) ? null : view.terminationDate;
	const fields = new Fields(id, context)
		.add('status', 'status', view.status.toUpperCase())
		.add('weekly_working_hours', 'weekly_working_hours', weeklyHours(view))
		.add('weekly_working_hours', 'full_time_weekly_working_hours', 40)
		.add('probation_period_end', 'probation_end_date', probation(view))
		.add('hire_date', 'employment_start_date', view.hireDate)
		.add('termination_date', 'employment_end_date', ended)
		.add('employment_type', 'type', view.employmentType.toUpperCase())
		.add('contract_end_date', 'contract_end_date', view.contractEndDate)
		.add('created_at', 'created_at', view.createdAt)
		.add('last_modified_at', 'updated_at', state.changedIn(view, 'employment'))
		.add('position', 'position', view.position ? { title: view.position } : null)
		.add('position', 'job', view.position ? { id: uuid(`job ${view.position}`) } : null)
		.add('supervisor', 'supervisor', boss)
		.add('office', 'office', reference('office', view.office))
		.add('subcompany', 'legal_entity', reference('legalEntity', view.legalEntity))
		.add('subcompany', 'sub_company', reference('legalEntity', view.legalEntity));
	const person = { href: `${origin}/v2/persons/${view.id}` };
	return {
		id,
		...fields.object,
		...orgUnits(view, context),
		...costCenters(view, context),
		...termination(id, view, context),
		person: { id: String(view.id) },
		// A restricted answer still had the supervisor's link.
		_meta: {
			links: boss ? { person, supervisor: { href: `${origin}/v2/persons/${boss.id}` } } : { person },
		},
	};
}

function orgUnits({ department, team }: Person, { state, hidden }: RenderContext): object {
	const granted = [
		{ type: 'team' as const, name: team },
		{ type: 'department' as const, name: department },
	].filter(({ type }) => state.may(type, hidden));
	if (granted.length === 0) return {};
	return {
		org_units: granted
			.filter(({ name }) => name !== null)
			.map(({ type, name }) => ({ type, id: String(state.organisation.idOf(type, name!)) })),
	};
}

function costCenters({ department }: Person, { state, hidden }: RenderContext): object {
	if (!state.may('cost_centers', hidden)) return {};
	if (department === null) return { cost_centers: [] };
	return { cost_centers: [{ id: String(state.organisation.idOf('costCenter', department)), weight: 100 }] };
}

function termination(id: string, view: Person, context: RenderContext): object {
	const keys = ['termination_date', 'last_working_day', 'termination_type', 'termination_reason'];
	if (!keys.some((key) => context.state.may(key, context.hidden))) return {};
	const { terminationDate, lastWorkingDay } = view;
	if (terminationDate === null && lastWorkingDay === null) {
		return new Fields(id, context).add(
			keys.find((key) => context.state.may(key, context.hidden))!,
			'termination',
			null,
		).object;
	}
	const { lastWorkingKey } = context.options;
	const name =
		lastWorkingKey === 'mixed'
			? pick(`lwd ${view.id}`, ['last_working_day', 'last_working_date'])
			: lastWorkingKey;
	const fields = new Fields(`${id} termination`, context)
		.add('termination_date', 'termination_date', terminationDate)
		.add('last_working_day', name, lastWorkingDay)
		.add('termination_date', 'terminated_at', terminationDate && plusDays(terminationDate, -30))
		.add('termination_type', 'type', pick(`termination ${view.id}`, TERMINATION_TYPES).toUpperCase())
		.add('termination_reason', 'reason', null);
	return { termination: fields.object };
}
