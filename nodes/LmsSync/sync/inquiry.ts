import type { AttributeValue, Change, EmployeeId, Learner, LearnerId } from '../../shared/item';
import { fieldNamed } from './diff';
import type { LmsState } from './lmsState';
import { fingerprintOf, markOf } from './marks';
import type { Plan } from './plan';
import type { PlanSettings } from './settings';

/** What a plan wants to know beyond the lists of an LMS, each of which costs a call of its own. */
export interface Inquiry {
	/** Whose costly fields are to be read. */
	values: Learner[];
	/** Whose reports are to be listed. */
	managers: LearnerId[];
	/** Who may lose access: does the platform belong to one of them? */
	endings: Learner[];
}

export interface Questions {
	inquiry: Inquiry;
	/** Whose mark says that nothing has changed, though they may be read. */
	trusted: ReadonlySet<LearnerId>;
}

export interface Findings {
	/** Values of the costly fields, by label. */
	values: ReadonlyMap<LearnerId, Record<string, AttributeValue>>;
	reports: ReadonlyMap<LearnerId, ReadonlySet<LearnerId>>;
	owners: ReadonlySet<LearnerId>;
}

/**
 * What is to be asked, from a draft of the plan that knows the lists only. In a fast comparison nobody is
 * asked about whose mark tells that the sync has written just these values before.
 */
export function inquire(draft: Plan, lms: LmsState, settings: PlanSettings, isFull: boolean): Questions {
	const fields = settings.fieldMapping.flatMap(({ field }) => fieldNamed(field, lms.fields) ?? []);
	const costly = fields.filter((field) => field.costly);
	// A field that was deleted or renamed has to be filled for everybody, whatever the marks say.
	const isLost = costly.some(({ missing }) => missing);
	const accounts = new Map<EmployeeId, Learner>();
	for (const { employee, learner } of draft.people)
		if (employee && learner) accounts.set(employee.id, learner);
	for (const each of lms.learners) if (each.link !== null) accounts.set(each.link, each);

	// Somebody may have several entries, beside the decision one for each part of it that is held.
	const values = new Map<LearnerId, Learner>();
	const endings = new Map<LearnerId, Learner>();
	const managers = new Set<LearnerId>();
	const trusted = new Set<LearnerId>();
	for (const { employee, learner, decision, compared } of draft.people) {
		if (!learner) continue;
		const endsEarlier = decision.changes.some(({ field, to }) => field === 'accessEnds' && to !== null);
		if (decision.action === 'deactivate' || endsEarlier) endings.set(learner.id, learner);
		if (!employee) continue;
		// A deleted account keeps its values, and has them again when it comes back.
		const isBack = decision.action === 'reactivate';
		if (!compared && !isBack) continue;
		const fingerprint = fingerprintOf(employee, lms, settings);
		const isKnown = fingerprint !== undefined && markOf(learner.mark)?.fingerprint === fingerprint;
		if (isKnown) trusted.add(learner.id);
		if (costly.length > 0 && (isFull || isLost || isBack || !isKnown)) values.set(learner.id, learner);
		if (!isFull || !settings.managers || !lms.hasManagers || !employee.supervisor) continue;
		const manager = accounts.get(employee.supervisor.id);
		if (manager && manager.status !== 'inactive') managers.add(manager.id);
	}
	const inquiry = { values: [...values.values()], managers: [...managers], endings: [...endings.values()] };
	return { inquiry, trusted };
}

/** Before anything was asked, nobody's costly fields are known. */
export const withoutDetails = (lms: LmsState): LmsState => ({
	...lms,
	learners: lms.learners.map((each) => (each.status === 'inactive' ? each : { ...each, partial: true })),
});

/** The LMS with what was found out. */
export function informed(lms: LmsState, { values, reports, owners }: Findings): LmsState {
	return {
		...lms,
		reports,
		learners: lms.learners.map((learner) => {
			const found = values.get(learner.id);
			const { partial: _, ...known } = learner;
			return {
				...(found ? { ...known, custom: { ...learner.custom, ...found } } : learner),
				...(owners.has(learner.id) && { owner: true as const }),
			};
		}),
	};
}

/** Whether a full comparison found what no fast one would: then the next one has to be full again. */
export function foundByReading({ people }: Plan, { fields }: LmsState, { trusted }: Questions): boolean {
	const isCostly = ({ label }: Change) => fields.some((each) => each.costly && each.label === label);
	return people.some(({ learner, decision }) => {
		if (learner === undefined || !trusted.has(learner.id) || decision.action !== 'update') return false;
		// A manager without a new mark was set before, and somebody has taken them away.
		const isLost = decision.manager !== undefined && decision.manager.mark === undefined;
		return isLost || decision.changes.some(isCostly);
	});
}
