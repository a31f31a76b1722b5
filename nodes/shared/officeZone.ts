import type { Employee } from './item';

/** The zone of the employee's office, for luxon. Fixed offsets come from Personio's dates. */
export function zoneOf(employee: Employee, defaultZone: string): string {
	return employee.timeZoneOffset === undefined ? defaultZone : `UTC${employee.timeZoneOffset}`;
}
