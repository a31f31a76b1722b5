import { filtersOf } from '../../../nodes/Personio/actions/employee/filters';

it.each([undefined, null, {}, { email: '', statuses: [] }, { email: null }, { email: ' ' }])(
	'%j restricts nothing',
	(value) => {
		expect(filtersOf(value)).toEqual({ address: '', statuses: [] });
	},
);

it('takes an address and statuses', () => {
	const value = { email: ' jane@example.com ', statuses: ['active', 'leave'] };
	expect(filtersOf(value)).toEqual({ address: 'jane@example.com', statuses: ['active', 'leave'] });
});

it.each([4711, true, {}, ['jane@example.com']])('refuses %j as an address, and says what to do', (email) => {
	expect(() => filtersOf({ email })).toThrow(
		/^The filter "E-Mail" is not a text but .+\. Enter an address; if an expression gives it, check/,
	);
});

it.each(['inactive', 'active', 7, {}, ['actives'], [null]])(
	'refuses %j as statuses, and says what to do',
	(statuses) => {
		expect(() => filtersOf({ statuses })).toThrow(
			/^The filter "Statuses" is not a list of statuses but .+\. Choose from the list, or let the expression/,
		);
	},
);
