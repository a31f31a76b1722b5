import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorObject, ValidateFunction } from 'ajv';
import Ajv from 'ajv';
import type { Call } from '../core/http';
import { isRecord } from '../core/http';
import { isDay, isId, isInstant } from './schema';

type Schema = Record<string, unknown>;

interface Parameter {
	name: string;
	in: 'header' | 'path' | 'query';
	required?: boolean;
	style?: string;
	schema: Schema & { properties?: Record<string, Schema> };
}

interface Operation {
	parameters?: Parameter[];
	requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> };
	responses: Record<string, { headers?: Record<string, unknown> }>;
}

interface Document {
	paths: Record<string, Record<string, Operation>>;
}

interface Route {
	method: string;
	template: string;
	pattern: RegExp;
	operation: Operation;
	file: string;
}

const FILES = ['core', 'bulk'].map((part) => `360learning-${part}-api.json`);

/** Says in what a call departs from the vendor's OpenAPI files, which lie in this folder. */
export function openApiChecker(folder: string): (call: Call) => string[] {
	const documents = FILES.map((file) => {
		const text = readFileSync(join(folder, file), 'utf8');
		return { file, document: mended(JSON.parse(text)) as Document };
	});
	const schemas = new Schemas(documents);
	const routes = documents.flatMap(({ file, document }) => routesOf(file, document));
	return (call) => {
		const matching = routes.filter(({ pattern }) => pattern.test(call.path));
		const route = matching.find(({ method }) => method === call.method);
		if (!route) {
			const known = matching.map(({ method }) => method).join(', ');
			return [`${call.method} ${call.path} is not documented${known && ` (only ${known})`}`];
		}
		return [
			...pathViolations(call, route, schemas),
			...headerViolations(call, route, schemas),
			...queryViolations(call, route, schemas),
			...bodyViolations(call, route, schemas),
		].map((violation) => `${call.method} ${route.template}: ${violation}`);
	};
}

