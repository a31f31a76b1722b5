import type { LearnerId, LimitKind } from '../../../nodes/shared/item';
import { addressKey } from '../../../nodes/LmsSync/sync/attribute';
import { LIMIT_KINDS } from '../../../nodes/LmsSync/sync/limits';
import { partFor } from '../../../nodes/LmsSync/sync/parts';
import type { Plan, PlannedPerson } from '../../../nodes/LmsSync/sync/plan';
import type { PlanSettings } from '../../../nodes/LmsSync/sync/settings';
import type { Run } from './histories';
import { applicable } from './model';
import type { Look } from './worlds';

/** A run of a history, and what came of it. */
export interface Lived extends Run {
	settings: PlanSettings;
	before: ReadonlyMap<LearnerId, Look>;
	after: ReadonlyMap<LearnerId, Look>;
	/** What the LMS refused. */
	refused?: string;
	/** Who was touched by the runs before this one. */
	touched: Touched[];
	/** What further runs find in the same situation, after the last one of the history. */
	repeats: Plan[];
}

export interface Touched {
	at: number;
	kind: LimitKind;
	who: string;
	free: boolean;
}

const is =
	(...actions: string[]) =>
	({ decision }: PlannedPerson) =>
		actions.includes(decision.action);
const named = ({ employee, learner, decision }: PlannedPerson) =>
	`${decision.action} of ${employee?.id ?? 'nobody'} at ${learner?.id ?? 'no account'}`;
const mailOf = ({ decision }: PlannedPerson) =>
	addressKey(String(decision.changes.find(({ field }) => field === 'email')?.to));
const twice = (values: string[]) => values.filter((value, index) => values.indexOf(value) !== index);
const text = (look: Look | undefined) => JSON.stringify([look?.learner, look?.groups]);

/**
 * Whom a run touches in the sense of a limit. Whom a first load has tried and the LMS has not shown since are
 * its own still.
 *
 * @param earlier whom the runs before it touched
 */
export const touches = ({ plan, moment, memory }: Run, earlier: Touched[]): Touched[] =>
	LIMIT_KINDS.flatMap((kind) => {
		const isFirstLoad = plan.summary.limits.some((use) => use.kind === kind && use.firstLoad);
		const unseen = new Set<string>(memory.added.flatMap(({ people }) => people));
		return applicable(plan)
			.filter(({ decision }) => partFor(kind, decision))
			.map(({ employee, learner }) => {
				const who = employee ? `employee ${employee.id}` : `account ${learner?.id}`;
				const isLeft = earlier.some((each) => each.kind === kind && each.who === who && each.free);
				const free = isFirstLoad || (isLeft && unseen.has(employee?.id ?? ''));
				return { at: Date.parse(moment.now), kind, who, free };
			});
	});

/** How the model of an LMS refuses to end its owner. */
export const OWNER = 'owns the platform';
const MANAGER_MISSING = 'has no account in the LMS';

/** The orders of a plan, whether they are carried out or shown. */
const ordersOf = ({ people }: Plan) =>
	people.map(({ decision, ...person }) =>
		JSON.stringify({ ...person, decision: { ...decision, dryRun: 0 } }),
	);

