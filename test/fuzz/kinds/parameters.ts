import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { IPollFunctions } from 'n8n-workflow';

import { PersonioTrigger } from '../../../nodes/Personio/PersonioTrigger.node';
import { mutated, mutations, odd } from '../arbitraries';
import { employeesIn, knownRun } from '../clean';
import { contextOf, expectNoPollution, expectRefusal } from '../node';
import { expectNoWrongWrite } from '../oracle';
import {
	filled,
	operate,
	planFor,
	PLATFORMS,
	read,
	READ,
	sync,
	type NodeName,
	type Parameters,
	type PlatformName,
} from '../run';
import { textsOf } from '../texts';
import { newWorld } from '../world';
import { kindOf } from './kind';

/** What an expression may give beside JSON. */
const result = fc.oneof(
	{ arbitrary: odd, weight: 3 },
	{
		arbitrary: fc.constantFrom<unknown>(
			undefined,
			NaN,
			Infinity,
			-Infinity,
			-0,
			10n,
			new Date(NaN),
			new Date('0001-01-01'),
			DateTime.fromISO('9999-12-31'),
			DateTime.invalid('odd'),
			new Map([['a', 1]]),
			() => 'called',
			Symbol.for('odd'),
			Object.create(null),
		),
		weight: 1,
	},
);

interface Oddity {
	parameter: number;
	/** Puts this in the place of the parameter; else something goes wrong within it. */
	isWhole: boolean;
	value: unknown;
	within: ReturnType<typeof mutations> extends fc.Arbitrary<infer Wrong> ? Wrong : never;
}

const oddity: fc.Arbitrary<Oddity> = fc.record({
	parameter: fc.nat(),
	isWhole: fc.boolean(),
	value: result,
	within: mutations(3),
});
const oddities = fc.array(oddity, { minLength: 1, maxLength: 2 });

function spoilt(parameters: Parameters, wrong: Oddity[]): Parameters {
	const all = { ...parameters };
	const names = Object.keys(all);
	for (const { parameter, isWhole, value, within } of wrong) {
		const name = names[parameter % names.length] ?? 'dryRun';
		all[name] = isWhole ? value : mutated(parameters[name], within);
	}
	return all;
}

/** What stands in the parameters, so that no sentence is blamed for it. */
const quotedFrom = (parameters: Parameters, wrong: Oddity[]): string[] =>
	textsOf(parameters, wrong, [
		'undefined',
		'NaN',
		'[object Object]',
		'[object Map]',
		'Invalid Date',
		'Invalid DateTime',
	]);

/** All of a collection, so that each of its parameters is made odd. */
const EVERYTHING = {
	groupRules: { rule: [{ field: 'position', operator: 'equals', value: 'Engineer', group: 'Engineers' }] },
	scope: {
		exclude: 'ceo@example.com',
		filters: { filter: [{ field: 'department', operator: 'isNotEmpty', value: '' }] },
		outOfScope: 'leaveAlone',
		statuses: ['active', 'leave', 'onboarding'],
	},
	options: {
		activate: true,
		extendLists: false,
		confirmedConfiguration: '',
		daysBeforeHire: 14,
		missingRuns: 0,
		fullComparison: false,
		fullUpTo: 1000,
		matchBy: 'link',
		linkField: '',
		defaultZone: 'Europe/Berlin',
		jobTitle: true,
		managers: true,
		usePreferredName: false,
	},
};

const plan = (platform: PlatformName, dryRun: boolean) =>
	kindOf(
		`parameters of the plan, ${dryRun ? 'dry' : 'live'}, ${platform}`,
		dryRun ? 400 : 900,
		[oddities, fc.boolean()],
		async (wrong, isFull) => {
			const planning = { dryRun, ...(isFull && EVERYTHING) };
			const isLive =
				spoilt(filled('lmsSync', planFor(platform, newWorld(), planning)), wrong).dryRun === false;
			const clean = await knownRun(platform, { planning: { ...planning, dryRun: !isLive } });
			const world = newWorld();
			const items = (await read()) ?? [];
			const parameters = spoilt(filled('lmsSync', planFor(platform, world, planning)), wrong);
			const label = (parameters.options as { linkField?: unknown } | null | undefined)?.linkField;
			if (typeof label === 'string' && label.trim() !== '') world.linkPlatform = label.trim();
			await sync(items, parameters, [...textsOf(items), ...quotedFrom(parameters, wrong)]);
			expectNoPollution();
			if (dryRun && parameters.dryRun === true && world.deeds.length > 0)
				throw new Error('A dry run has written.');
			// Other groups and fields may be what an operator wants, of the people of the company.
			expectNoWrongWrite(world.deeds, clean.deeds, {
				people: new Set(Object.values(world.people).flatMap(({ id, email }) => [String(id), email ?? ''])),
				values: [employeesIn(items), parameters],
			});
		},
	);

