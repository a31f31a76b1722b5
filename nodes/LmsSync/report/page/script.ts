/**
 * The script of the page, in the form in which a browser gets it: text from outside becomes text nodes and
 * nothing else. Without it the page stands; with it everybody can be found.
 */
export const SCRIPT = String.raw`(() => {
'use strict';
const byId = (id) => document.getElementById(id);
const list = byId('list');
const data = byId('pack');
const folds = [...document.querySelectorAll('details.fold')];
if (!list || !data) {
	printing(() => 0);
	return;
}
const more = byId('more');
const query = byId('query');
const found = byId('found');
const { texts, blocks, people } = JSON.parse(data.textContent);
const [NAME, EMAIL, ID, DEPARTMENT, PLATFORM, STATE, BADGE, OUTCOME, WHY, BLOCKS] = Array(10).keys();
const FACETS = { badge: BADGE, outcome: OUTCOME, platform: PLATFORM, department: DEPARTMENT };
const CHUNK = 60;
const chosen = new Map();
let shown = people.map((_, index) => index);
let drawn = list.children.length;

const LETTERS = { ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ı: 'i', æ: 'ae', œ: 'oe' };
const fold = (text) =>
	text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[ßøłđıæœ]/g, (sign) => LETTERS[sign]);
let folded;
const foldedTexts = () => (folded ??= texts.map(fold));

/** Whether each text, and then each block, holds the term; a person holds it if one of theirs does. */
function holders(term) {
	const ours = foldedTexts();
	const inText = new Uint8Array(ours.length);
	for (let at = 0; at < ours.length; at++) if (ours[at].includes(term)) inText[at] = 1;
	const inBlock = new Uint8Array(blocks.length);
	for (let at = 0; at < blocks.length; at++) {
		const block = blocks[at];
		for (let cell = 2; cell < block.length; cell++) {
			if (!inText[block[cell]]) continue;
			inBlock[at] = 1;
			break;
		}
	}
	return (person) => {
		for (let at = 0; at < BLOCKS; at++) if (at !== STATE && inText[person[at]]) return true;
		for (let at = BLOCKS; at < person.length; at++) if (inBlock[person[at]]) return true;
		return false;
	};
}

function search() {
	const terms = fold(query.value).split(/\s+/).filter(Boolean).map(holders);
	const facets = [...chosen].filter(([, values]) => values.size > 0);
	shown = [];
	for (let index = 0; index < people.length; index++) {
		const person = people[index];
		if (!facets.every(([place, values]) => values.has(person[place]))) continue;
		if (terms.every((holds) => holds(person))) shown.push(index);
	}
	list.textContent = '';
	drawn = 0;
	draw();
}

const amount = (value) => value.toLocaleString('en-US');

function draw(upTo = drawn + CHUNK) {
	const rows = document.createDocumentFragment();
	for (const end = Math.min(upTo, shown.length); drawn < end; drawn++) rows.append(rowOf(people[shown[drawn]]));
	list.append(rows);
	tell();
}

function tell() {
	more.hidden = drawn >= shown.length;
	found.textContent =
		shown.length === people.length
			? amount(people.length) + ' in this list.'
			: shown.length === 0
				? 'Nobody fits. Take a word or a filter away.'
				: amount(shown.length) + ' of ' + amount(people.length) + ' fit.';
}

function element(tag, kind, ...children) {
	const made = document.createElement(tag);
	if (kind) made.className = kind;
	made.append(...children);
	return made;
}

function rowOf(person) {
	const own = (index) => readable(texts[index], person);
	const facts = [own(person[EMAIL]), person[ID] && own(person[ID]) ? 'id ' + own(person[ID]) : '', own(person[DEPARTMENT])];
	const parts = facts.filter(Boolean).flatMap((fact, at) => (at ? [' · ', element('bdi', '', fact)] : [element('bdi', '', fact)]));
	const summary = element(
		'summary',
		'',
		element('span', 'badge t-' + texts[person[STATE]].replace(/\W/g, ''), texts[person[BADGE]]),
		element('span', 'who', element('bdi', '', texts[person[NAME]])),
		element('span', 'facts', ...parts),
		element('span', 'why', own(person[WHY])),
	);
	const row = element('details', 'person', summary);
	row.fill = () => {
		row.fill = undefined;
		row.append(element('div', 'blocks', ...person.slice(BLOCKS).map((index) => blockOf(blocks[index], own))));
	};
	row.addEventListener('toggle', () => row.fill?.());
	return row;
}

const SIGNS = /[\uE000-\uE002]/g;
const readable = (text, person) => text.replace(SIGNS, (sign) => texts[person[sign.charCodeAt(0) - 0xe000]]);

function blockOf([title, width, ...cells], own) {
	const rows = [];
	for (let at = 0; at < cells.length; at += width) rows.push(cells.slice(at, at + width).map(own));
	const block = element('div', 'block w' + width, element('h3', '', own(title)));
	if (width === 1) block.append(...rows.map(([line]) => element('p', '', line)));
	else {
		const pairs = rows.map(([head, from, to]) =>
			element(
				'div',
				'',
				element('dt', '', head),
				width === 2 ? element('dd', '', from) : element('dd', '', ...(from === 'none' ? [] : [element('s', '', from), ' → ']), element('ins', '', to)),
			),
		);
		block.append(element('dl', width === 3 ? 'changes' : '', ...pairs));
	}
	return block;
}

const choose = (facet, value, on) => {
	const place = FACETS[facet];
	const values = chosen.get(place) ?? new Set();
	chosen.set(place, values);
	if (on) values.add(texts.indexOf(value));
	else values.delete(texts.indexOf(value));
};

for (const chip of document.querySelectorAll('.chip')) {
	chip.addEventListener('click', () => {
		const on = chip.getAttribute('aria-pressed') !== 'true';
		chip.setAttribute('aria-pressed', String(on));
		choose(chip.dataset.facet, chip.dataset.value, on);
		search();
	});
}
for (const select of document.querySelectorAll('select[data-facet]')) {
	select.addEventListener('change', () => {
		chosen.delete(FACETS[select.dataset.facet]);
		if (select.selectedIndex > 0) choose(select.dataset.facet, select.value, true);
		search();
	});
}
query.addEventListener('input', search);
document.addEventListener('keydown', (event) => {
	if (event.key !== '/' || /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName)) return;
	event.preventDefault();
	query.focus();
});
more.addEventListener('click', () => draw());
if ('IntersectionObserver' in window) {
	new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && draw(), {
		rootMargin: '600px',
	}).observe(more);
}
byId('tools').hidden = false;
tell();
if ('requestIdleCallback' in window) requestIdleCallback(foldedTexts);

const FEW = 60;
const MOST = 500;
printing(() => {
	draw(Math.max(drawn, Math.min(MOST, shown.length)));
	byId('rest').textContent =
		drawn < people.length
			? 'Printed: ' + amount(drawn) + ' of ' + amount(people.length) + ' people' + (shown.length < people.length ? ', as they were searched for' : '') + '. The table that comes with this report has everybody.'
			: '';
	if (shown.length > FEW) return [];
	return [...list.children];
});

/** On paper nothing can be unfolded. */
function printing(rows) {
	let opened = [];
	addEventListener('beforeprint', () => {
		opened = [...folds, ...(rows() || [])].filter((each) => !each.open);
		for (const each of opened) {
			each.fill?.();
			each.open = true;
		}
	});
	addEventListener('afterprint', () => opened.forEach((each) => (each.open = false)));
}
})();`;
