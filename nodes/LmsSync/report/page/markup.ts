import { escapeHtml } from '../escape';

/** A section of the page under its own heading; nothing where there is nothing to say. */
export function section(id: string, title: string, body: string, lead = ''): string {
	if (body === '') return '';
	const opening = lead === '' ? '' : `<p class="lead">${escapeHtml(lead)}</p>`;
	return `<section aria-labelledby="${id}"><h2 id="${id}">${escapeHtml(title)}</h2>${opening}${body}</section>`;
}

export const paragraph = (text: string, kind = ''): string =>
	`<p${kind && ` class="${kind}"`}>${escapeHtml(text)}</p>`;

/** A name may be written from right to left, and must not turn the line around it. */
export const name = (text: string): string => `<bdi>${escapeHtml(text)}</bdi>`;

/** A table that becomes a list of cards on a phone. Cells are markup. */
export function table(head: string[], rows: Array<{ cells: string[]; kind?: string }>): string {
	const heads = head.map((text) => `<th scope="col">${escapeHtml(text)}</th>`).join('');
	const lines = rows.map(({ cells, kind }) => {
		const [first = '', ...rest] = cells;
		const others = rest.map(
			(cell, at) => `<td data-label="${escapeHtml(head[at + 1] ?? '')}"><span>${cell || '–'}</span></td>`,
		);
		return `<tr${kind ? ` class="${kind}"` : ''}><th scope="row">${first}</th>${others.join('')}</tr>`;
	});
	return `<table class="cards"><thead><tr>${heads}</tr></thead><tbody>${lines.join('')}</tbody></table>`;
}
