import { createHash } from 'crypto';

import type { RunSummary } from '../../../shared/item';
import { escapeHtml } from '../escape';
import { momentOf } from '../intake';
import { skippedSentence } from '../messages';
import { peopleOf, somebody } from '../people';
import { listOf, type Report, type Row, type Summary } from '../summary';
import { count, PREVIEWED, STATES, wordFor } from '../words';
import { alertsOf, failuresOf, holdsOf } from './attention';
import { changesByKind, peopleByDepartment } from './charts';
import { flowOf } from './flow';
import { guardsOf } from './guards';
import { paragraph, section } from './markup';
import { packedPeople, peopleList } from './peopleList';
import { SCRIPT } from './script';
import { STYLE } from './style';

/** No script but the page's own runs, and nothing is asked of the network, whatever a name contains. */
const POLICY = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** The report as one page that asks nothing of the network. */
export function pageOf(summary: Summary): string {
	const { report, rows, runs } = summary;
	const people = peopleOf(somebody(rows));
	const listed = rows.filter(({ state }) => state === 'none').length;
	const several = runs.length > 1;
	const body = [
		report.dryRun ? '<p class="ribbon" aria-hidden="true">Dry run – nothing was changed</p>' : '',
		'<main>',
		headerOf(report, runs),
		alertsOf(summary),
		figuresOf(summary),
		holdsOf(report),
		failuresOf(summary),
		flowsOf(summary),
		chartsOf(rows, report.dryRun),
		...runs.map((run) => guardsOf(run, several)),
		peopleList(people, Math.max(0, report.decisions.none - listed)),
		'</main>',
		packedPeople(people),
		`<script>${SCRIPT}</script>`,
	].join('');
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex"><title>${escapeHtml(titleOf(report, runs))}</title><style>${STYLE}</style></head><body${report.dryRun ? ' class="dry"' : ''}>${body}</body></html>`;
}

const titleOf = ({ title }: Report, runs: RunSummary[]): string =>
	[title, runs[0]?.plannedAt.slice(0, 10)].filter((part) => part).join(', ');

function headerOf(report: Report, runs: RunSummary[]): string {
	const { title, dryRun } = report;
	const moments = listOf(runs.map(({ plannedAt }) => momentOf(plannedAt)).filter((moment) => moment !== ''));
	const when = moments === '' ? '' : `<p class="when">Planned ${escapeHtml(moments)}</p>`;
	const notice = dryRun
		? '<p class="notice"><strong>Dry run.</strong> Nothing was changed. This is what a run would do.</p>'
		: '';
	const [mark = '', rest] = title.startsWith('DRY RUN') ? (/^(.*?): (.*)$/s.exec(title)?.slice(1) ?? []) : [];
	const heading =
		rest === undefined ? escapeHtml(title) : `<em>${escapeHtml(mark)}: </em>${escapeHtml(rest)}`;
	return `<header><h1>${heading}</h1>${when}${notice}</header>`;
}

function figuresOf({ report, rows }: Summary): string {
	const { counts, dryRun, failed, undone, skipped, previewed, notes } = report;
	const amounts = { ...counts, failed: failed.length, undone, skipped };
	const tile = (tone: string, amount: number, label: string) =>
		`<li class="t-${tone}"><b>${count(amount)}</b> <span>${escapeHtml(label)}</span></li>`;
	const tiles = [...STATES]
		.sort((a, b) => Number(isCalm(a)) - Number(isCalm(b)))
		.filter((state) => amounts[state] > 0)
		.map((state) => tile(state, amounts[state], wordFor(state, dryRun)));
	if (previewed > 0) tiles.push(tile('none', previewed, PREVIEWED));
	const told = [...(skipped > 0 ? [skippedSentence(skipped)] : []), ...notes];
	const lines = told.map((text) => paragraph(text, 'note')).join('');
	if (tiles.length > 0) return `<ul class="figures" aria-label="Figures">${tiles.join('')}</ul>${lines}`;
	const isEmpty = rows.length === 0 && report.lost === 0 && notes.length === 0;
	return isEmpty ? '<p class="empty">There was nothing to do, and nothing was done.</p>' : lines;
}

const isCalm = (state: string): boolean => state === 'none';

function flowsOf({ rows, runs }: Summary): string {
	const people = somebody(rows);
	if (runs.length < 2) {
		return section('flow', 'From employees to outcomes', flowOf(people, runs[0]));
	}
	const flows = runs.map((run) => {
		const own = people.filter(({ item }) => item.decision?.platform === run.platform);
		const flow = flowOf(own, run);
		return flow && `<h3>${escapeHtml(run.platform)}</h3>${flow}`;
	});
	const names = new Set(runs.map(({ platform }) => platform));
	const others = people.filter(({ item }) => !names.has(item.decision?.platform ?? ''));
	const flow = flowOf(others, undefined);
	if (flow !== '') flows.push(`<h3>Without a word of which platform</h3>${flow}`);
	return section('flow', 'From employees to outcomes', flows.join(''));
}

function chartsOf(rows: Row[], dryRun: boolean): string {
	const people = somebody(rows);
	const kinds = changesByKind(people, dryRun);
	const departments = peopleByDepartment(people);
	const parts = [
		kinds &&
			`<div><h3>By kind</h3><p class="note">People for whom it ${dryRun ? 'would change' : 'changed'}</p>${kinds}</div>`,
		departments.chart && `<div><h3>By department</h3>${departments.legend}${departments.chart}</div>`,
	];
	return section(
		'changes',
		dryRun ? 'What would change' : 'What changed',
		parts.some((part) => part) ? `<div class="two">${parts.join('')}</div>` : '',
	);
}
