import { setTimeout as sleep } from 'node:timers/promises';

/** A field of a form by the label that the person sees. */
export interface FormField {
	id: string;
	label: string;
	kind: 'text' | 'select' | 'file' | 'html' | 'hidden';
	required: boolean;
	/** Of a drop-down. */
	options: string[];
	/** What the page itself fills in. */
	value: string;
}

/** A page of a form as n8n serves it. */
export interface FormPage {
	url: string;
	title: string;
	/** What stands below the title, as plain text with its line breaks. */
	text: string;
	/** Fragments of HTML among the fields. */
	fragments: string[];
	fields: FormField[];
	/** The last page: nothing can be sent. */
	isEnd: boolean;
}

/** What somebody enters, by label; a file for a field that takes one. */
export type Answers = Record<string, string | { fileName: string; content: Buffer }>;

const POLL_MS = 200;
const TIMEOUT_MS = 60_000;
/** n8n refuses callers whose name it takes for a bot's. */
const HEADERS = { 'User-Agent': 'Mozilla/5.0 (n8n-nodes-personio-lms tests)' };

/** Calls an address as a browser does: a login in it goes into a header. */
async function call(url: string, init: RequestInit = {}): Promise<Response> {
	const { username, password } = new URL(url);
	const address = Object.assign(new URL(url), { username: '', password: '' });
	const login = Buffer.from(`${username}:${password}`).toString('base64');
	const headers = { ...HEADERS, ...(username !== '' && { Authorization: `Basic ${login}` }) };
	return await fetch(address, { ...init, headers });
}

/**
 * Opens a page of a form: that of a form trigger (`/form/<webhook id>`) or of an execution that waits. Read in
 * n8n 2.41.1, `templates/form-trigger.handlebars` and `form-trigger-completion.handlebars`.
 *
 * @param url with user name and password where the form asks for them
 */
export async function openForm(url: string): Promise<FormPage> {
	const response = await call(url);
	const html = await response.text();
	if (response.status !== 200) throw new Error(`${url} → ${response.status} ${plain(html).slice(0, 300)}`);
	const page = parsePage(url, html);
	// The last page tells n8n as soon as it is shown, so that the workflow goes on.
	if (page.isEnd) await call(url, { method: 'POST', body: '[object Object]' });
	return page;
}

/**
 * Sends a page as its script does, and goes on to the page that comes next.
 *
 * @returns `undefined` where the workflow came to its end without a further page
 */
export async function submitForm(page: FormPage, answers: Answers): Promise<FormPage | undefined> {
	const response = await call(page.url, { method: 'POST', body: bodyOf(page, answers) });
	const text = await response.text();
	if (response.status !== 200) throw new Error(`The form answered ${response.status} ${text.slice(0, 300)}`);
	const { formWaitingUrl, redirectURL } = answerOf(text);
	const next = formWaitingUrl ?? redirectURL ?? (page.url.includes('/form-waiting/') ? page.url : undefined);
	return next === undefined ? undefined : await nextPage(next);
}

function answerOf(text: string): { formWaitingUrl?: string; redirectURL?: string } {
	try {
		return JSON.parse(text) as { formWaitingUrl?: string; redirectURL?: string };
	} catch {
		return {};
	}
}

async function nextPage(url: string): Promise<FormPage | undefined> {
	const statusUrl = new URL(url);
	statusUrl.pathname += '/n8n-execution-status';
	const deadline = Date.now() + TIMEOUT_MS;
	for (;;) {
		const status = (await (await call(statusUrl.href)).text()).trim();
		if (status === 'form-waiting') return await openForm(url);
		if (status === 'success' || status === 'null') return undefined;
		if (['canceled', 'crashed', 'error'].includes(status)) {
			throw new Error(`The person sees "Problem submitting response": the execution ended as ${status}.`);
		}
		if (Date.now() > deadline) throw new Error(`The next page of ${url} did not come: ${status}`);
		await sleep(POLL_MS);
	}
}

function bodyOf({ fields }: FormPage, answers: Answers): FormData {
	const unknown = Object.keys(answers).filter((label) => !fields.some((field) => field.label === label));
	if (unknown.length > 0) throw new Error(`The form has no field ${unknown.join(', ')}.`);
	const body = new FormData();
	for (const { id, label, kind, required, options, value } of fields) {
		const answer = answers[label];
		if (typeof answer === 'object') {
			const blob = new Blob([new Uint8Array(answer.content)], { type: 'application/json' });
			body.append(id, blob, answer.fileName);
			continue;
		}
		if (kind === 'file') continue;
		if (required && (answer ?? value) === '') throw new Error(`"${label}" is required.`);
		if (kind === 'select' && answer !== undefined && !options.includes(answer)) {
			throw new Error(`"${label}" offers ${options.join(', ')}, not ${answer}.`);
		}
		body.append(id, answer ?? value);
	}
	return body;
}

function parsePage(url: string, html: string): FormPage {
	const isEnd = html.includes('responseBinary') || !html.includes("id='n8n-form'");
	const title = plain(/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(html)?.[1] ?? '');
	const text = plain(/<p style="white-space: pre-line;?">([\s\S]*?)<\/p>\s*<\/div>/.exec(html)?.[1] ?? '');
	if (isEnd) return { url, title, text, fragments: [], fields: [], isEnd };
	const part = /<div class='inputs-wrapper'>([\s\S]*?)<button id='submit-btn'/.exec(html)?.[1] ?? '';
	const fragments = [...part.matchAll(/<div class="form-group html">([\s\S]*?)<input type="hidden"/g)].map(
		([, fragment = '']) => fragment.trim(),
	);
	return { url, title, text, fragments, fields: fieldsOf(part), isEnd };
}

function fieldsOf(part: string): FormField[] {
	const labels = new Map(
		[...part.matchAll(/<label class='form-label[^']*' for='(field-\d+)'>([\s\S]*?)<\/label>/g)].map(
			([, id = '', label = '']) => [id, unescape(label)],
		),
	);
	return [...part.matchAll(/<(input|select|textarea)\b([^>]*?\bname=['"](field-\d+)['"][^>]*)>/g)].map(
		([tag, element = '', attributes = '', id = '']): FormField => {
			const attribute = (name: string) =>
				unescape(new RegExp(`\\b${name}=(['"])([\\s\\S]*?)\\1`).exec(attributes)?.[2] ?? '');
			const after = part.slice(part.indexOf(tag) + tag.length);
			const list = element === 'select' ? after.slice(0, after.indexOf('</select>')) : '';
			const type = attribute('type');
			const kind =
				element === 'select' ? 'select' : type === 'file' ? 'file' : type === 'hidden' ? 'html' : 'text';
			return {
				id,
				label: labels.get(id) ?? id,
				kind,
				required: attribute('class').includes('form-required'),
				options: [...list.matchAll(/<option value='([^']+)'/g)].map(([, value = '']) => unescape(value)),
				value: attribute('value'),
			};
		},
	);
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function unescape(text: string): string {
	return text.replace(/&(#x?)?([\da-z]+);/gi, (entity, number: string | undefined, name: string) => {
		if (number === undefined) return ENTITIES[name] ?? entity;
		return String.fromCodePoint(parseInt(name, number.length > 1 ? 16 : 10));
	});
}

/** The text that a person reads in a piece of HTML. */
export const plain = (html: string): string =>
	unescape(html.replace(/<\/(p|li|div|h\d|tr)>|<br[^>]*>/g, '\n').replace(/<[^>]*>/g, '')).trim();
