import type { RunSummary } from '../../../shared/item';
import { escapeHtml } from '../escape';
import { textOf } from '../intake';
import type { Row } from '../summary';
import { count, KINDS, wordFor, type State } from '../words';

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

const UNCHANGED = wordFor('none', false);

/**
 * The way from employees to what became of them. Very thin bands are drawn thicker than they are, or
 * three people among 20,000 could not be seen.
 */
export function flowOf(rows: Row[], run: RunSummary | undefined): string {
	const ofEmployees = rows.filter(({ item }) => item.employee);
	const ofAccounts = rows.filter(({ item }) => !item.employee);
	const [fromEmployees, fromAccounts] = [tally(ofEmployees), tally(ofAccounts)];
	const listed = fromEmployees.get(UNCHANGED) ?? 0;
	const unchanged = Math.max(listed, run?.decisions.none ?? 0);
	fromEmployees.set(UNCHANGED, unchanged);
	const split = unchanged === listed ? splitOf(rows) : undefined;

	const targets: Bar[] = [];
	const bands: Band[] = [];
	for (const { state, label: word } of KINDS) {
		for (const [label, share] of labelsOf(state, word, split)) {
			const parts = [fromEmployees, fromAccounts].map((tallied, source) =>
				share === undefined ? (tallied.get(word) ?? 0) : source === 0 ? share : 0,
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
	const [employees, accounts] = [peopleAmong(ofEmployees), peopleAmong(ofAccounts)];
	const sources: Bar[] = [
		sourceOf(employees + unchanged - listed, 'employee in Personio', 'employees in Personio'),
		sourceOf(accounts, 'account without an employee', 'accounts without an employee'),
	];
	const note = noteOn(rows.length - employees - accounts, bands);
	return drawing(sources, targets, bands, note);
}

const sourceOf = (amount: number, one: string, many: string): Bar => ({
	label: amount === 1 ? one : many,
	amount,
	tone: 'source',
});

function tally(rows: Row[]): Map<string, number> {
	const tallied = new Map<string, number>();
	for (const { state, dryRun } of rows) {
		const label = wordFor(state, dryRun);
		tallied.set(label, (tallied.get(label) ?? 0) + 1);
	}
	return tallied;
}

/** Of some people one part of a decision is apart from the others. */
function peopleAmong(rows: Row[]): number {
	const ids = rows.map(
		({ item: { employee, learner } }, index) => textOf(employee?.id) || textOf(learner?.id) || `row ${index}`,
	);
	return new Set(ids).size;
}

function splitOf(rows: Row[]): Unchanged | undefined {
	const unchanged = rows.filter(({ state }) => state === 'none');
	const scopes = unchanged.map(({ item }) => item.decision?.explanation?.scope);
	if (unchanged.length === 0 || scopes.includes(undefined)) return undefined;
	const inStep = scopes.filter((scope) => scope?.inScope === true).length;
	return { inStep, leftAlone: unchanged.length - inStep };
}

function labelsOf(
	state: State,
	word: string,
	split: Unchanged | undefined,
): Array<[string, number | undefined]> {
	if (state !== 'none') return [[word, undefined]];
	if (!split) return [['in step or left alone', undefined]];
	return [
		['in step', split.inStep],
		['left alone', split.leftAlone],
	];
}

function noteOn(repeated: number, bands: Band[]): string {
	const notes: string[] = [];
	const total = bands.reduce((sum, { amount }) => sum + amount, 0);
	if (repeated > 0) {
		notes.push(
			`The right side has ${count(repeated)} more than the left one: of some people there are several decisions, since a part can be held on its own, and each is counted.`,
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