function routesOf(file: string, { paths }: Document): Route[] {
	return Object.entries(paths).flatMap(([template, operations]) => {
		const source = template.replace(/[.]/g, '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
		const pattern = new RegExp(`^${source}$`);
		return Object.entries(operations).map(([method, operation]) => ({
			method: method.toUpperCase(),
			template,
			pattern,
			operation,
			file,
		}));
	});
}

function parametersIn({ operation }: Route, place: Parameter['in']): Parameter[] {
	return (operation.parameters ?? []).filter((parameter) => parameter.in === place);
}

function pathViolations({ path }: Call, route: Route, schemas: Schemas): string[] {
	const values = route.pattern.exec(path)?.groups ?? {};
	return parametersIn(route, 'path').flatMap(({ name, schema }) =>
		schemas.violations(route.file, schema, values[name]).map((violation) => `path ${name} ${violation}`),
	);
}

function headerViolations({ headers }: Call, route: Route, schemas: Schemas): string[] {
	return parametersIn(route, 'header').flatMap(({ name, schema, required }) => {
		const value = headers[name.toLowerCase()];
		if (value === undefined) return required ? [`header ${name} is missing`] : [];
		return schemas.violations(route.file, schema, value).map((violation) => `header ${name} ${violation}`);
	});
}

/** Arrays are asked by index, as in `mail[in][0]`; lists take a cursor, which the file does not name. */
function queryViolations({ query }: Call, route: Route, schemas: Schemas): string[] {
	const isList = Object.values(route.operation.responses).some(({ headers }) => headers && 'Link' in headers);
	const parameters = parametersIn(route, 'query');
	const found: string[] = [];
	for (const [key, value] of query) {
		if (key === 'next' && isList) continue;
		const schema = querySchema(key, parameters);
		if (!schema) found.push(`query ${key} is not documented`);
		else found.push(...schemas.violations(route.file, schema, value).map((text) => `query ${key} ${text}`));
	}
	const missing = parameters.filter(({ name, required }) => required && !query.has(name));
	return [...found, ...missing.map(({ name }) => `query ${name} is missing`)];
}

function querySchema(key: string, parameters: readonly Parameter[]): Schema | undefined {
	const [, name = '', operator, index] = /^(\w+)(?:\[(\w+)\])?(?:\[(\d+)\])?$/.exec(key) ?? [];
	const parameter = parameters.find((known) => known.name === name);
	if (!parameter) return undefined;
	if (parameter.style !== 'deepObject') return operator === undefined ? parameter.schema : undefined;
	const schema = operator === undefined ? undefined : parameter.schema.properties?.[operator];
	if ((schema?.['type'] === 'array') !== (index !== undefined)) return undefined;
	return index === undefined ? schema : (schema!['items'] as Schema);
}

function bodyViolations({ body, headers }: Call, route: Route, schemas: Schemas): string[] {
	const { requestBody } = route.operation;
	if (!requestBody) return body === undefined ? [] : ['a body is not documented'];
	if (body === undefined) return requestBody.required ? ['the body is missing'] : [];
	const type = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
	const content = requestBody.content[type];
	if (!content) return [`the content type ${type} is not documented`];
	return schemas.violations(route.file, content.schema, body).map((violation) => `body ${violation}`);
}

/** Compiled once each; references lead into the file they are from. */
class Schemas {
	private readonly ajv = new Ajv(settings());
	private readonly pruning = new Ajv({ ...settings(), removeAdditional: 'all' });
	private readonly compiled = new Map<Schema, { check: ValidateFunction; prune: ValidateFunction }>();

	constructor(documents: readonly { file: string; document: Document }[]) {
		for (const { file, document } of documents) {
			for (const ajv of [this.ajv, this.pruning]) ajv.addSchema(document, file);
		}
	}

	/** The files forbid no property, yet say that the token endpoint takes the named ones alone. */
	violations(file: string, schema: Schema, value: unknown): string[] {
		const { check, prune } = this.of(file, schema);
		if (!check(value)) return (check.errors ?? []).map(described);
		const pruned = structuredClone(value);
		prune(pruned);
		return JSON.stringify(pruned) === JSON.stringify(value)
			? []
			: [`has properties that are not documented: ${JSON.stringify(value)}`];
	}

	private of(file: string, schema: Schema): { check: ValidateFunction; prune: ValidateFunction } {
		const known = this.compiled.get(schema);
		if (known) return known;
		const local = located(schema, file) as Schema;
		const both = { check: this.ajv.compile(local), prune: this.pruning.compile(local) };
		this.compiled.set(schema, both);
		return both;
	}
}

function settings() {
	return {
		strict: false,
		allErrors: true,
		formats: { 'date-time': isInstant, date: isDay, ObjectId: isId, binary: true as const },
	};
}

function described({ instancePath, message, params }: ErrorObject): string {
	return `${instancePath} ${message} ${JSON.stringify(params)}`.trim();
}

function located(value: unknown, file: string): unknown {
	return mapped(value, (node) =>
		typeof node['$ref'] === 'string' ? { ...node, $ref: `${file}${node['$ref']}` } : node,
	);
}

/**
 * Two things in the files mean something else than they say: `nullable` is no word of OpenAPI 3.1, and
 * a `oneOf` of a text and a date never holds for a date, which is both.
 */
function mended(document: unknown): unknown {
	return mapped(document, ({ nullable, oneOf, ...node }) => {
		const isTextOrDate = Array.isArray(oneOf) && oneOf.length === 2 && oneOf.every(isTextual);
		const choice = oneOf === undefined ? {} : isTextOrDate ? { anyOf: oneOf as unknown } : { oneOf };
		const schema = { ...node, ...choice };
		return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema;
	});
}

/** A text, or a list of texts. */
function isTextual(schema: unknown): boolean {
	if (!isRecord(schema)) return false;
	return schema['type'] === 'string' || (schema['type'] === 'array' && isTextual(schema['items']));
}

/** Innermost first. */
function mapped(value: unknown, change: (node: Schema) => Schema): unknown {
	if (Array.isArray(value)) return value.map((item) => mapped(item, change));
	if (!isRecord(value)) return value;
	return change(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapped(item, change)])));
}
