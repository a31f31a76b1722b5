export const EMPLOYEES = '/v1/company/employees';

/** The most that v1 delivers at once since 2025. */
export const V1_PAGE = 100;

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
