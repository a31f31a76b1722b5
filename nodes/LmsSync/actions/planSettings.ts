import { DateTime } from 'luxon';
import type { IExecuteFunctions, NodeParameterValueType } from 'n8n-workflow';

import { sameLabel } from '../sync/diff';
import type { PlatformEntry } from '../platforms';
import type { PlatformOptions } from '../platforms/platform';
import { platformEntry } from './context';
import { DEFAULT_LIMITS, LIMIT_NAMES } from './limitProperties';
import { choiceOf, choicesOf, collectionOf, numberOf, rowsOf, switchOf, textOf } from './parameterValues';
import type { Condition, FieldMapping, GroupRule, Limits, PlanSettings } from '../sync/settings';

/** What an operator asks of a plan: what is to be decided, and how the LMS is to be read. */
export interface PlanOrder {
	settings: PlanSettings;
	platform: PlatformOptions;
	/** The code of the configuration that was seen in a dry run. */
	confirmed: string;
	comparison: {
		/** Everybody is read on their own in this run. */
		full: boolean;
		/** So many people are read on their own in every run. */
		fullUpTo: number;
	};
}

const END_ACCESS = ['terminationDate', 'lastWorkingDay', 'contractEndDate', 'earliest'] as const;
const OPERATORS = ['contains', 'equals', 'isEmpty', 'isNotEmpty', 'notEquals', 'startsWith'] as const;
const IN_SCOPE = ['active', 'leave', 'onboarding'] as const;

/**
 * The order for a plan from the node's parameters, of the first item: a plan is about the whole run.
 *
 * @throws Error with a sentence about a row that was left half empty
 */
export function readPlanOrder(context: IExecuteFunctions): PlanOrder {
	const entry = platformEntry(context);
	const parameter = (name: string, fallback: NodeParameterValueType): unknown =>
		context.getNodeParameter(name, 0, fallback as object);
	const scope = collectionOf('Scope', parameter('scope', {}));
	const options = collectionOf('Options', parameter('options', {}));
	const settings: PlanSettings = {
		dryRun: switchOf('Dry Run', parameter('dryRun', true)),
		newLearners: choiceOf('New Learners', parameter('newLearners', 'invite'), ['invite', 'create']),
		activate: switchOf('Activate Created Accounts', options.activate ?? true),
		managers: switchOf('Update Managers', options.managers ?? true),
		endAccess: choiceOf('End Access', parameter('endAccess', 'terminationDate'), END_ACCESS),
		...(options.daysBeforeHire !== undefined && {
			daysBeforeHire: numberOf('Days Before Hire Date', options.daysBeforeHire),
		}),
		matchBy: choiceOf('Match By', options.matchBy ?? 'link', ['link', 'email']),
		linkField: textOf('Personio ID Field', options.linkField) || entry.linkField,
		usePreferredName: switchOf('Use Preferred Name', options.usePreferredName ?? false),
		scope: {
			statuses: choicesOf('Statuses', scope.statuses ?? IN_SCOPE, IN_SCOPE),
			filters: rowsOf('Filters', scope.filters ?? {}, 'filter').map((row) => conditionOf('Filters', row)),
			exclude: textOf('Exclude', scope.exclude)
				.split(/[,;\s]+/)
				.filter((entry) => entry !== ''),
			outOfScope: choiceOf('People Out of Scope', scope.outOfScope ?? 'leaveAlone', [
				'leaveAlone',
				'deactivate',
			]),
		},
		fieldMapping: rowsOf('Field Mapping', parameter('fieldMapping', {}), 'field').map(
			({ attribute, field }) => ({
				attribute: textOf('Field Mapping', attribute),
				field: textOf('Field Mapping', field),
			}),
		),
		groupLevels: rowsOf('Groups by Levels', parameter('groupLevels', {}), 'level').map(({ field }) =>
			textOf('Groups by Levels', field),
		),
		groupRules: rowsOf('Groups by Rules', parameter('groupRules', {}), 'rule').map((row): GroupRule => ({
			...conditionOf('Groups by Rules', row),
			group: textOf('Groups by Rules', row.group),
		})),
		createMissingGroups: switchOf('Create Missing Groups', parameter('createMissingGroups', false)),
		limits: limitsOf(collectionOf('Limits', parameter('limits', {}))),
		missingRuns: numberOf('Deactivate Missing People After', options.missingRuns ?? 0),
		defaultZone: textOf('Time Zone', options.defaultZone) || context.getTimezone(),
	};
	refuseHalfEmptyRows(settings);
	settings.fieldMapping.push(...ownMapping(entry, settings, options));
	return {
		settings,
		platform: {
			linkField: settings.linkField,
			needsLink: settings.matchBy === 'link',
			fields: settings.fieldMapping.map(({ field }) => field),
			extendLists: switchOf('Add Values to Restricted Lists', options.extendLists ?? false),
			...(entry.features.includes('rootGroup') && {
				rootGroup: textOf('Root Group', parameter('rootGroup', '')),
			}),
		},
		comparison: {
			full: switchOf('Full Comparison Now', options.fullComparison ?? false),
			fullUpTo: numberOf('Full Comparison Up To', options.fullUpTo ?? 1000),
		},
		confirmed: textOf('Confirmed Configuration', options.confirmedConfiguration),
	};
}

