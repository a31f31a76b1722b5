import { companyOf } from '../../sandbox';
import type { Employee, RunSummary, SyncItem } from '../../../nodes/shared/item';
import { aRoster } from '../sync/builders';
import { employeeOf, full, invited, itemOf, READ_AT, someRun, tallied } from './items';

const employees = (people: number): Employee[] => companyOf(people).map(employeeOf);

/** The first load of a company, in which everybody comes along as an item. */
export function firstLoad(people: number): SyncItem[] {
	const items = employees(people).map((employee, index) => {
		if (index % 401 === 0) {
			const message = `${full(employee)} (Personio id ${employee.id}) has no e-mail address in Personio, so there can be no account. Enter it in Personio.`;
			return itemOf({ ...employee, email: null }, { action: 'hold', dryRun: true }, message, {
				hold: { code: 'noEmail', message },
				withheld: 'invite',
			});
		}
		return invited(employee, true);
	});
	const limits: RunSummary['limits'] = [
		{
			kind: 'invitations',
			wanted: items.length,
			before: 0,
			allowed: 0,
			windowHours: 24,
			exceeded: false,
			firstLoad: true,
		},
	];
	const configuration = { code: 'B2HV-9KTD', changed: [], confirmed: false };
	const roster = aRoster(people, { readAt: READ_AT });
	return [...items, { run: someRun({ roster, decisions: tallied(items, 0), limits, configuration }) }];
}

/** An ordinary night of a large company: a handful of people among very many. */
export function ordinaryNight(people: number): SyncItem[] {
	const some = employees(60);
	const items = [
		...some.slice(0, 3).map((employee) => invited(employee, false)),
		...some.slice(3, 40).map((employee) =>
			itemOf(employee, { action: 'update', dryRun: false }, 'Differs in Department.', {
				changes: [
					{ field: 'custom.Department', label: 'Department', from: 'Sales', to: employee.department ?? '' },
				],
			}),
		),
		itemOf(
			some[41] as Employee,
			{ action: 'deactivate', dryRun: false },
			'Termination date 2026-03-08; that day is over.',
		),
	];
	const roster = aRoster(people, { readAt: READ_AT });
	const run = someRun({ dryRun: false, roster, decisions: tallied(items, people - items.length) });
	return [...items, { run }];
}
