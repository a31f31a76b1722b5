import fc from 'fast-check';

import { employeeFromV1 } from '../../nodes/Personio/employee/v1';
import { employeeFromV2 } from '../../nodes/Personio/employee/v2';
import { EMPLOYEE_FIELDS, type Employee } from '../../nodes/shared/item';
import { pack, unpacked } from '../../nodes/shared/packed';
import { marasEmployment, MARAS_CUSTOM, maraV1, maraV2, NAMES } from '../unit/personio/payloads';
import { mutated, mutations, oddText, type Mutations } from './arbitraries';
import { expectNoPollution } from './node';
import { jsonOf, planFor, read, READ, sync } from './run';
import { newWorld, spoilTransport, type Spoiling, type World } from './world';

/** Employees as Personio should not deliver them. */

const RECORDS = 2_500;
const READS = 300;

jest.setTimeout(300_000);
beforeAll(spoilTransport);
afterAll(() => jest.restoreAllMocks());

/** As the readers hand it on: whatever is no object counts as one that holds nothing. */
function spoilt(record: object, wrong: Mutations): Record<string, unknown> {
	const found: unknown = mutated(record, wrong);
	return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {};
}

const CUSTOM = [...MARAS_CUSTOM, '__proto__', 'constructor', 'toString'];

/** A record in which every value has the type that the rest relies on. */
function expectSound(employee: Employee | undefined): void {
	expectNoPollution();
	if (employee === undefined) return;
	expect(typeof employee.id).toBe('string');
	expect(employee.id.trim()).not.toBe('');
	expect(Object.getPrototypeOf(employee)).toBe(Object.prototype);
	expect(Object.getPrototypeOf(employee.custom)).toBe(Object.prototype);
	for (const field of EMPLOYEE_FIELDS) {
		if (!Object.hasOwn(employee, field)) continue;
		const { [field]: value } = employee;
		if (field === 'supervisor') {
			expect(value === null || typeof employee.supervisor?.id === 'string').toBe(true);
		} else expect([field, value === null ? 'string' : typeof value]).toEqual([field, 'string']);
	}
	for (const value of Object.values(employee.custom)) {
		const isList = Array.isArray(value) && value.every((each) => typeof each === 'string');
		expect(isList || value === null || ['string', 'number', 'boolean'].includes(typeof value)).toBe(true);
	}
}

describe('a record that goes wrong', () => {
	it(`of v1 makes a sound employee or none, and comes back whole from a table (${RECORDS} records)`, () => {
		fc.assert(
			fc.property(mutations(6), (wrong) => {
				const employee = employeeFromV1(spoilt(maraV1(), wrong) as never, CUSTOM);
				expectSound(employee);
				if (employee)
					expect(unpacked(JSON.parse(JSON.stringify(pack([employee, employee]))))).toEqual([
						employee,
						employee,
					]);
			}),
			{ numRuns: RECORDS },
		);
	});

	it(`of v2 makes a sound employee or none, and comes back whole from a table (${RECORDS} records)`, () => {
		fc.assert(
			fc.property(mutations(4), mutations(4), (wrong, alsoWrong) => {
				const person = spoilt(maraV2(), wrong);
				const employment = spoilt(marasEmployment(), alsoWrong);
				const employee = employeeFromV2(person as never, employment as never, NAMES, new Set(), CUSTOM);
				expectSound(employee);
				if (employee) expect(unpacked(JSON.parse(JSON.stringify(pack([employee]))))).toEqual([employee]);
			}),
			{ numRuns: RECORDS },
		);
	});
});

const spoiling: fc.Arbitrary<Spoiling> = fc.record({
	vendor: fc.constant('personio' as const),
	from: fc.nat({ max: 11 }),
	every: fc.boolean(),
	body: mutations(4),
});

/** Personio as it might be, with people whom nobody should be called. */
function hireOddly(world: World, texts: string[]): void {
	texts.forEach((text, index) =>
		world.personio.hire({
			firstName: text,
			lastName: texts[(index + 1) % texts.length] ?? text,
			email: index % 2 ? `odd${index}@example.com` : text,
			status: 'active',
			department: text,
			position: text,
			terminationDate: null,
		}),
	);
}

/** Nobody loses access without evidence in what was read, and nobody is taken for somebody else. */
function expectEvidence(world: World, strangers: string, run: Awaited<ReturnType<typeof sync>>): void {
	expectNoPollution();
	expect(world.strangers()).toBe(strangers);
	const today = new Date().toISOString().slice(0, 10);
	for (const item of run?.planned.flat() ?? []) {
		const { employee, learner, decision } = jsonOf(item);
		if (decision?.action === 'deactivate') {
			const { status, terminationDate } = employee ?? {};
			const isOver = typeof terminationDate === 'string' && terminationDate < today;
			expect([employee?.id, status === 'inactive' || isOver]).toEqual([employee?.id, true]);
		}
		const isApplied = decision && !['hold', 'none'].includes(decision.action);
		if (isApplied && learner && employee) {
			const isTheirs =
				learner.link === employee.id ||
				(learner.link === null && learner.email.toLowerCase() === employee.email?.trim().toLowerCase());
			expect([employee.id, learner.email, learner.link, isTheirs]).toEqual([
				employee.id,
				learner.email,
				learner.link,
				true,
			]);
		}
	}
}

describe.each(['v1', 'v2'] as const)('a read of %s that goes wrong', (apiVersion) => {
	it.each(['learnUpon', 'threeSixtyLearning'])(
		`trips up no run for %s, and ends nobody's access without evidence (${READS} runs)`,
		async (platform) => {
			await fc.assert(
				fc.asyncProperty(spoiling, fc.array(oddText, { maxLength: 3 }), async (wrong, texts) => {
					const world = newWorld();
					hireOddly(world, texts);
					const strangers = world.strangers();
					world.spoiling = wrong;
					const customAttributes = ['dynamic_1', '__proto__'];
					const employees = await read({ ...READ, apiVersion, customAttributes });
					const run = employees && (await sync(employees, planFor(platform, world), texts));
					expectEvidence(world, strangers, run);
				}),
				{ numRuns: READS },
			);
		},
	);
});
