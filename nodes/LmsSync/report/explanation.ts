import { escapeHtml } from './escape';
import { peopleOf, type Block } from './people';
import type { Row } from './summary';

/** More of them belong on the page. */
const MOST = 10;

/** Why the decisions about the first few people are what they are, as a fragment of HTML. */
export function explanationOf(rows: Row[]): string {
	return peopleOf(rows.slice(0, MOST).map(asked))
		.map(({ name, email, badge, why, blocks }) => {
			const head = `<h3>${escapeHtml(email === '' ? name : `${name} (${email})`)}: ${escapeHtml(badge)}</h3>`;
			return `${head}<p>${escapeHtml(why)}</p>${blocks.map(told).join('')}`;
		})
		.join('');
}

/** What no step has carried out yet is what would be done: somebody may be asked before. */
function asked(row: Row): Row {
	const { state, item } = row;
	if (state !== 'undone' || !item.decision) return row;
	const decision = { ...item.decision, dryRun: true };
	return { ...row, state: decision.action, dryRun: true, item: { ...item, decision } };
}

function told({ title, kind, rows }: Block): string {
	const lines = rows.map((cells) => {
		const [what = '', ...values] = cells.filter((cell) => cell !== '');
		const text = values.join(kind === 'changes' ? ' → ' : ': ');
		return `<li>${escapeHtml(text === '' ? what : `${what}: ${text}`)}</li>`;
	});
	return `<p><strong>${escapeHtml(title)}</strong></p><ul>${lines.join('')}</ul>`;
}
