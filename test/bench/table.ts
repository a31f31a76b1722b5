export interface Table {
	title: string;
	/** What was measured, and what the figures do not tell. */
	note: string;
	head: string[];
	rows: string[][];
}

/** A Markdown table with columns of even width, as Prettier would have it. */
export function table(head: string[], rows: string[][]): string {
	const widths = head.map((cell, column) =>
		Math.max(cell.length, 3, ...rows.map((row) => (row[column] ?? '').length)),
	);
	const line = (cells: string[]) =>
		`| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
	const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
	return [line(head), rule, ...rows.map(line)].join('\n');
}
