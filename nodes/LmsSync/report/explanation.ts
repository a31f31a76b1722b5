import { escapeHtml } from './escape';
import { peopleOf } from './people';
import type { Row } from './summary';

/** More of them belong on the page. */
const MOST = 10;

/** Why the decisions about the first few people are what they are, as a fragment of HTML. */
export function explanationOf(rows: Row[]): string {
	return peopleOf(rows.slice(0, MOST))
		.map(({ name, email, badge, why, blocks }) => {
			const head = `<h3>${escapeHtml(email === '' ? name : `${name} (${email})`)}: ${escapeHtml(badge)}</h3>`;
			const told = blocks.map(({ title, rows: lines }) => {
				const items = lines.map(
					(cells) =>
						`<li>${cells
							.filter((cell) => cell !== '')
							.map(escapeHtml)
							.join(': ')}</li>`,
				);
				return `<p><strong>${escapeHtml(title)}</strong></p><ul>${items.join('')}</ul>`;
			});
			return `${head}<p>${escapeHtml(why)}</p>${told.join('')}`;
		})
		.join('');
}
