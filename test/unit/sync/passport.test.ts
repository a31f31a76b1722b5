import { EMPLOYEE_FIELDS } from '../../../nodes/shared/item';
import { passportOf } from '../../../nodes/LmsSync/sync/passport';
import { anAcademy, aPortal, aRoster, equals, joins, someSettings, type SettingsOver } from './builders';

const passport = (settings: SettingsOver = {}, roster = {}, lms = aPortal()) =>
	passportOf(someSettings(settings), aRoster(1, roster), lms);
const entry = (name: string, ...args: Parameters<typeof passport>) =>
	passport(...args).find(({ attribute }) => attribute === name);
const UNUSED = 'not used by this plan, and need not be read';

describe('the passport of fields', () => {
	it('names each attribute that was asked for, once', () => {
		const names = passport({}, { customAttributes: ['dynamic_1', 'dynamic_2'] }).map(
			({ attribute }) => attribute,
		);
		expect(names).toHaveLength(new Set(names).size);
		expect([...names].sort()).toEqual(['id', ...EMPLOYEE_FIELDS, 'dynamic_1', 'dynamic_2'].sort());
	});

	it('tells why each was read, with every use of it, and says so where there is none', () => {
		const settings: SettingsOver = {
			groupLevels: ['office'],
			groupRules: [joins('office', 'London', 'Staff'), joins('office', 'Berlin', 'Staff')],
			scope: { filters: [equals('office', 'London')] },
			fieldMapping: [{ attribute: 'office', field: 'Place' }],
		};
		expect(entry('office', settings)).toEqual({
			attribute: 'office',
			why: ['field mapping', 'level 1 of the groups', 'rule for a group', 'filter of the scope'],
			goesTo: ['Place', 'Groups', 'Group "Staff"'],
			delivered: true,
		});
		expect(entry('office')).toMatchObject({ why: [UNUSED], goesTo: [] });
		expect(passport(settings).every(({ why }) => why.length > 0)).toBe(true);
	});

	it('has dates by which access ends, and no others', () => {
		expect(entry('terminationDate')?.goesTo).toEqual(['Last day of access']);
		expect(entry('contractEndDate')?.why).toEqual([UNUSED]);
		expect(entry('contractEndDate', { endAccess: 'earliest' })?.goesTo).toEqual(['Last day of access']);
	});

	it('has the supervisor where there are managers, and they are synced', () => {
		expect(entry('supervisor')?.why).toEqual([UNUSED]);
		expect(entry('supervisor', {}, {}, anAcademy())?.goesTo).toEqual(['Manager']);
		expect(entry('supervisor', { managers: false }, {}, anAcademy())?.why).toEqual([UNUSED]);
	});

	it('says what it would need and nobody asked for', () => {
		const roster = { attributes: EMPLOYEE_FIELDS.filter((field) => field !== 'supervisor') };
		expect(entry('supervisor', {}, roster, anAcademy())?.delivered).toBe(false);
		expect(entry('supervisor', {}, {}, anAcademy())?.delivered).toBe(true);
	});

	it('tells where the number is kept, and that it is not where addresses alone are compared', () => {
		expect(entry('id')?.goesTo).toEqual(['Personio ID']);
		expect(entry('id', { matchBy: 'email' })?.goesTo).toEqual([]);
	});

	it('marks what was asked for and not delivered, and has the names that Personio uses', () => {
		const roster = {
			customAttributes: ['dynamic_1'],
			missingAttributes: ['dynamic_1'],
			labels: { dynamic_1: 'Shoe size' },
		};
		expect(entry('dynamic_1', {}, roster)).toEqual({
			attribute: 'dynamic_1',
			label: 'Shoe size',
			why: [UNUSED],
			goesTo: [],
			delivered: false,
		});
	});

	it('says of a custom attribute that nobody told what it is called, and of no other', () => {
		const roster = {
			customAttributes: ['dynamic_1', 'dynamic_2', 'fix_salary'],
			labels: { dynamic_1: 'Shoe size' },
		};
		const unnamed = passport({}, roster).filter((each) => each.unnamed);
		expect(unnamed.map(({ attribute }) => attribute)).toEqual(['dynamic_2']);
		expect(entry('fix_salary', {}, roster)).toMatchObject({ sensitive: true });
	});

	it('has only what was asked for, and what the plan uses', () => {
		const names = passport({}, { attributes: ['email', 'status'] }).map(({ attribute }) => attribute);
		expect(names).not.toContain('position');
		expect(names).toContain('email');
	});
});
