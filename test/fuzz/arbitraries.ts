import fc from 'fast-check';

/** Values as no vendor, operator or colleague should send them, and as somebody one day will. */

/** Texts that have broken programs before. */
export const ODD_TEXTS = [
	'',
	' ',
	'\t\r\n',
	'null',
	'undefined',
	'NaN',
	'true',
	'[object Object]',
	'__proto__',
	'constructor',
	'prototype',
	'toString',
	'hasOwnProperty',
	'0',
	'-1',
	'1e309',
	'9007199254740993',
	'00123',
	'١٢٣',
	'1,5',
	'../../admin',
	'7/../8',
	'7?enabled=false',
	'7#',
	'%2e%2e%2f',
	'a'.repeat(20_000),
	'مرحبا بالعالم',
	'\u202eevil\u202c',
	'\u200bzero\u200dwidth\ufeff',
	'👩‍👩‍👧‍👦🏳️‍🌈',
	'e\u0301 ≠ é',
	'Ａｄｍｉｎ',
	'ß SS ſ',
	'İstanbul ıI',
	'\ud800',
	'\udfff lone',
	'a\u0000b',
	'\u2028\u2029',
	'=1+1',
	'<script>alert(1)</script>',
	'{{ $json }}',
	'${7*7}',
	"Robert'); DROP TABLE people;--",
	' > ',
	'a > b > c',
	'/',
	'a@b',
	'A@EXAMPLE.COM',
	'"quoted @ name"@example.com',
	'not an address',
	'@',
	'jane@example.com, john@example.com',
	'jane@exämple.com',
];

export const ODD_DATES = [
	'0001-01-01',
	'0000-00-00',
	'9999-12-31',
	'10000-01-01',
	'+010000-01-01T00:00:00Z',
	'1899-12-31',
	'2024-02-29',
	'2023-02-29',
	'2026-02-30',
	'2026-13-01',
	'2026-1-1',
	'01.02.2026',
	'02/30/2026',
	'2026-03-29T02:30:00+01:00',
	'2026-03-10T00:00:00+25:00',
	'2026-03-10T00:00:00+0100',
	'2026-03-10T24:00:00Z',
	'2026-03-10T00:00:00Europe/Berlin',
	'1835-02-01T00:00:00+00:53',
	'2026-W11-2',
	'20260310',
	'1773100800',
	'yesterday',
	'0000-00-00T00:00:00',
];

export const ODD_NUMBERS = [
	0,
	-1,
	1.5,
	0.1 + 0.2,
	2 ** 31,
	2 ** 53,
	2 ** 53 + 2,
	1e21,
	1e308,
	Number.MIN_VALUE,
	-(2 ** 53) - 2,
	1773100800000,
];

/** As JSON brings it: `__proto__` is a key like any other. */
const parsed = (text: string): unknown => JSON.parse(text);

export const ODD_OBJECTS = [
	null,
	true,
	false,
	[],
	{},
	[null],
	[[]],
	[{}],
	[''],
	{ length: 3 },
	{ id: null },
	{ attributes: null },
	{ value: {} },
	{ toString: 'no function' },
	{ then: 'no promise' },
	parsed('{"__proto__": {"polluted": true}}'),
	parsed('{"constructor": {"prototype": {"polluted": true}}}'),
	parsed('{"id": {"__proto__": null}}'),
	['a', 1, null, {}],
	Array.from({ length: 500 }, (_, index) => index),
];

const text = fc.oneof(
	{ arbitrary: fc.constantFrom(...ODD_TEXTS), weight: 3 },
	{ arbitrary: fc.constantFrom(...ODD_DATES), weight: 2 },
	{ arbitrary: fc.string({ unit: 'binary', maxLength: 30 }), weight: 1 },
	{ arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }), weight: 1 },
);

const other = fc.oneof(
	{ arbitrary: fc.constantFrom(...ODD_OBJECTS), weight: 2 },
	{ arbitrary: fc.constantFrom(...ODD_NUMBERS), weight: 1 },
	{ arbitrary: fc.jsonValue({ maxDepth: 2 }), weight: 1 },
);

export const oddText: fc.Arbitrary<string> = text;

/** Any JSON, mostly of the kind that breaks programs. */
export const odd: fc.Arbitrary<unknown> = fc
	.oneof({ arbitrary: text as fc.Arbitrary<unknown>, weight: 3 }, { arbitrary: other, weight: 2 })
	.map((value) => structuredClone(value));

/** One thing that goes wrong with a value of JSON. */
interface Mutation {
	/** Which of all the places in the value, counted round. */
	place: number;
	kind: 'replace' | 'remove' | 'repeat' | 'wrap' | 'asText' | 'addKey' | 'nulls';
	value: unknown;
	key: string;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
	place: fc.nat(),
	kind: fc.constantFrom<Mutation['kind'][]>(
		'replace',
		'replace',
		'replace',
		'replace',
		'remove',
		'repeat',
		'wrap',
		'asText',
		'addKey',
		'nulls',
	),
	value: odd,
	key: fc.constantFrom('__proto__', 'constructor', 'toString', 'length', 'id', 'error', 'then'),
});

export type Mutations = Mutation[];

/** A few things that go wrong at once. */
export const mutations = (most = 3): fc.Arbitrary<Mutations> =>
	fc.array(mutation, { minLength: 1, maxLength: most });

interface Place {
	holder: Record<string, unknown> | unknown[];
	key: string | number;
}

function placesIn(value: unknown, found: Place[] = []): Place[] {
	if (typeof value !== 'object' || value === null) return found;
	for (const key of Object.keys(value)) {
		const holder = value as Record<string, unknown>;
		found.push({ holder, key });
		placesIn(holder[key], found);
	}
	return found;
}

/** Assigns a key as JSON does, so that `__proto__` becomes a key and no prototype. */
const put = (holder: object, key: string | number, value: unknown) =>
	Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });

/** A copy in which these things have gone wrong. The value itself may be replaced as well. */
export function mutated<Value>(original: Value, changes: Mutations): Value {
	const root = { value: structuredClone(original) as unknown };
	for (const { place, kind, value, key } of changes) {
		const places = placesIn(root);
		const at = places[place % places.length];
		if (at) mutate(at, kind, structuredClone(value), key);
	}
	return root.value as Value;
}

function mutate({ holder, key }: Place, kind: Mutation['kind'], value: unknown, name: string): void {
	const present = (holder as Record<string | number, unknown>)[key];
	switch (kind) {
		case 'replace':
			put(holder, key, value);
			break;
		case 'remove':
			if (Array.isArray(holder)) holder.splice(Number(key), 1);
			else if (key !== 'value') delete holder[key];
			break;
		case 'repeat':
			if (Array.isArray(holder)) holder.push(structuredClone(present));
			break;
		case 'wrap':
			put(holder, key, [present]);
			break;
		case 'asText':
			put(holder, key, typeof present === 'object' ? JSON.stringify(present) : String(present));
			break;
		case 'addKey':
			// A list of JSON has no keys.
			if (Array.isArray(present)) present.push(value);
			else if (typeof present === 'object' && present !== null) put(present, name, value);
			break;
		case 'nulls':
			if (typeof present === 'object' && present !== null) {
				for (const each of Object.keys(present)) put(present, each, null);
			}
			break;
	}
}
