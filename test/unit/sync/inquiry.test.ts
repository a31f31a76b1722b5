import type { Employee, Learner } from '../../../nodes/shared/item';
import { informed, inquire, withoutDetails } from '../../../nodes/LmsSync/sync/inquiry';
import { fingerprintOf, markText } from '../../../nodes/LmsSync/sync/marks';
import type { CustomField } from '../../../nodes/LmsSync/sync/lmsState';
import {
	accountOf,
	aField,
	anAcademy,
	anEmployee,
	invitationOf,
	LATER,
	lmsOnly,
	planned,
	reportsTo,
	someSettings,
	without,
	YESTERDAY,
	type SettingsOver,
} from './builders';

const team: CustomField = { ...aField('Team'), costly: true };
const place: CustomField = { ...aField('Place'), costly: true };
const MAPPING = [
	{ attribute: 'department', field: 'team' },
	{ attribute: 'office', field: 'Place' },
];
const anna = anEmployee(1, { department: 'IT', office: 'London' });

function inquiryOf(
	employees: Employee[],
	learners: Learner[],
	kind: 'full' | 'fast',
	over: SettingsOver = {},
	fields = [team, place],
) {
	const settings = { fieldMapping: MAPPING, ...over };
	const lms = withoutDetails(anAcademy({ learners, fields }));
	const draft = planned({ employees, lms, settings });
	const { inquiry } = inquire(draft, lms, someSettings(settings), kind === 'full');
	const { values, managers, endings } = inquiry;
	return { values: values.map(({ id }) => id), managers, endings: endings.map(({ id }) => id) };
}

/** The account of somebody whose values the sync has written before. */
const known = (employee: Employee, written = employee): Learner => {
	const settings = someSettings({ fieldMapping: MAPPING });
	const fingerprint = fingerprintOf(written, { fields: [team, place] }, settings) ?? '0';
	return accountOf(employee, { mark: markText(employee.id, { fingerprint, manager: null }) });
};

describe('values that cost a call', () => {
	const valuesOf = (...args: Parameters<typeof inquiryOf>) => inquiryOf(...args).values;

	it('are read of everybody in a full comparison', () => {
		expect(valuesOf([anna], [known(anna)], 'full')).toEqual(['L1']);
	});

	it('are read in a fast one only where the mark tells other values', () => {
		expect(valuesOf([anna], [known(anna)], 'fast')).toEqual([]);
		expect(valuesOf([anna], [known(anna, { ...anna, department: 'HR' })], 'fast')).toEqual(['L1']);
	});

	it.each([null, undefined, 'not a mark'])('are read where the mark is %j', (mark) => {
		const learner = { ...accountOf(anna), ...(mark !== undefined && { mark }) };
		expect(valuesOf([anna], [learner], 'fast')).toEqual(['L1']);
	});

	it('are read where one of them is not delivered, since the mark cannot tell', () => {
		expect(valuesOf([without(anna, 'office')], [known(anna)], 'fast')).toEqual(['L1']);
	});

	it('are read where one of them is not delivered and there is no mark yet', () => {
		expect(valuesOf([without(anna, 'office')], [accountOf(anna, { mark: null })], 'fast')).toEqual(['L1']);
	});

	it('are read of everybody where a field is gone', () => {
		expect(valuesOf([anna], [known(anna)], 'fast', {}, [{ ...team, missing: true }, place])).toEqual(['L1']);
	});

	it('are read of nobody where no such field is mapped', () => {
		const over = { fieldMapping: [{ attribute: 'position', field: 'Job Title' }] };
		expect(valuesOf([anna], [accountOf(anna)], 'full', over, [team, aField('Job Title')])).toEqual([]);
	});

	it('are read of those who are compared, and of nobody else', () => {
		const leaver = anEmployee(2, { terminationDate: YESTERDAY });
		const excluded = anEmployee(3);
		const waiting = anEmployee(4);
		const learners = [accountOf(leaver), accountOf(excluded), invitationOf(waiting), lmsOnly('x')];
		const employees = [leaver, excluded, waiting, anEmployee(5)];
		expect(valuesOf(employees, learners, 'full', { scope: { exclude: ['3'] } })).toEqual(['I4']);
	});

	it('are read of somebody who comes back, since an ended account keeps its own', () => {
		expect(valuesOf([anna], [accountOf(anna, { status: 'inactive' })], 'full')).toEqual(['L1']);
	});
});

