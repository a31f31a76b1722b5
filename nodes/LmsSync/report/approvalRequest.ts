import type { Alert, HeldDecision } from '../../shared/item';
import { approve } from '../sync/approval';
import { escapeHtml } from './escape';
import { counted, WITHHELD_WORDS } from './words';

/** What of a run a person is asked to decide about. */
export interface ApprovalRequest {
	/** Held decisions that somebody can let go. */
	count: number;
	/**
	 * All of them, and what else there is to know before, as HTML to be put after the first line of what stands
	 * below the title of a form: there n8n 1.x shows what an expression gives, too.
	 */
	html: string;
}

export function approvalRequestOf(
	held: Array<{ who: string; decision: HeldDecision }>,
	alerts: Alert[],
): ApprovalRequest {
	const open = held.filter(({ decision }) => approve(decision, '', '') !== undefined);
	if (open.length === 0) return { count: 0, html: '' };
	const reasons = new Map<string, string[]>();
	for (const { who, decision } of open) {
		const { message } = decision.hold;
		reasons.set(message, [...(reasons.get(message) ?? []), `${who}: ${partOf(decision)}`]);
	}
	const others = held.length - open.length;
	const blocks = [
		...alerts.map(({ message }) => `<strong>Attention:</strong> ${escapeHtml(message)}`),
		`<strong>${counted(open.length, 'decision')} to be let go:</strong>`,
		...[...reasons].map(([message, lines]) =>
			[message, ...lines.map((line) => `• ${line}`)].map(escapeHtml).join('<br>'),
		),
		...(others > 0
			? [
					`${counted(others, 'other')} cannot be approved here and have to be put right in Personio or in the LMS: see the report.`,
				]
			: []),
	];
	return { count: open.length, html: blocks.map((block) => `<br><br>${block}`).join('') };
}

/** What would be done, in a few words. */
function partOf({ withheld, changes, groups }: HeldDecision): string {
	const words = WITHHELD_WORDS[withheld] ?? withheld;
	const values = changes
		.filter(({ field }) => withheld === 'fields' || field === 'accessEnds')
		.map(({ from, to }) => `${String(from ?? 'none')} → ${String(to ?? 'none')}`);
	const left = withheld === 'groups' ? groups.remove.map(({ name }) => `"${name}"`) : [];
	const details = [...values, ...left];
	return details.length > 0 ? `${words} (${details.join(', ')})` : words;
}
