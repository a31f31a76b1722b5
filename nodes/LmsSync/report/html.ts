import type { Action, Change, ManagerChange, Outcome, Step, SyncItem } from '../../shared/item';
import { FIELD_NAMES } from '../sync/diff';
import { failureOf, makesOf, sentenceAbout, type Report, type Row } from './summary';

const ESCAPES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Names and addresses come from outside and must not become markup. */
export const escapeHtml = (text: string): string =>
	text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] as string);

const ACTIONS: Record<Action, string> = {
	invite: 'invite',
	create: 'create account',
	update: 'update',
	reactivate: 'reactivate',
	deactivate: 'deactivate',
	hold: 'held',
	none: 'unchanged',
};

const STEPS: Record<Step, string> = {
	upsert: 'account',
	invite: 'invitation',
	mapGroups: 'groups',
	setManager: 'manager',
	deactivate: 'end of access',
};

const STATUSES: Record<Outcome['status'], string> = {
	done: 'done',
	skipped: 'nothing done',
	failed: 'failed',
	previewed: 'would be done',
};

const STYLE = `
:root{color-scheme:light dark;--line:#8884;--soft:#8881;--warn:#b45309;--bad:#b91c1c}
@media(prefers-color-scheme:dark){:root{--warn:#fbbf24;--bad:#f87171}}
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem}
.dry{border:2px solid var(--warn);padding:.5rem 1rem;border-radius:.5rem}
.figures{display:flex;flex-wrap:wrap;gap:.75rem;list-style:none;padding:0}
.figures li{background:var(--soft);border-radius:.5rem;padding:.5rem 1rem}.figures b{font-size:1.4rem;display:block}
table{border-collapse:collapse;width:100%;table-layout:fixed}
td,th{border-bottom:1px solid var(--line);padding:.4rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th:nth-child(2){width:8rem}
.hold{color:var(--warn)}.failed{color:var(--bad)}small{opacity:.75;display:block}
@media(max-width:40rem){table,tbody,tr,td{display:block}thead{display:none}tr{border-bottom:1px solid var(--line)}td{border:0}}`;

/** The report as one page that asks nothing of the network. */
export function htmlOf({ title, dryRun, counts, held, failed, run }: Report, rows: Row[]): string {
	const figures = (Object.keys(ACTIONS) as Action[])
		.filter((action) => counts[action] > 0)
		.map((action) => `<li><b>${counts[action]}</b>${ACTIONS[action]}</li>`)
		.concat(failed.length > 0 ? [`<li class="failed"><b>${failed.length}</b>failed</li>`] : [])
		.join('');
	const notice = dryRun
		? '<p class="dry"><strong>Dry run.</strong> Nothing was changed. This is what a run would do.</p>'
		: '';
	const people = rows.length === 0 ? '' : `${heading('People', rows.length)}${tableOf(rows)}`;
	const body = [
		`<h1>${escapeHtml(title)}</h1>`,
		notice,
		`<ul class="figures">${figures}</ul>`,
		run ? [sourcesOf(run), ...makesOf(run, dryRun)].map((text) => `<p>${escapeHtml(text)}</p>`).join('') : '',
		list('Failed', 'failed', failed),
		list('Held', 'hold', held),
		people,
	].join('');
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>${body}</body></html>`;
}

const KINDS = { full: 'Full comparison', fast: 'Fast comparison' } as const;

function sourcesOf({ roster, learners, platform, comparison }: NonNullable<Report['run']>): string {
	const read = `${roster.count} employees were read at ${roster.readAt.slice(0, 16).replace('T', ' ')} UTC`;
	const how = roster.complete ? 'completely' : `not completely: ${roster.reason ?? ''}`;
	const compared = comparison
		? ` ${KINDS[comparison.kind]}: ${comparison.reason}${comparison.read > 0 ? ` ${comparison.read} accounts were read one by one.` : ''}`
		: '';
	return `${read}, ${how}. Before the run, in ${platform}: ${learners.active} active, ${learners.pending} invited, ${learners.inactive} inactive; ${learners.lmsOnly} exist there only and are not touched.${compared}`;
}

const heading = (text: string, count: number, kind = ''): string =>
	`<h2${kind && ` class="${kind}"`}>${text} (${count})</h2>`;

function list(text: string, kind: string, entries: Array<{ who: string; message: string }>): string {
	if (entries.length === 0) return '';
	const lines = entries.map((entry) => `<li>${escapeHtml(sentenceAbout(entry))}</li>`);
	return `${heading(text, entries.length, kind)}<ul>${lines.join('')}</ul>`;
}

function tableOf(rows: Row[]): string {
	const head = ['Person', 'Decision', 'Why', 'Changes', 'Outcome'].map((text) => `<th>${text}</th>`).join('');
	return `<table><thead><tr>${head}</tr></thead><tbody>${rows.map(rowOf).join('')}</tbody></table>`;
}

function rowOf({ who, item }: Row): string {
	const { decision } = item;
	const lines = (texts: string[]) => texts.map(escapeHtml).join('<br>');
	const cells = [
		escapeHtml(who),
		decision ? ACTIONS[decision.action] : '',
		lines([decision?.reason ?? '', ...(decision?.notes ?? [])]),
		lines(changesOf(item)),
		lines(outcomesOf(item)),
	];
	const kind = failureOf(item) !== undefined ? 'failed' : decision?.action === 'hold' ? 'hold' : '';
	return `<tr${kind && ` class="${kind}"`}>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function changesOf({ decision }: SyncItem): string[] {
	const show = (value: Change['to']) => (value === null || value === '' ? 'none' : String(value));
	return [
		...(decision?.changes ?? []).filter(isForPeople).map(({ field, label, from, to }) => {
			const name = FIELD_NAMES[field] ?? label ?? field;
			return from === null ? `${name}: ${show(to)}` : `${name}: ${show(from)} → ${show(to)}`;
		}),
		...(decision?.groups.add ?? []).map(({ name }) => `joins ${name}`),
		...(decision?.groups.remove ?? []).map(({ name }) => `leaves ${name}`),
		...managerOf(decision?.manager),
	];
}

/** The mark says nothing to a reader. */
const isForPeople = ({ field }: Change): boolean => field !== 'mark';

function managerOf(manager: ManagerChange | undefined): string[] {
	if (!manager) return [];
	const { from, fromName, toName } = manager;
	return [from === null ? `manager: ${toName}` : `manager: ${fromName} → ${toName ?? 'none'}`];
}

function outcomesOf(item: SyncItem): string[] {
	const failure = failureOf(item);
	const outcomes = (item.outcomes ?? []).filter(({ status }) => status !== 'failed').map(outcomeOf);
	return failure === undefined ? outcomes : [...outcomes, `failed: ${failure}`];
}

const outcomeOf = ({ step, status, message }: Outcome): string =>
	`${STEPS[step]}: ${STATUSES[status]}${message === undefined ? '' : ` (${message})`}`;
