import type { Change, Outcome, SyncItem } from '../../shared/item';
import { failureOf, type Report, type Row } from './summary';

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

const STYLE = `
:root{color-scheme:light dark;--line:#8884;--soft:#8881;--warn:#b45309;--bad:#b91c1c}
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}
h1{font-size:1.5rem}.dry{border:2px solid var(--warn);padding:.5rem 1rem;border-radius:.5rem}
.figures{display:flex;flex-wrap:wrap;gap:.75rem;list-style:none;padding:0}
.figures li{background:var(--soft);border-radius:.5rem;padding:.5rem 1rem}.figures b{font-size:1.4rem;display:block}
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid var(--line);padding:.4rem .5rem;text-align:left;vertical-align:top}
.hold{color:var(--warn)}.failed{color:var(--bad)}small{opacity:.75}
@media(max-width:40rem){table,tbody,tr,td{display:block}thead{display:none}tr{border-bottom:1px solid var(--line)}td{border:0}}`;

/** The report as one page that asks nothing of the network. */
export function htmlOf({ title, dryRun, decisions, held, failed, run }: Report, rows: Row[]): string {
	const figures = Object.entries(decisions)
		.map(([action, count]) => `<li><b>${count}</b>${escapeHtml(action)}</li>`)
		.join('');
	const notice = dryRun
		? '<p class="dry"><strong>Dry run.</strong> Nothing was changed. This is what a run would do.</p>'
		: '';
	const roster = run
		? `<p>${run.roster.count} employees read at ${escapeHtml(run.roster.readAt)}${run.roster.complete ? ', completely' : `, <strong>not completely</strong>: ${escapeHtml(run.roster.reason ?? '')}`}. In the LMS: ${run.learners.active} active, ${run.learners.pending} invited, ${run.learners.inactive} inactive; ${run.learners.lmsOnly} exist there only and are not touched.</p>`
		: '';
	const section = (heading: string, kind: string, entries: Array<{ who: string; message: string }>) =>
		entries.length === 0
			? ''
			: `<h2 class="${kind}">${heading} (${entries.length})</h2><ul>${entries
					.map(({ who, message }) => `<li><strong>${escapeHtml(who)}</strong>: ${escapeHtml(message)}</li>`)
					.join('')}</ul>`;
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><h1>${escapeHtml(title)}</h1>${notice}<ul class="figures">${figures}</ul>${roster}${section('Failed', 'failed', failed)}${section('Held', 'hold', held)}<h2>People (${rows.length})</h2><table><thead><tr><th>Person</th><th>Decision</th><th>Why</th><th>Changes</th><th>Outcome</th></tr></thead><tbody>${rows.map(rowOf).join('')}</tbody></table></body></html>`;
}

function rowOf({ who, item }: Row): string {
	const { decision } = item;
	const cells = [
		escapeHtml(who),
		escapeHtml(decision?.action ?? ''),
		[decision?.reason ?? '', ...(decision?.notes ?? [])].map(escapeHtml).join('<br>'),
		changesOf(item).map(escapeHtml).join('<br>'),
		outcomesOf(item).map(escapeHtml).join('<br>'),
	];
	return `<tr class="${decision?.action === 'hold' ? 'hold' : ''}">${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function changesOf({ decision }: SyncItem): string[] {
	const show = (value: Change['from']) => (value === null || value === '' ? '(empty)' : String(value));
	return [
		...(decision?.changes ?? []).map(({ field, from, to }) => `${field}: ${show(from)} → ${show(to)}`),
		...(decision?.groups.add ?? []).map(({ name }) => `joins ${name}`),
		...(decision?.groups.remove ?? []).map(({ name }) => `leaves ${name}`),
	];
}

function outcomesOf(item: SyncItem): string[] {
	const failure = failureOf(item);
	const outcomes = (item.outcomes ?? []).filter(({ status }) => status !== 'failed').map(outcomeOf);
	return failure === undefined ? outcomes : [...outcomes, `failed: ${failure}`];
}

const outcomeOf = ({ step, status, message }: Outcome): string =>
	`${step}: ${status}${message === undefined ? '' : ` (${message})`}`;