function limitsOf(entered: Record<string, unknown>): Limits {
	const limits = { ...DEFAULT_LIMITS };
	for (const name of Object.keys(limits) as Array<keyof Limits>) {
		limits[name] = numberOf(LIMIT_NAMES[name], entered[name] ?? limits[name]);
	}
	return limits;
}

/** The platform's own mapping, as far as no row writes to the same field. */
function ownMapping(
	{ mapping }: PlatformEntry,
	{ fieldMapping }: PlanSettings,
	{ jobTitle = true }: Record<string, unknown>,
): FieldMapping[] {
	const isMapped = (field: string) => fieldMapping.some((row) => sameLabel(row.field, field));
	return switchOf('Update Job Title', jobTitle) ? mapping.filter(({ field }) => !isMapped(field)) : [];
}

const conditionOf = (name: string, { field, operator, value }: Record<string, unknown>): Condition => ({
	field: textOf(name, field),
	operator: choiceOf(`Operator of the condition on ${textOf(name, field)}`, operator ?? 'equals', OPERATORS),
	value: textOf(name, value),
});

function refuseHalfEmptyRows({
	fieldMapping,
	groupLevels,
	groupRules,
	scope,
	defaultZone,
	matchBy,
	linkField,
}: PlanSettings): void {
	const lacks = (...values: Array<string | undefined>) => values.some((value) => !value?.trim());
	const rows: Array<[string, string, boolean]> = [
		[
			'Field Mapping',
			'an attribute and a custom field',
			fieldMapping.some((row) => lacks(row.attribute, row.field)),
		],
		['Groups by Levels', 'an attribute', groupLevels.some((field) => lacks(field))],
		['Groups by Rules', 'an attribute and a group', groupRules.some((rule) => lacks(rule.field, rule.group))],
		['Filters', 'an attribute', scope.filters.some((filter) => lacks(filter.field))],
	];
	for (const [name, needs, incomplete] of rows) {
		if (incomplete)
			throw new Error(`A row of "${name}" is incomplete: it needs ${needs}. Fill it in or remove it.`);
	}
	const labels = fieldMapping.map(({ field }) => field);
	if (matchBy === 'link' && labels.some((label) => sameLabel(label, linkField))) {
		throw new Error(
			`"Field Mapping" writes to "${linkField}", which holds the Personio ID. Choose another field.`,
		);
	}
	const twice = labels.find((label, index) =>
		labels.slice(0, index).some((other) => sameLabel(other, label)),
	);
	if (twice !== undefined) {
		throw new Error(`Two rows of "Field Mapping" write to "${twice}". Keep one of them.`);
	}
	const level = groupLevels.find((field, index) => groupLevels.indexOf(field) < index);
	if (level !== undefined) {
		throw new Error(`Two levels of "Groups by Levels" are "${level}". Keep one of them.`);
	}
	for (const condition of [...groupRules, ...scope.filters]) {
		if (condition.value === '' && !['isEmpty', 'isNotEmpty'].includes(condition.operator)) {
			throw new Error(
				`A condition on "${condition.field}" has no value. Enter one, or use the operator "Is Empty".`,
			);
		}
	}
	if (!DateTime.utc().setZone(defaultZone).isValid) {
		throw new Error(`"${defaultZone}" is not a time zone. Enter e.g. Europe/Berlin.`);
	}
}
