import type { PersonioClient } from './client';

export const EMPLOYEES = '/v1/company/employees';

export interface V1List<Item> {
	data?: Item[];
	metadata?: { total_elements?: unknown } | null;
}

/** How many employees the whole list has; `undefined` where the page does not say it in figures. */
export function totalOf({ metadata }: V1List<unknown>): number | undefined {
	const total = metadata?.total_elements;
	const figure = typeof total === 'string' && /^\d+$/.test(total) ? Number(total) : total;
	return typeof figure === 'number' && Number.isInteger(figure) && figure >= 0 ? figure : undefined;
}

/** How many employees v1 counts; `undefined` where this integration may not ask. */
export async function countEmployees(client: PersonioClient): Promise<number | undefined> {
	try {
		const query = { limit: 1, offset: 0, attributes: ['id'] };
		const page = await client.get<V1List<unknown>>(EMPLOYEES, query);
		return page && totalOf(page);
	} catch {
		return undefined;
	}
}
