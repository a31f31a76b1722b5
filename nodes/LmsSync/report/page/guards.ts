import type { LimitUse, RunSummary } from '../../../shared/item';
import { escapeHtml } from '../escape';
import { momentOf, textOf } from '../intake';
import { makesOf } from '../messages';
import { count, counted, limitTitle } from '../words';
import { paragraph, section, table } from './markup';

/** Sections about one plan; several plans in one report name their platform. */
export function guardsOf(run: RunSummary, several: boolean): string {
	const of = several ? ` (${run.platform})` : '';
	const id = several ? `-${run.platform.replace(/\W+/g, '-')}` : '';
	return [
		section(
			`limits${id}`,
			`Limits${of}`,
			limits(run.limits),
			'How many people a run may touch, together with the runs before it. Whoever would go over a limit is held.',
		),
		section(`configuration${id}`, `Configuration${of}`, configuration(run)),
		section(
			`passport${id}`,
			`Field passport${of}`,
			passport(run),
			'What is read of people in Personio, what for, and where it goes. Nothing else is asked for.',
		),
		section(
			`reading${id}`,
			`What was compared${of}`,
			[sourcesOf(run), ...makesOf(run, run.dryRun)].map((text) => paragraph(text)).join(''),
		),
	].join('');
}

function limits(uses: LimitUse[]): string {
	if (uses.length === 0) return '';
	const figure = (value: unknown) => (typeof value === 'number' ? count(value) : escapeHtml(textOf(value)));
	const rows = uses.map((use) => ({
		cells: [
			escapeHtml(limitTitle(use.kind)),
			figure(use.wanted),
			`${figure(use.before)}${use.windowHours > 0 ? ` <small>in ${figure(use.windowHours)} h</small>` : ''}`,
			use.firstLoad ? 'no limit' : figure(use.allowed),
			use.exceeded
				? '<strong>exceeded: these people are held</strong>'
				: use.firstLoad
					? 'first load: nobody is linked yet'
					: 'within the limit',
		],
		...(use.exceeded && { kind: 'exceeded' }),
	}));
	return table(['Limit', 'This run', 'Before', 'Allowed together', 'Result'], rows);
}

function configuration({
	configuration: { code, changed, lastApplied, confirmed },
	dryRun,
}: RunSummary): string {
	if (code === '') return '';
	const parts: string[] = [];
	if (changed.length > 0) {
		const names = changed.map((name) => `<li>${escapeHtml(name)}</li>`).join('');
		parts.push(`<p>Changed since the last applied run:</p><ul class="tags">${names}</ul>`);
	} else if (lastApplied) parts.push(paragraph('Unchanged since the last applied run.'));
	parts.push(
		paragraph(
			lastApplied ? `Last applied: ${momentOf(textOf(lastApplied))}.` : 'No applied run is on record yet.',
		),
	);
	if (dryRun) {
		parts.push(
			`<div class="code"><span>Code of this configuration</span><code>${escapeHtml(code)}</code><p>It can be entered in the plan's option "Confirmed Configuration" after reading this report.</p></div>`,
		);
	} else if (changed.length > 0) {
		parts.push(
			paragraph(
				confirmed
					? 'A dry run was made with this configuration.'
					: 'No dry run with this configuration is on record.',
			),
		);
	}
	return parts.join('');
}

const UNNAMED = 'Personio did not tell what this is called, so nobody has checked whether it is sensitive.';

function passport({ passport: entries }: RunSummary): string {
	if (entries.length === 0) return '';
	const phrases = (texts: string[]) => texts.map(escapeHtml).join(', ');
	const rows = entries.map(({ attribute, label, why, goesTo, delivered, sensitive, unnamed }) => ({
		cells: [
			`${escapeHtml(textOf(label) || attribute)}${label && label !== attribute ? ` <small>${escapeHtml(attribute)}</small>` : ''}${sensitive ? ' <span class="tag hold">sensitive</span>' : ''}${unnamed ? ` <span class="tag hold">not checked</span><br><small>${UNNAMED}</small>` : ''}`,
			phrases(why),
			phrases(goesTo),
			delivered === false ? '<strong>no</strong>' : 'yes',
		],
		...(delivered === false && { kind: 'exceeded' }),
	}));
	return table(['Attribute', 'Read for', 'Goes to', 'Delivered'], rows);
}

const KINDS = { full: 'Full comparison', fast: 'Fast comparison' } as const;

function sourcesOf({ roster, learners, platform, comparison }: RunSummary): string {
	const verb = (amount: number) => (amount === 1 ? 'was' : 'were');
	const read = `${counted(roster.count, 'employee')} ${verb(roster.count)} read at ${momentOf(roster.readAt)}`;
	const how = roster.complete ? 'completely' : `not completely: ${roster.reason ?? ''}`;
	const compared = comparison
		? ` ${KINDS[comparison.kind] ?? 'Comparison'}: ${textOf(comparison.reason)}${comparison.read > 0 ? ` ${counted(comparison.read, 'account')} ${verb(comparison.read)} read one by one.` : ''}`
		: '';
	const { active, pending, inactive, lmsOnly } = learners;
	return `${read}, ${how}. Before the run, in ${platform}: ${count(active)} active, ${count(pending)} invited, ${count(inactive)} inactive; ${count(lmsOnly)} ${lmsOnly === 1 ? 'exists there only and is' : 'exist there only and are'} not touched.${compared}`;
}
