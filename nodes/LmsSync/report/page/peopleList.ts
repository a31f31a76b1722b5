import { escapeHtml, jsonForScript } from '../escape';
import { NONE } from '../changes';
import type { Block, Person } from '../people';
import { count, counted } from '../words';
import { name, section } from './markup';
import { clean, packOf } from './pack';

/** So many stand in the page itself, for readers without JavaScript. */
export const STATIC_PEOPLE = 200;
/** More departments than this are a list to choose from. */
const MOST_CHIPS = 10;

/**
 * Everybody who came along as an item: tools to find them, which only work with JavaScript, and the first
 * of them as plain markup.
 *
 * @param unlisted people who are unchanged and travel as a figure only
 */
export function peopleList(people: Person[], unlisted: number): string {
	const rest =
		unlisted > 0
			? `${counted(unlisted, 'further person', 'further people')} ${unlisted === 1 ? 'is' : 'are'} unchanged and ${unlisted === 1 ? 'travels' : 'travel'} as a figure only. To list everybody, switch on "Output Unchanged People" in the plan.`
			: '';
	if (people.length === 0)
		return section('people', 'People', rest === '' ? '' : `<p>${escapeHtml(rest)}</p>`);
	const first = people.slice(0, STATIC_PEOPLE).map(rowOf).join('');
	const left = people.length - STATIC_PEOPLE;
	const without =
		left > 0
			? `<noscript><p>The first ${count(STATIC_PEOPLE)} of ${count(people.length)} are shown. The table that comes with this report has everybody; with JavaScript this page has, too.</p></noscript>`
			: '';
	const body = `${tools(people)}<p id="found" class="note" role="status">${count(people.length)} in this list.</p>${without}<div id="list">${first}</div><button id="more" type="button" hidden>Show more</button><p id="rest"></p>`;
	return section('people', 'People', body, rest);
}

/** The data that the script of the page reads. */
export const packedPeople = (people: Person[]): string =>
	people.length === 0
		? ''
		: `<script type="application/json" id="pack">${jsonForScript(packOf(people))}</script>`;

function tools(people: Person[]): string {
	const facets = [
		{ key: 'badge', title: 'Decision', tallied: tally(people.map(({ badge }) => badge)) },
		{ key: 'outcome', title: 'Outcome', tallied: tally(people.map(({ outcome }) => outcome)) },
		{ key: 'platform', title: 'Platform', tallied: tally(people.map(({ platform }) => platform)) },
		{ key: 'department', title: 'Department', tallied: tally(people.map(({ department }) => department)) },
	];
	const controls = facets.filter(({ tallied }) => tallied.length > 1).map(facetOf);
	return `<div id="tools" role="search" hidden><label for="query">Search people</label><input id="query" type="search" placeholder="Name, address, id, group, department, any word" autocomplete="off" spellcheck="false">${controls.join('')}</div>`;
}

const tally = (values: string[]): Array<[string, number]> => {
	const tallied = new Map<string, number>();
	for (const value of values.map(clean)) tallied.set(value, (tallied.get(value) ?? 0) + 1);
	return [...tallied];
};

interface Facet {
	key: string;
	title: string;
	tallied: Array<[string, number]>;
}

function facetOf({ key, title, tallied }: Facet): string {
	const label = (value: string) => value || 'none';
	const sorted = key === 'badge' ? tallied : tallied.sort(([, a], [, b]) => b - a);
	if (sorted.length > MOST_CHIPS) {
		const options = sorted
			.sort(([a], [b]) => a.localeCompare(b, 'en'))
			.map(
				([value, amount]) =>
					`<option value="${escapeHtml(value)}">${escapeHtml(label(value))} (${count(amount)})</option>`,
			);
		return `<p class="facet"><label for="facet-${key}">${title}</label><select id="facet-${key}" data-facet="${key}"><option data-all>all</option>${options.join('')}</select></p>`;
	}
	const chips = sorted.map(
		([value, amount]) =>
			`<button type="button" class="chip" aria-pressed="false" data-facet="${key}" data-value="${escapeHtml(value)}">${escapeHtml(label(value))} <b>${count(amount)}</b></button>`,
	);
	return `<div class="facet" role="group" aria-label="${title}"><span>${title}</span><div>${chips.join('')}</div></div>`;
}

/** One person, as the script of the page makes them, too. */
function rowOf(person: Person): string {
	const { email, id, department, state, badge, why, blocks } = person;
	const facts = [email, id && `id ${id}`, department].filter((fact) => fact !== '');
	return `<details class="person"><summary><span class="badge t-${state}">${escapeHtml(badge)}</span><span class="who">${name(person.name)}</span><span class="facts">${facts.map(name).join(' · ')}</span><span class="why">${escapeHtml(why)}</span></summary><div class="blocks">${blocks.map(blockOf).join('')}</div></details>`;
}

function blockOf({ title, kind, rows }: Block): string {
	const cells = rows.map((row) => row.map(escapeHtml));
	const body =
		kind === 'lines'
			? cells.map(([line]) => `<p>${line}</p>`).join('')
			: kind === 'facts'
				? `<dl>${cells.map(([fact, value]) => `<div><dt>${fact}</dt><dd>${value}</dd></div>`).join('')}</dl>`
				: `<dl class="changes">${cells.map(([field, from, to]) => `<div><dt>${field}</dt><dd>${from === NONE ? '' : `<s>${from}</s> → `}<ins>${to}</ins></dd></div>`).join('')}</dl>`;
	return `<div class="block w${{ lines: 1, facts: 2, changes: 3 }[kind]}"><h3>${escapeHtml(title)}</h3>${body}</div>`;
}
