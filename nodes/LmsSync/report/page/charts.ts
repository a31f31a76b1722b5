import { changesOf, fieldName } from '../changes';
import { escapeHtml } from '../escape';
import { textOf } from '../intake';
import type { Row } from '../summary';
import { count, KINDS, wordFor, type State } from '../words';

interface Segment {
	state: string;
	amount: number;
	label: string;
}

interface Line {
	name: string;
	segments: Segment[];
}

const LONGEST = 12;

const sumOf = ({ segments }: Line): number => segments.reduce((sum, { amount }) => sum + amount, 0);

/** Of these nothing changes. */
const WITHOUT_CHANGE: ReadonlySet<State> = new Set(['hold', 'none', 'failed', 'undone', 'skipped']);

/** What changes for how many people. Of somebody new everything is new, so that counts once. */
export function changesByKind(rows: Row[], dryRun: boolean): string {
	const kinds = new Map<string, number>();
	const add = (kind: string) => kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
	for (const { item, state, dryRun: isPreview } of rows) {
		const { decision } = item;
		if (!decision || WITHOUT_CHANGE.has(state) || isPreview !== dryRun) continue;
		const { add: joined, remove: left } = decision.groups;
		if (decision.action === 'invite' || decision.action === 'create') {
			add(decision.action === 'invite' ? 'new: invitation' : 'new: account');
		} else {
			for (const name of new Set(changesOf(item).map(fieldName))) add(name);
		}
		if (joined.length > 0) add('joins groups');
		if (left.length > 0) add('leaves groups');
		if (decision.manager) add('manager');
	}
	const lines = [...kinds].map(([name, amount]): Line => ({
		name,
		segments: [{ state: 'update', amount, label: 'people' }],
	}));
	return chart(lines, 'other fields');
}

/** How many people of each department something is done for, held, or failed. */
export function peopleByDepartment(rows: Row[]): { chart: string; legend: string } {
	const departments = new Map<string, Map<string, number>>();
	const present = new Set<string>();
	for (const { item, state, dryRun } of rows) {
		if (state === 'none') continue;
		const name = textOf(item.employee?.department) || 'no department';
		const tally = departments.get(name) ?? new Map<string, number>();
		const label = wordFor(state, dryRun);
		departments.set(name, tally.set(label, (tally.get(label) ?? 0) + 1));
		present.add(label);
	}
	const kinds = KINDS.filter(({ label }) => present.has(label));
	const lines = [...departments].map(([name, tally]): Line => ({
		name,
		segments: kinds.flatMap(({ state, label }) => {
			const amount = tally.get(label) ?? 0;
			return amount > 0 ? [{ state, amount, label }] : [];
		}),
	}));
	const keys = kinds.map(({ state, label }) => `<li><i class="t-${state}"></i>${escapeHtml(label)}</li>`);
	return {
		chart: chart(lines, 'other departments'),
		legend: keys.length > 0 ? `<ul class="legend" aria-hidden="true">${keys.join('')}</ul>` : '',
	};
}

function chart(lines: Line[], others: string): string {
	const sorted = lines.sort((a, b) => sumOf(b) - sumOf(a));
	const rest = sorted.slice(LONGEST);
	const shown = sorted.slice(0, LONGEST);
	if (rest.length > 0) shown.push({ name: `${count(rest.length)} ${others}`, segments: mergedOf(rest) });
	const most = Math.max(...shown.map(sumOf), 1);
	return shown.length === 0
		? ''
		: `<ul class="bars">${shown.map((line) => lineOf(line, most)).join('')}</ul>`;
}

function mergedOf(lines: Line[]): Segment[] {
	const merged = new Map<string, Segment>();
	for (const segment of lines.flatMap(({ segments }) => segments)) {
		const known = merged.get(segment.label);
		merged.set(segment.label, { ...segment, amount: segment.amount + (known?.amount ?? 0) });
	}
	return [...merged.values()];
}

function lineOf(line: Line, most: number): string {
	const { name, segments } = line;
	const parts = segments.map(
		({ state, amount }) =>
			`<i class="t-${state}" style="width:${Math.round((amount / most) * 1000) / 10}%"></i>`,
	);
	const spoken = segments.map(({ amount, label }) => `${count(amount)} ${label}`).join(', ');
	return `<li><span class="name"><bdi>${escapeHtml(name)}</bdi></span><span class="track" aria-hidden="true">${parts.join('')}</span><span class="sum" title="${escapeHtml(spoken)}">${count(sumOf(line))}<span class="sr"> (${escapeHtml(spoken)})</span></span></li>`;
}
