import type { Run } from './stage';

/** What an operator saw of the runs of some days, told as a table. */
export class Journal {
	private readonly rows: string[][] = [];

	/** Notes a run under what Personio delivered that day. */
	note(day: string, { writes, execution, report }: Run): void {
		const lines = report.text.split('\n');
		const codes = [...new Set(report.held.map(({ code }) => code))];
		this.rows.push([
			day,
			summaryOf(writes),
			execution.status,
			cut(lines.slice(0, 2).join(' ')),
			report.alerts.map(({ code }) => code).join(', ') || 'none',
			report.held.length === 0 ? '0' : `${report.held.length} (${codes.join(', ')})`,
		]);
	}

	/** In Markdown. */
	print(title: string): void {
		const head = ['Personio delivered', 'Writes', 'Run', 'The report begins', 'Alerts', 'Held'];
		const lines = [head, head.map(() => '---'), ...this.rows].map((row) => `| ${row.join(' | ')} |`);
		console.log(`\n${title}\n\n${lines.join('\n')}\n`);
	}
}

/** `34 POST /portal_invite`, by kind. */
function summaryOf(writes: string[]): string {
	const kinds = new Map<string, number>();
	for (const write of writes) {
		const kind = write.split(' ').slice(0, 2).join(' ');
		kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
	}
	return [...kinds].map(([kind, times]) => `${times} ${kind}`).join(', ') || 'none';
}

const LONGEST = 220;

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