describe('the reports of managers', () => {
	const boss = anEmployee(2);
	const one = anEmployee(1, reportsTo(2));
	const three = anEmployee(3, reportsTo(2));
	const learners = [accountOf(boss), accountOf(one), accountOf(three)];
	const managersOf = (
		employees: Employee[],
		accounts: Learner[],
		kind: 'full' | 'fast',
		over?: SettingsOver,
	) => inquiryOf(employees, accounts, kind, over).managers;

	it('are listed once for each manager, in a full comparison only', () => {
		expect(managersOf([boss, one, three], learners, 'full')).toEqual(['L2']);
		expect(managersOf([boss, one, three], learners, 'fast')).toEqual([]);
	});

	it('are listed of managers who are not among the employees', () => {
		expect(managersOf([one], learners, 'full')).toEqual(['L2']);
	});

	it('are not listed of those who have no account, or whose account has ended', () => {
		expect(managersOf([boss, one], [accountOf(one)], 'full')).toEqual([]);
		const ended = accountOf(boss, { status: 'inactive' });
		expect(managersOf([boss, one], [ended, accountOf(one)], 'full')).toEqual([]);
	});

	it('are not listed where managers are not wanted', () => {
		expect(managersOf([boss, one], learners, 'full', { managers: false })).toEqual([]);
	});
});

describe('whether somebody owns the platform', () => {
	const leaver = anEmployee(2, { terminationDate: YESTERDAY });
	const ending = anEmployee(3, { terminationDate: LATER });
	const staying = anEmployee(4);

	it.each(['full', 'fast'] as const)('is asked about everybody who may lose access (%s)', (kind) => {
		const learners = [accountOf(leaver), accountOf(ending), accountOf(staying, { accessEnds: LATER })];
		expect(inquiryOf([leaver, ending, staying], learners, kind).endings).toEqual(['L2', 'L3']);
	});

	it('is asked about a new last day of somebody who has one', () => {
		const other = accountOf(ending, { accessEnds: '2026-04-30' });
		expect(inquiryOf([ending], [other], 'fast').endings).toEqual(['L3']);
		expect(inquiryOf([ending], [accountOf(ending, { accessEnds: LATER })], 'fast').endings).toEqual([]);
	});
});

describe('what was found out', () => {
	const lms = withoutDetails(
		anAcademy({ learners: [known(anna), accountOf(anEmployee(2)), accountOf(anEmployee(3, {}))] }),
	);
	const [one, two, three] = informed(lms, {
		values: new Map([[accountOf(anna).id, { Team: 'IT' }]]),
		reports: new Map(),
		owners: new Set([accountOf(anEmployee(2)).id]),
	}).learners;

	it('is put with those who were read, and all others stay unknown', () => {
		expect(one).toMatchObject({ custom: { Team: 'IT' } });
		expect(one).not.toHaveProperty('partial');
		expect([two?.partial, three?.partial]).toEqual([true, true]);
	});

	it('tells the owner from the others', () => {
		expect([one?.owner, two?.owner, three?.owner]).toEqual([undefined, true, undefined]);
	});

	it('leaves what the lists told', () => {
		const learners = [accountOf(anna, { custom: { 'Job Title': 'Cook' } })];
		const values = new Map([[accountOf(anna).id, { Team: 'IT' }]]);
		const found = informed(anAcademy({ learners }), { values, reports: new Map(), owners: new Set() });
		expect(found.learners[0]?.custom).toEqual({ 'Job Title': 'Cook', Team: 'IT' });
	});

	it('is nothing about ended accounts, which are not read on their own', () => {
		const ended = accountOf(anna, { status: 'inactive' });
		expect(withoutDetails(anAcademy({ learners: [ended] })).learners).toEqual([ended]);
	});
});
