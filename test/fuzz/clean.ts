import type { INodeExecutionData } from 'n8n-workflow';

import { unpacked } from '../../nodes/shared/packed';
import type { Employee } from '../../nodes/shared/item';
import type { Deed } from './deeds';
import type { Fuzzed } from './oracle';
import { filled, planFor, read, READ, sync, type Parameters, type PlatformName } from './run';
import { textsOf } from './texts';
import { newWorld, type World } from './world';

/** What the same company does without anything odd. */
export interface Clean {
	employees: Employee[];
	deeds: Deed[];
}

const known = new Map<string, Promise<Clean>>();

/** @param prepare makes the company what it is */
export async function cleanRun(
	platform: PlatformName,
	{ reading = READ, planning = {}, prepare = () => {} }: Company = {},
): Promise<Clean> {
	const world = newWorld();
	prepare(world);
	const items = (await read(reading)) ?? [];
	await sync(items, filled('lmsSync', planFor(platform, world, planning)), textsOf(items));
	return { employees: employeesIn(items), deeds: world.deeds };
}

export interface Company {
	reading?: Parameters;
	planning?: object;
	prepare?: (world: World) => void;
}

/** The same, of a company that is always the same. */
export async function knownRun(platform: PlatformName, company: Company = {}): Promise<Clean> {
	const key = JSON.stringify([platform, company]);
	const found = known.get(key) ?? cleanRun(platform, company);
	known.set(key, found);
	return await found;
}

export function employeesIn(items: INodeExecutionData[]): Employee[] {
	return items.flatMap(({ json }) => {
		const { employee, employees } = json as { employee?: Employee; employees?: unknown };
		return typeof employee === 'object' && employee !== null ? [employee] : (unpacked(employees) ?? []);
	});
}

/** A day on the calendar on which somebody's access may have ended, as whoever knows only the rules would say. */
function isPast(day: unknown, hireDate: unknown): boolean {
	if (typeof day !== 'string' || !/^(19|20)\d{2}-\d{2}-\d{2}$/.test(day)) return false;
	const date = new Date(`${day}T00:00:00Z`);
	if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day) return false;
	return date.getTime() < Date.now() && !(typeof hireDate === 'string' && hireDate > day);
}

/** The people of whom something else was read than is true. */
export function differing(truth: Employee[], found: Employee[], values: unknown[] = []): Fuzzed {
	const idOf = (each: Employee | null): string => (typeof each?.id === 'object' ? '' : String(each?.id));
	const texts = new Map(truth.map((each) => [idOf(each), JSON.stringify(each)]));
	const odd = found.filter((each) => texts.get(idOf(each)) !== JSON.stringify(each));
	const missing = truth.filter((one) => !found.some((each) => idOf(each) === idOf(one)));
	const people = [...odd, ...missing];
	return {
		people: new Set(
			people.flatMap((each) => [idOf(each), ...(typeof each.email === 'string' ? [keyOf(each.email)] : [])]),
		),
		values: [people, truth, values],
		isSupervisor: (who, about) =>
			truth.some(({ id, supervisor }) => String(id) === about && supervisor?.id === who),
		hasMoved: (about) =>
			odd.some(
				(each) => idOf(each) === about && (each.department === null || typeof each.department === 'string'),
			),
		hasEnded: (about) =>
			odd.some(
				(each) =>
					idOf(each) === about && (each.status === 'inactive' || isPast(each.terminationDate, each.hireDate)),
			),
	};
}

const keyOf = (email: string): string => email.normalize('NFC').trim().toLowerCase();
