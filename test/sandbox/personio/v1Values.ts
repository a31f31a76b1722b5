import { labelOf, systemAttribute } from './attributes';
import { localInstant, probationEnd, v1Date, zoneOf } from './dates';
import type { PersonioOptions } from './options';
import type { OrgKind } from './organisation';
import { pick } from './quirks';
import type { PersonioState } from './state';
import type { Person } from './types';

export interface RenderContext {
	state: PersonioState;
	options: PersonioOptions;
	origin: string;
	hidden: ReadonlySet<string>;
}

export const TERMINATION_TYPES = ['quit', 'agreement', 'fired', 'contract_expired'] as const;

/** The value of a v1 attribute, without its wrapper. */
export function v1Value(key: string, person: Person, context: RenderContext): unknown {
	const make = VALUES[key];
	return make ? make(new ValueContext(person, context)) : customValue(key, person, context);
}

/** What a value is made from, and how it looks when there is none. */
class ValueContext {
	readonly zone: string;

	constructor(
		readonly person: Person,
		readonly context: RenderContext,
	) {
		this.zone = zoneOf(person.office, context.options);
	}

	empty<T>(key: string, forms: readonly T[]): T | null | '' {
		const { emptyValues } = this.context.options;
		if (emptyValues === 'null') return null;
		return emptyValues === 'emptyString' ? '' : pick(`${key} ${this.person.id}`, forms);
	}

	text(key: string, value: string | null): unknown {
		return value ?? this.empty(key, ['', null]);
	}

	date(key: string, value: string | null): unknown {
		if (value === null) return this.empty(key, [null, null, null, '']);
		return v1Date(value, this.zone, `${key} form ${this.person.id}`, this.context.options);
	}

	unit(key: string, type: string, kind: OrgKind, name: string | null): unknown {
		if (name === null) return this.empty<unknown>(key, [null, '', []]);
		return { type, attributes: { id: this.context.state.organisation.idOf(kind, name), name } };
	}
}

const VALUES: Record<string, (value: ValueContext) => unknown> = {
	id: ({ person }) => person.id,
	first_name: ({ person }) => person.firstName,
	last_name: ({ person }) => person.lastName,
	preferred_name: (value) => value.text('preferred_name', value.person.preferredName),
	email: (value) => value.text('email', value.person.email),
	gender: ({ person }) => gender(person),
	status: ({ person }) => person.status,
	position: (value) => value.text('position', value.person.position),
	supervisor: supervisor,
	employment_type: ({ person }) => person.employmentType,
	weekly_working_hours: ({ person }) => String(weeklyHours(person)),
	hire_date: (value) => value.date('hire_date', value.person.hireDate),
	contract_end_date: (value) => value.date('contract_end_date', value.person.contractEndDate),
	termination_date: (value) => value.date('termination_date', value.person.terminationDate),
	termination_type: (value) => value.text('termination_type', terminationType(value.person)),
	termination_reason: (value) => value.text('termination_reason', null),
	probation_period_end: (value) => value.date('probation_period_end', probation(value.person)),
	created_at: ({ person, zone }) => localInstant(person.createdAt, zone),
	last_modified_at: ({ person, zone }) => localInstant(person.lastModifiedAt, zone),
	subcompany: (value) => value.unit('subcompany', 'Subcompany', 'legalEntity', value.person.legalEntity),
	office: (value) => value.unit('office', 'Office', 'office', value.person.office),
	department: (value) => value.unit('department', 'Department', 'department', value.person.department),
	team: (value) => value.unit('team', 'Team', 'team', value.person.team),
	cost_centers: ({ person, context }) => costCenters(person, context),
	holiday_calendar: ({ zone }) => ({
		type: 'HolidayCalendar',
		attributes: { id: 51 + zone.length, name: `Public holidays (${zone})`, country: null, state: null },
	}),
	absence_entitlement: () => [
		{
			type: 'TimeOffType',
			attributes: { id: 3301, name: 'Paid vacation', category: 'paid_vacation', entitlement: 28 },
		},
	],
	work_schedule: ({ person }) => workSchedule(person),
	fix_salary: () => 0,
	fix_salary_interval: () => '',
	hourly_salary: () => 0,
	last_working_day: (value) => value.date('last_working_day', value.person.lastWorkingDay),
	profile_picture: ({ person, context }) =>
		pick(`picture ${person.id}`, [true, true, false])
			? `${context.origin}/v1/company/employees/${person.id}/profile-picture`
			: null,
};

