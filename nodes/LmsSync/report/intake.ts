import type {
	ConfigurationUse,
	Decision,
	Explanation,
	Gap,
	Outcome,
	RunSummary,
	SyncItem,
} from '../../shared/item';

type Fields = Record<string, unknown>;

const isRecord = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

const records = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isRecord) : []);
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter(isText) : []);

/** Any value as a reader sees it; nothing for what is unknown or empty. */
export function textOf(value: unknown): string {
	if (isText(value)) return value;
	if (isNumber(value)) return String(value);
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	return Array.isArray(value) ? value.map(textOf).join(', ') : '';
}

/**
 * The item with only those parts that have the form a report relies on. Items of other nodes, of an older
 * release, or edited on the way make a report shorter, and never break it.
 */
export function soundItem({ employee, learner, decision, outcomes, run, error }: SyncItem): SyncItem {
	return {
		...(isRecord(employee) && { employee }),
		...(isRecord(learner) && { learner }),
		...(isRecord(decision) && { decision: soundDecision(decision) }),
		...(Array.isArray(outcomes) && { outcomes: outcomes.filter(isRecord).filter(isOutcome) }),
		...(isRecord(run) && { run: soundRun(run) }),
		...(isText(error) && { error }),
	};
}

const STATUSES = ['done', 'skipped', 'failed', 'previewed'];

const isOutcome = (value: object): value is Outcome => {
	const { status, step } = value as Fields;
	return isText(step) && STATUSES.includes(status as string);
};

function soundDecision(decision: Decision): Decision {
	const fields = decision as unknown as Fields;
	const groups = isRecord(fields['groups']) ? fields['groups'] : {};
	const named = (value: unknown) => records(value).filter(({ name }) => isText(name));
	const { manager, notes, explanation, approved, hold, ...rest } = fields;
	return {
		...rest,
		reason: textOf(fields['reason']),
		changes: records(fields['changes']).filter(({ field }) => isText(field)),
		groups: { add: named(groups['add']), remove: named(groups['remove']) },
		...(isRecord(manager) && { manager }),
		...(Array.isArray(notes) && { notes: texts(notes) }),
		...(isRecord(explanation) && { explanation: soundExplanation(explanation) }),
		...(isRecord(approved) && { approved }),
		...(fields['action'] === 'hold' && { hold: soundHold(hold) }),
	} as unknown as Decision;
}

const soundHold = (hold: unknown): Fields => {
	const { code, message } = isRecord(hold) ? hold : {};
	return { code: textOf(code) || 'unknown', message: textOf(message) };
};

function soundExplanation(explanation: Fields): Explanation {
	const part = (name: string): Fields => {
		const value = explanation[name];
		return isRecord(value) ? { ...value, sentence: textOf(value['sentence']) } : { sentence: '' };
	};
	return {
		facts: isRecord(explanation['facts']) ? explanation['facts'] : {},
		scope: part('scope'),
		match: part('match'),
		access: part('access'),
		groups: { ...part('groups'), wanted: texts(part('groups')['wanted']) },
		guards: texts(explanation['guards']),
	} as unknown as Explanation;
}

const ACTIONS = ['create', 'invite', 'update', 'reactivate', 'deactivate', 'none', 'hold'] as const;
const LEARNERS = ['active', 'pending', 'inactive', 'linked', 'lmsOnly'] as const;

function figures<Name extends string>(value: unknown, names: readonly Name[]): Record<Name, number> {
	const held = isRecord(value) ? value : {};
	const entries = names.map((name) => [name, isNumber(held[name]) ? held[name] : 0]);
	return Object.fromEntries(entries) as Record<Name, number>;
}

const messages = (value: unknown): Gap[] =>
	records(value).flatMap(({ code, message }) =>
		isText(message) && message !== '' ? [{ code: textOf(code), message } as Gap] : [],
	);

function soundRun(run: RunSummary): RunSummary {
	const fields = run as unknown as Fields;
	const roster: Fields = isRecord(fields['roster']) ? fields['roster'] : {};
	const makes = isRecord(fields['makes']) ? fields['makes'] : {};
	const configuration = isRecord(fields['configuration']) ? fields['configuration'] : {};
	const gaps = messages(fields['gaps']);
	const { gaps: _, roster: __, ...rest } = fields;
	return {
		...rest,
		platform: textOf(fields['platform']) || 'LMS',
		dryRun: fields['dryRun'] === true,
		plannedAt: textOf(fields['plannedAt']),
		roster: {
			...roster,
			readAt: textOf(roster['readAt']),
			count: isNumber(roster['count']) ? roster['count'] : 0,
			missingAttributes: texts(roster['missingAttributes']),
			...(roster['gaps'] !== undefined && { gaps: messages(roster['gaps']) }),
		},
		...(gaps.length > 0 && { gaps }),
		learners: figures(fields['learners'], LEARNERS),
		decisions: figures(fields['decisions'], ACTIONS),
		holds: isRecord(fields['holds']) ? fields['holds'] : {},
		limits: records(fields['limits']).filter(({ kind }) => isText(kind)),
		configuration: {
			...configuration,
			code: textOf(configuration['code']),
			changed: texts(configuration['changed']),
			confirmed: configuration['confirmed'] === true,
		} satisfies ConfigurationUse,
		alerts: messages(fields['alerts']),
		passport: records(fields['passport']).flatMap((entry) =>
			isText(entry['attribute'])
				? [{ ...entry, why: texts(entry['why']), goesTo: texts(entry['goesTo']) }]
				: [],
		),
		makes: { groups: texts(makes['groups']), fields: texts(makes['fields']) },
	} as unknown as RunSummary;
}

/** A moment with its zone, e.g. `2026-03-10 11:00 UTC`; what is no moment stays as it is. */
export function momentOf(instant: string): string {
	const moment = new Date(instant);
	if (instant === '' || Number.isNaN(moment.getTime())) return instant;
	return `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
