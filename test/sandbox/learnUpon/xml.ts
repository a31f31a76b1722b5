import { isRecord } from '../core/http';

/** Roughly what a Rails server makes of JSON when nobody asks for JSON; the exact shape is unknown. */
export function toXml(value: unknown): { text: string; type: string } {
	return {
		text: `<?xml version="1.0" encoding="UTF-8"?>\n${element('hash', value)}`,
		type: 'application/xml; charset=utf-8',
	};
}

function element(name: string, value: unknown): string {
	const tag = name.replace(/[^\w.-]/g, '-').replace(/^(?=\d)/, '_');
	if (value === null || value === undefined) return `<${tag} nil="true"/>`;
	if (Array.isArray(value)) {
		return `<${tag} type="array">${value.map((item) => element(tag, item)).join('')}</${tag}>`;
	}
	if (isRecord(value)) {
		const inner = Object.entries(value).map(([key, item]) => element(key, item));
		return `<${tag}>${inner.join('')}</${tag}>`;
	}
	return `<${tag}>${escape(String(value))}</${tag}>`;
}

function escape(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
