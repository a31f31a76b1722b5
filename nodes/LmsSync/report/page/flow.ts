import type { RunSummary } from '../../../shared/item';
import { escapeHtml } from '../escape';
import type { Row } from '../summary';
import { count, STATES, wordFor, type State } from '../words';

/** Part of a picture of a flow: a bar with a label beside it, and a tone that says what it means. */
interface Bar {
	label: string;
	amount: number;
	tone: string;
}

interface Band {
	from: number;
	to: number;
	amount: number;
	tone: string;
}

/** Heights in pixels. The picture is stretched in width only, so labels keep their size on a phone. */
const TALLEST = 190;
const THINNEST = 2;
const LABEL = { source: 64, target: 30 };

/** How many of the people who are left as they are are in step, where every one of them has come along. */
interface Unchanged {
	inStep: number;
	leftAlone: number;
}

/**
 * The way from employees to what became of them. Very thin bands are drawn thicker than they are, or
 * three people among 20,000 could not be seen.
 */
export function flowOf(rows: Row[], run: RunSummary | undefined, dryRun: boolean): string {
	const fromEmployees = tally(rows.filter(({ item }) => item.employee));
	const fromAccounts = tally(rows.filter(({ item }) => !item.employee));
	const listed = fromEmployees.get('none') ?? 0;
	const unchanged = Math.max(listed, run?.decisions.none ?? 0);
	fromEmployees.set('none', unchanged);
	const split = unchanged === listed ? splitOf(rows) : undefined;

	const targets: Bar[] = [];
	const bands: Band[] = [];
	for (const state of [...STATES].reverse()) {
		for (const [label, share] of labelsOf(state, dryRun, split)) {
			const parts = [fromEmployees, fromAccounts].map((tallied, source) =>
				share === undefined ? (tallied.get(state) ?? 0) : source === 0 ? share : 0,
			);
			const amount = parts.reduce((sum, part) => sum + part, 0);
			if (amount === 0) continue;
			parts.forEach((part, from) => {
				if (part > 0) bands.push({ from, to: targets.length, amount: part, tone: state });
			});
			targets.push({ label, amount, tone: state });
		}
	}
	if (targets.length === 0) return '';
	const sums = [0, 1].map((source) =>
		bands.filter(({ from }) => from === source).reduce((sum, { amount }) => sum + amount, 0),
	);
	const [employees = 0, accounts = 0] = sums;
	const read = run?.roster.count ?? 0;
	const sources: Bar[] = [
		{
			label: employees === 1 ? 'employee in Personio' : 'employees in Personio',
			amount: employees,
			tone: 'source',
		},
		{
			label: accounts === 1 ? 'account without an employee' : 'accounts without an employee',
			amount: accounts,
			tone: 'source',
		},
	];
	const note = noteOn(employees, read, bands, employees + accounts);
	return drawing(sources, targets, bands, note);
}

const tally = (rows: Row[]): Map<State, number> => {
	const tallied = new Map<State, number>();
	for (const { state } of rows) tallied.set(state, (tallied.get(state) ?? 0) + 1);
	return tallied;
};

function splitOf(rows: Row[]): Unchanged | undefined {
	const unchanged = rows.filter(({ state }) => state === 'none');
	const scopes = unchanged.map(({ item }) => item.decision?.explanation?.scope);
	if (unchanged.length === 0 || scopes.includes(undefined)) return undefined;
	const inStep = scopes.filter((scope) => scope?.inScope === true).length;
	return { inStep, leftAlone: unchanged.length - inStep };
}

function labelsOf(
	state: State,
	dryRun: boolean,
	split: Unchanged | undefined,
): Array<[string, number | undefined]> {
	if (state !== 'none') return [[wordFor(state, dryRun), undefined]];
	if (!split) return [['in step or left alone', undefined]];
	return [
		['in step', split.inStep],
		['left alone', split.leftAlone],
	];
}

function noteOn(employees: number, read: number, bands: Band[], total: number): string {
	const notes: string[] = [];
	if (employees > read && read > 0) {
		notes.push(
			`${count(employees - read)} more than the ${count(read)} employees who were read: of some people one part goes on while another is held, and they are counted in both.`,
		);
	}
	if (bands.some(({ amount }) => (amount / total) * TALLEST < THINNEST)) {
		notes.push('The thinnest bands are drawn thicker than they are.');
	}
	return notes.join(' ');
}

interface Place {
	top: number;
	height: number;
}

/** Bars of one column below each other, each in a row that is high enough for its label. */
function column(heights: number[], label: number): { places: Place[]; height: number } {
	let next = 0;
	const places = heights.map((height) => {
		const row = Math.max(height + 6, label);
		const place = { top: next + (row - height) / 2, height };
		next += row;
		return place;
	});
	return { places, height: next };
}

function drawing(sources: Bar[], targets: Bar[], bands: Band[], note: string): string {
	const total = bands.reduce((sum, { amount }) => sum + amount, 0);
	const heights = bands.map(({ amount }) => Math.max((amount / total) * TALLEST, THINNEST));
	const heightOf = (end: 'from' | 'to', index: number) =>
		bands.reduce((sum, band, at) => (band[end] === index ? sum + (heights[at] ?? 0) : sum), 0);
	const present = sources.flatMap((source, index) => (source.amount > 0 ? [index] : []));
	const left = column(
		present.map((index) => heightOf('from', index)),
		LABEL.source,
	);
	const right = column(
		targets.map((_, index) => heightOf('to', index)),
		LABEL.target,
	);
	const height = Math.max(left.height, right.height);
	const shift = (places: Place[], own: number) =>
		places.map((place) => ({ ...place, top: place.top + (height - own) / 2 }));
	const lefts = shift(left.places, left.height);
	const rights = shift(right.places, right.height);

	const usedLeft = lefts.map(({ top }) => top);
	const usedRight = rights.map(({ top }) => top);
	const paths = bands.map((band, index) => {
		const thickness = heights[index] ?? 0;
		const source = present.indexOf(band.from);
		const y0 = usedLeft[source] ?? 0;
		const y1 = usedRight[band.to] ?? 0;
		usedLeft[source] = y0 + thickness;
		usedRight[band.to] = y1 + thickness;
		return `<path class="t-${band.tone}" d="${ribbon(y0, y1, thickness)}"/>`;
	});
	const label =
		(side: string) =>
		(bar: Bar, { top, height: tall }: Place) =>
			`<li class="${side} t-${bar.tone}" style="top:${round(top + tall / 2)}px"><span class="bar" style="height:${round(tall)}px"></span><span class="what"><b>${count(bar.amount)}</b> ${escapeHtml(bar.label)}</span></li>`;
	const labels = [
		...present.map((index, at) => label('l')(sources[index] as Bar, lefts[at] as Place)),
		...targets.map((bar, at) => label('r')(bar, rights[at] as Place)),
	].join('');
	const picture = `<svg viewBox="0 0 100 ${round(height)}" preserveAspectRatio="none" height="${round(height)}" aria-hidden="true" focusable="false">${paths.join('')}</svg>`;
	const caption = note === '' ? '' : `<p class="note">${escapeHtml(note)}</p>`;
	return `<div class="flow" style="height:${round(height)}px">${picture}<ul>${labels}</ul></div>${caption}`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

function ribbon(y0: number, y1: number, thickness: number): string {
	const [a, b, c, d] = [y0, y1, y1 + thickness, y0 + thickness].map(round);
	return `M0 ${a}C50 ${a} 50 ${b} 100 ${b}V${c}C50 ${c} 50 ${d} 0 ${d}Z`;
}
