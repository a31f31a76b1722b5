import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { sameLabel } from '../sync/diff';
import type { PlatformEntry } from '../platforms';
import type { PlatformOptions } from '../platforms/platform';
import { platformEntry } from './context';
import { DEFAULT_LIMITS, LIMIT_NAMES } from './limitProperties';
import { choiceOf, numberOf, switchOf, textOf } from './parameterValues';
import type { Condition, FieldMapping, GroupRule, Limits, PlanSettings, Scope } from '../sync/settings';

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

interface PlanOptions {
	activate?: boolean;
	extendLists?: boolean;
	fullComparison?: boolean;
	fullUpTo?: number;
	jobTitle?: boolean;
	managers?: boolean;
	daysBeforeHire?: number;
	matchBy?: 'link' | 'email';
	linkField?: string;
	defaultZone?: string;
	usePreferredName?: boolean;
	missingRuns?: number;
	confirmedConfiguration?: string;
}

type ScopeParameter = Partial<Omit<Scope, 'exclude' | 'filters'>> & {
	exclude?: string;
	filters?: { filter?: Condition[] };
};

/**
 * The order for a plan from the node's parameters, of the first item: a plan is about the whole run.
 *
 * @throws Error with a sentence about a row that was left half empty
 */
export function readPlanOrder(context: IExecuteFunctions): PlanOrder {
	const entry = platformEntry(context);
	const parameter = <Value>(name: string, fallback: Value) =>
		context.getNodeParameter(name, 0, fallback as IDataObject) as Value;
	const scope = parameter<ScopeParameter>('scope', {});
	const options = parameter<PlanOptions>('options', {});
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
		linkField: textOf(options.linkField) || entry.linkField,
		usePreferredName: switchOf('Use Preferred Name', options.usePreferredName ?? false),
		scope: {
			statuses: statusesOf(scope.statuses ?? IN_SCOPE),
			filters: (scope.filters?.filter ?? []).map(conditionOf),
			exclude: textOf(scope.exclude)
				.split(/[,;\s]+/)
				.filter((entry) => entry !== ''),
			outOfScope: choiceOf('People Out of Scope', scope.outOfScope ?? 'leaveAlone', [
				'leaveAlone',
				'deactivate',
			]),
		},
		fieldMapping: (parameter<{ field?: FieldMapping[] }>('fieldMapping', {}).field ?? []).map(
			({ attribute, field }) => ({ attribute: textOf(attribute), field: textOf(field) }),
		),
		groupLevels: (parameter<{ level?: Array<{ field: string }> }>('groupLevels', {}).level ?? []).map(
			({ field }) => textOf(field),
		),
		groupRules: (parameter<{ rule?: GroupRule[] }>('groupRules', {}).rule ?? []).map((rule) => ({
			...conditionOf(rule),
			group: textOf(rule.group),
		})),
		createMissingGroups: switchOf('Create Missing Groups', parameter('createMissingGroups', false)),
		limits: limitsOf(parameter<Partial<Limits>>('limits', {})),
		missingRuns: numberOf('Deactivate Missing People After', options.missingRuns ?? 0),
		defaultZone: textOf(options.defaultZone) || context.getTimezone(),
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
			...(entry.features.includes('rootGroup') && { rootGroup: textOf(parameter('rootGroup', '')) }),
		},
		comparison: {
			full: switchOf('Full Comparison Now', options.fullComparison ?? false),
			fullUpTo: numberOf('Full Comparison Up To', options.fullUpTo ?? 1000),
		},
		confirmed: textOf(options.confirmedConfiguration),
	};
}

function limitsOf(entered: Partial<Limits>): Limits {
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
	{ jobTitle = true }: PlanOptions,
): FieldMapping[] {
	const isMapped = (field: string) => fieldMapping.some((row) => sameLabel(row.field, field));
	return switchOf('Update Job Title', jobTitle) ? mapping.filter(({ field }) => !isMapped(field)) : [];
}

const conditionOf = ({ field, operator, value }: Condition): Condition => ({
	field: textOf(field),
	operator: choiceOf(`Operator of the condition on ${textOf(field)}`, operator ?? 'equals', OPERATORS),
	value: textOf(value),
});

function statusesOf(value: unknown): Scope['statuses'] {
	if (!Array.isArray(value)) throw new Error('"Statuses" is not a list. Choose from the list.');
	return value.map((each) => choiceOf('Statuses', each, IN_SCOPE));
}

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