/** What no run of any history may do: each rule tells whatever breaks it. */
export const RULES: Record<string, (run: Lived) => string[]> = {
	// An account that the LMS does not list may have the address.
	'the LMS refuses nothing that a run asks for, unless it did not tell everything': ({ refused, plan }) =>
		refused === undefined || plan.summary.gaps || refused.includes(OWNER) ? [] : [refused],

	'the owner of the platform is never ended': ({ refused }) => (refused?.includes(OWNER) ? [refused] : []),

	'nobody is written who carries neither the link nor the address of an employee, but for the missing': ({
		plan,
		before,
		settings,
		memory,
		moment,
	}) =>
		applicable(plan)
			.filter(({ employee, learner }) => {
				if (learner === undefined) return false;
				const now = before.get(learner.id)?.learner;
				if (now === undefined) return true;
				if (employee === undefined) {
					const runs = (now.link && memory.missing[now.link]?.runs) ?? 0;
					const isDue = settings.missingRuns > 0 && runs + 1 >= settings.missingRuns;
					return !(moment.asks && isDue && now.link !== null && !moment.hidden.has(now.link));
				}
				if (settings.matchBy === 'link' && now.link === employee.id) return false;
				const isFree = settings.matchBy === 'email' || now.link === null;
				return !(isFree && addressKey(now.email) === addressKey(employee.email ?? ''));
			})
			.map(named),

	'a run touches no learner but those of its decisions': ({ plan, before, after }) => {
		const meant = new Set(applicable(plan).map(({ learner }) => learner?.id));
		return [...before]
			.filter(([id, look]) => !meant.has(id) && text(after.get(id)) !== text(look))
			.map(([id]) => id);
	},

	'nobody is invited or made who has an account or an open invitation, unless it is replaced for a new address':
		({ plan, before, settings }) => {
			const added = applicable(plan).filter(is('invite', 'create'));
			// Accounts change their addresses before anybody is invited.
			const moving = new Set(
				applicable(plan)
					.filter(({ decision }) => decision.changes.some(({ field }) => field === 'email'))
					.flatMap(({ learner }) => (learner && learner.status !== 'pending' ? [learner.id] : [])),
			);
			const clashes = added.filter((person) => {
				const mail = mailOf(person);
				const { employee, learner } = person;
				return [...before.values()].some(({ learner: other }) => {
					const isTheirs = settings.matchBy === 'link' && other.link === employee?.id;
					if (!isTheirs && (addressKey(other.email) !== mail || moving.has(other.id))) return false;
					const isReplaced =
						other.id === learner?.id && other.status === 'pending' && addressKey(other.email) !== mail;
					return !isReplaced;
				});
			});
			return [
				...clashes.map(named),
				...twice(added.map(({ employee }) => employee?.id ?? '')),
				...twice(added.map(mailOf)),
			];
		},

	'an incomplete list of employees ends nothing and takes nobody out of a group': ({ plan, moment }) => {
		const { roster } = plan.summary;
		if (roster.complete && moment.roster.missingAttributes === undefined) return [];
		return applicable(plan)
			.filter((each) => is('deactivate')(each) || each.decision.groups.remove.length > 0)
			.map(named);
	},

	'an incomplete list of learners adds, invites, ends and brings back nobody': ({ plan }) => {
		if (!plan.summary.gaps) return [];
		return applicable(plan)
			.filter((each) => !is('update')(each) || each.decision.groups.remove.length > 0)
			.map(named);
	},

	'while Personio knows somebody whom its list left out, nobody loses access': ({ plan, moment }) => {
		const isKnown = plan.summary.roster.gaps?.some(({ code }) => code === 'notListed');
		const ended = applicable(plan).filter(is('deactivate'));
		return isKnown ||
			ended.some(({ employee, learner }) => !employee && moment.hidden.has(learner?.link as never))
			? ended.map(named)
			: [];
	},

	'no window sees more people than the limit allows, but for a first load': (run) => {
		const { plan, moment, settings, touched } = run;
		const hours = settings.limits.windowHours;
		const now = touches(run, touched);
		return LIMIT_KINDS.flatMap((kind) => {
			const use = plan.summary.limits.find((each) => each.kind === kind);
			const window = touched.filter(
				(each) => each.kind === kind && Date.parse(moment.now) - each.at < hours * 3_600_000,
			);
			const known = new Set(window.map(({ who }) => who));
			const counted = new Set(window.filter(({ free }) => !free).map(({ who }) => who));
			const news = now.filter((each) => each.kind === kind && !known.has(each.who));
			const sum = new Set([...counted, ...news.map(({ who }) => who)]).size;
			if (use?.firstLoad || news.length === 0 || sum <= (use?.allowed ?? 0)) return [];
			return [`${kind}: ${sum} of ${use?.allowed}`];
		});
	},

	'a first load is one in which nobody is linked and no run is on record': ({
		plan,
		before,
		memory,
		settings,
	}) => {
		if (plan.summary.gaps || !plan.summary.limits.some(({ firstLoad }) => firstLoad)) return [];
		if (memory.applied) return ['a run is on record'];
		const linked = [...before.values()].filter(({ learner }) => learner.link !== null);
		return settings.matchBy === 'link' ? linked.map(({ learner }) => learner.id) : [];
	},

	'a dry run shows what the run does': ({ plan, preview }) => {
		const [real, shown] = [ordersOf(plan), ordersOf(preview)];
		const other = real.filter((order, index) => order !== shown[index]);
		const { dryRun: _, ...summary } = plan.summary;
		const { dryRun: __, ...previewed } = preview.summary;
		const isSame = JSON.stringify(summary) === JSON.stringify(previewed) && real.length === shown.length;
		return isSame ? other : [...other, 'the figures differ'];
	},

	'a dry run leaves nothing to the next one but what it has shown and whom it has missed': ({
		preview,
		memory,
	}) => {
		const { seen, missing: _, listed: __, ...rest } = preview.memory;
		const { seen: seenBefore, missing: ___, listed: ____, ...before } = memory;
		const isShown = [preview.summary.configuration.code, seenBefore].includes(seen);
		return isShown && JSON.stringify(rest) === JSON.stringify(before) ? [] : [JSON.stringify(rest)];
	},

	'a second run finds nothing to do, but for those who were held, who left or whose manager was missing': ({
		plan,
		repeats: [again],
	}) => {
		if (again === undefined) return [];
		const proof = ({ summary }: Plan) => JSON.stringify([summary.roster.gaps, summary.gaps]);
		if (proof(plan) !== proof(again)) return [];
		const isOpen = ({ decision }: PlannedPerson) =>
			['hold', 'deactivate'].includes(decision.action) ||
			(decision.notes ?? []).some((note) => note.includes(MANAGER_MISSING));
		const open = new Set(plan.people.filter(isOpen).map(({ employee }) => employee?.id));
		return applicable(again)
			.filter(({ employee }) => !open.has(employee?.id))
			.map(named);
	},

	'everybody comes to rest, while nothing happens': ({ repeats }) => {
		const last = repeats.at(-1);
		return last ? applicable(last).map(named) : [];
	},
};
