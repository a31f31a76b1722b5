const MARKUP: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
	'{': '&#123;',
	'}': '&#125;',
};

/**
 * Names and addresses come from outside and must not become markup. Nor expressions: n8n's forms and HTML
 * node look for `{{ }}` in the text that an expression has given them, and evaluate it a second time.
 */
export const escapeHtml = (text: string): string =>
	text.replace(/[&<>"'{}]/g, (sign) => MARKUP[sign] as string);

/** JSON that can stand in a script element: no text in it can end the element or the line. */
export const jsonForScript = (value: unknown): string =>
	JSON.stringify(value).replace(
		/[<>&\u2028\u2029]/g,
		(sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);

const LOOKALIKES: Record<string, string> = { '*': '∗', '`': 'ˋ', '~': '∼' };

/**
 * Text as Slack and Teams show it. Slack has no way to escape its signs of emphasis, so lookalikes stand
 * for them; `](` would make a link in Teams.
 */
export const escapeMarkdown = (text: string): string =>
	text
		.replace(/\s+/g, ' ')
		.trim()
		.replace(/[*`~]/g, (sign) => LOOKALIKES[sign] as string)
		.replace(/(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, (signs) => '＿'.repeat(signs.length))
		.replace(/\](?=[([])/g, '] ')
		.replace(/[&<>]/g, (sign) => MARKUP[sign] as string);
