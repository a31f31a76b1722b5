import type { Action, Decision, RunSummary, SyncItem } from '../../shared/item';
import { count, counted } from './words';

/** What a plan lets out by one output. */
interface Output {
	actions: readonly Action[];
	/** What its decisions are about. */
	purpose: string;
	/** A workflow that only ends access has nothing behind it, on purpose. */
	mayBeLeftOut?: true;
}

const OUTPUTS: readonly Output[] = [
	{
		actions: ['create', 'invite', 'update', 'reactivate'],
		purpose: 'to add or update people',
		mayBeLeftOut: true,
	},
	{ actions: ['deactivate'], purpose: 'to end access' },
	{ actions: ['hold'], purpose: 'held' },
];

export interface Arrivals {
	/** Decisions that the plans counted and that did not arrive. */
	lost: number;
	/** The same as a sentence. */
	sentence?: string;
	/** What was perhaps left out on purpose. */
	note?: string;
}

/** Compares what the plans counted with what arrived. */
export function arrivalsOf(items: SyncItem[], runs: RunSummary[]): Arrivals {
	const decisions = items.flatMap(({ decision }) => decision ?? []);
	const parts: string[] = [];
	let [lost, leftOut] = [0, 0];
	for (const run of runs) {
		const own = decisions.filter(({ platform = run.platform }) => platform === run.platform);
		for (const { actions, purpose, mayBeLeftOut } of OUTPUTS) {
			const planned = actions.reduce((sum, action) => sum + run.decisions[action], 0);
			const arrived = own.filter((decision) => actions.includes(actionPlanned(decision))).length;
			if (arrived === 0 && mayBeLeftOut) leftOut += planned;
			else if (arrived < planned) {
				lost += planned - arrived;
				parts.push(`${count(planned - arrived)} ${purpose}`);
			}
		}
	}
	// Other nodes may have put an error in the place of a decision.
	const bare = items.filter(({ decision, run, error }) => !decision && !run && error !== undefined).length;
	const isLost = lost > bare;
	return {
		lost: isLost ? lost : 0,
		...(isLost && {
			sentence: `${counted(lost, 'decision')} of the plan did not reach this report (${parts.join(', ')}), so nobody can tell here what became of them. Connect all branches behind the plan to the Merge before the report.`,
		}),
		...(leftOut > 0 && {
			note: `${counted(leftOut, 'decision')} of the plan to add or update people ${leftOut === 1 ? 'is' : 'are'} not in this report, since nothing came from that output of the plan. If this is not on purpose, connect its branches to the Merge before the report.`,
		}),
	};
}

/** What the plan had decided, before a person let it go or a step found that the facts had moved. */
function actionPlanned(decision: Decision): Action {
	if ('approved' in decision && decision.approved) return 'hold';
	const { action } = decision;
	if (action !== 'hold' || decision.hold.code !== 'factsMoved') return action;
	return decision.withheld === 'deactivate' ? 'deactivate' : 'update';
}
