import type { AttributeValue, Employee } from './item';

/**
 * Many employees as one table. n8n keeps with each execution what every node has put out: ten thousand
 * items take some four times as much of its database.
 */
export interface PackedEmployees {
	/** Names of the columns: fields of the record, and custom attributes behind `custom.`. */
	fields: string[];
	/** Texts that occur often. `=0` in a row stands for the first, further ones by base 36. */
	words: string[];
	/**
	 * A row for each employee, its cells apart by tabs. Nothing is what Personio did not deliver, `~` is an
	 * empty value, and behind a `~` stands JSON.
	 */
	rows: string[];
}

const CUSTOM = 'custom.';
const SEPARATOR = '\t';
const RADIX = 36;
/** What a text takes up once more in the list of words. */
const COST_OF_WORD = 10;

export function pack(employees: Employee[]): PackedEmployees {
	const records = employees.map(flat);
	const fields = [...new Set(records.flatMap((record) => [...record.keys()]))];
	const words = frequent(records);
	const numbers = new Map(words.map((word, index) => [word, `=${index.toString(RADIX)}`]));
	const cell = (value: unknown): string => {
		if (value === undefined) return '';
		if (value === null) return '~';
		if (typeof value !== 'string') return `~${JSON.stringify(value)}`;
		return numbers.get(value) ?? (/^(?:[~=]|$)|[\t\n\r]/.test(value) ? `~${JSON.stringify(value)}` : value);
	};
	const rows = records.map((record) => fields.map((field) => cell(record.get(field))).join(SEPARATOR));
	return { fields, words, rows };
}

function flat({ custom, ...record }: Employee): Map<string, unknown> {
	return new Map<string, unknown>([
		...Object.entries(record),
		...Object.entries(custom).map(([key, value]) => [CUSTOM + key, value] as const),
	]);
}

/** The most frequent first, so that the shortest numbers stand for them. */
function frequent(records: Array<Map<string, unknown>>): string[] {
	const counts = new Map<string, number>();
	for (const record of records) {
		for (const value of record.values()) {
			if (typeof value === 'string') counts.set(value, (counts.get(value) ?? 0) + 1);
		}
	}
	return [...counts]
		.filter(([word, count]) => count * (word.length - 3) > word.length + COST_OF_WORD)
		.sort(([, a], [, b]) => b - a)
		.map(([word]) => word);
}

/** The employees of a table, `undefined` if it is none: a node in between may have made anything of it. */
export function unpacked(value: unknown): Employee[] | undefined {
	const { fields, words, rows } = (value ?? {}) as Partial<Record<keyof PackedEmployees, unknown>>;
	if (!isTexts(fields) || !isTexts(words) || !isTexts(rows)) return undefined;
	const employees: Employee[] = [];
	for (const row of rows) {
		const cells = row.split(SEPARATOR);
		if (cells.length !== fields.length) return undefined;
		const employee = employeeOf(fields, cells, words);
		if (employee === undefined) return undefined;
		employees.push(employee);
	}
	return employees;
}

const isTexts = (value: unknown): value is string[] =>
	Array.isArray(value) && value.every((each) => typeof each === 'string');

function employeeOf(fields: string[], cells: string[], words: string[]): Employee | undefined {
	const record: Array<[string, unknown]> = [];
	const custom: Array<[string, AttributeValue]> = [];
	for (const [index, cell] of cells.entries()) {
		if (cell === '') continue;
		const value = valueOf(cell, words);
		if (value === undefined) return undefined;
		const field = fields[index] ?? '';
		if (field.startsWith(CUSTOM)) custom.push([field.slice(CUSTOM.length), value as AttributeValue]);
		else record.push([field, value]);
	}
	const { id, ...rest } = Object.fromEntries(record);
	if (typeof id !== 'string' || id === '') return undefined;
	return { id, ...rest, custom: Object.fromEntries(custom) } as Employee;
}

function valueOf(cell: string, words: string[]): unknown {
	if (cell === '~') return null;
	if (cell.startsWith('=')) return words[parseInt(cell.slice(1), RADIX)];
	if (!cell.startsWith('~')) return cell;
	try {
		return JSON.parse(cell.slice(1)) as unknown;
	} catch {
		return undefined;
	}
}