type Operation = [node: NodeName, parameters: Parameters];

const learner = (operation: string): Operation => ['lmsSync', { resource: 'learner', operation }];
const OPERATIONS: Operation[] = [
	...['upsert', 'invite', 'mapGroups', 'setManager', 'deactivate', 'get', 'getAll'].map(learner),
	['lmsSync', { resource: 'group', operation: 'getAll' }],
	['lmsSync', { resource: 'run', operation: 'report' }],
	['lmsSync', { resource: 'run', operation: 'approve' }],
	['lmsSync', { resource: 'run', operation: 'undo', dryRun: false }],
	['personio', { ...READ }],
	['personio', { ...READ, apiVersion: 'v2' }],
	['personio', { resource: 'employee', operation: 'get', employeeId: '100001' }],
	['personio', { resource: 'attribute', operation: 'getAll' }],
];

const operations = (platform: PlatformName) =>
	kindOf(
		`parameters of all other operations, ${platform}`,
		1_400,
		[fc.constantFrom(...OPERATIONS), oddities, fc.boolean(), fc.boolean()],
		async ([node, parameters], wrong, decidesHere, goesOn) => {
			const planning = { dryRun: false };
			const clean = await knownRun(platform, { planning });
			const world = newWorld();
			const items = (await read()) ?? [];
			const isStep = node === 'lmsSync' && parameters.resource === 'learner' && decidesHere;
			const whole = filled(node, {
				...(node === 'lmsSync' && { platform }),
				...(isStep && { ...planFor(platform, world, EVERYTHING), decideHere: true }),
				...parameters,
			});
			const odds = spoilt(whole, wrong);
			const label = (odds.options as { linkField?: unknown } | null | undefined)?.linkField;
			if (typeof label === 'string' && label.trim() !== '') world.linkPlatform = label.trim();
			const quoted = [...textsOf(items), ...quotedFrom(odds, wrong)];
			await operate(node, odds, items, { quoted, ...(goesOn && { onError: 'continueRegularOutput' }) });
			expectNoPollution();
			expectNoWrongWrite(world.deeds, clean.deeds, {
				people: new Set(Object.values(world.people).flatMap(({ id, email }) => [String(id), email ?? ''])),
				values: [employeesIn(items), odds],
			});
		},
	);

const TRIGGER = { emit: 'all', apiVersion: 'v1', output: 'each', emitExisting: true };

const trigger = kindOf(
	'parameters of the trigger, and what it remembers',
	400,
	[oddities, fc.option(odd, { nil: undefined }), fc.constantFrom('all', 'changes')],
	async (wrong, memory, emit) => {
		newWorld();
		const whole = { ...filled('personio', READ), ...TRIGGER, emit };
		const parameters = spoilt(whole, wrong);
		const staticData = (typeof memory === 'object' && memory !== null ? memory : { memory }) as never;
		const context = contextOf({ parameters, staticData });
		// A trigger has parameters of no item.
		const getNodeParameter = (name: string, fallback?: unknown) =>
			context.getNodeParameter(name, 0, fallback as never);
		try {
			await new PersonioTrigger().poll.call({ ...context, getNodeParameter } as unknown as IPollFunctions);
		} catch (error) {
			expectRefusal(error, quotedFrom(parameters, wrong));
		}
		expectNoPollution();
	},
);

export const PARAMETERS = [
	...PLATFORMS.flatMap((platform) => [plan(platform, false), plan(platform, true), operations(platform)]),
	trigger,
];