export function gender(person: Person): string {
	return pick(`gender ${person.id}`, ['female', 'male', 'female', 'male', 'diverse', '']);
}

export function weeklyHours(person: Person): number {
	return pick(`hours ${person.id}`, [40, 40, 40, 40, 32, 20]);
}

export function probation(person: Person): string | null {
	return person.hireDate === null ? null : probationEnd(person.hireDate);
}

export function terminationType(person: Person): string | null {
	return person.terminationDate === null ? null : pick(`termination ${person.id}`, TERMINATION_TYPES);
}

function costCenters(person: Person, { state }: RenderContext): unknown[] {
	if (person.department === null) return [];
	const id = state.organisation.idOf('costCenter', person.department);
	return [{ type: 'CostCenter', attributes: { id, name: person.department, percentage: 100 } }];
}

/** Everything inside is wrapped, too; of some supervisors only the id comes. */
function supervisor(value: ValueContext): unknown {
	const { person, context } = value;
	const boss = person.supervisorId === null ? undefined : context.state.people.get(person.supervisorId);
	if (!boss) return value.empty<unknown>('supervisor', [null, null, []]);
	const { supervisorDetail } = context.options;
	const detail =
		supervisorDetail === 'mixed'
			? pick(`supervisor ${person.id}`, ['full', 'full', 'idOnly'] as const)
			: supervisorDetail;
	const keys = detail === 'full' ? ['id', 'first_name', 'last_name', 'email'] : ['id'];
	const attributes = Object.fromEntries(
		keys
			.filter((key) => key === 'id' || context.state.may(key, context.hidden))
			.map((key) => {
				const attribute = systemAttribute(key);
				const label = labelOf(attribute, context.options.labels);
				const value = v1Value(key, boss, context);
				return [key, { label, value, type: attribute.type, universal_id: key }];
			}),
	);
	return { type: 'Employee', attributes };
}

/** The id is beyond what a JavaScript number holds exactly, and its type varies. */
function workSchedule(person: Person): unknown {
	const id = pick(`schedule ${person.id}`, [1067807102794692000, '1067807102794692017']);
	const days = Object.fromEntries(
		['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [day, '08:00']),
	);
	const attributes = {
		id,
		name: 'Flexible week',
		valid_from: null,
		...days,
		saturday: '00:00',
		sunday: '00:00',
	};
	return { type: 'WorkSchedule', attributes };
}

function customValue(key: string, person: Person, context: RenderContext): unknown {
	const value = new ValueContext(person, context);
	const type = context.state.customAttributes.find((attribute) => attribute.key === key)?.type;
	const raw = person.custom[key] ?? null;
	const isEmpty = raw === null || raw === '' || (Array.isArray(raw) && raw.length === 0);
	if (type === 'tags') {
		if (isEmpty) return value.empty<unknown>(key, ['', [], null]);
		const form = context.options.tagsForm;
		const json = form === 'mixed' ? pick(`${key} tags ${person.id}`, [false, true]) : form === 'json';
		return json ? JSON.stringify(raw) : (raw as string[]).join(',');
	}
	if (type === 'date') return value.date(key, isEmpty ? null : String(raw));
	if (type === 'integer' || type === 'decimal') return isEmpty ? null : Number(raw);
	return isEmpty ? value.empty(key, ['', null]) : String(raw);
}
