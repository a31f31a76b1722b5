import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Employee, Instant } from '../../shared/item';
import { noteRead } from '../../shared/lastRead';
import { accountKey } from '../sync/limits';
import type { LmsState } from '../sync/lmsState';
import { withLost } from '../sync/lost';
import { memoryOf, type Memory, type Touch } from '../sync/memory';
import type { Plan } from '../sync/plan';
import type { PlanSettings } from '../sync/settings';
import { withoutFailed } from '../sync/additions';
import { sourceOf } from './context';
import { failedAdditions, forgetFailedAdditions } from './failedAdditions';
import { Journal } from './journal';

/** What n8n keeps with the workflow for this node, at the end of runs that were not started by hand. */
export interface StaticData extends IDataObject {
	safety?: IDataObject;
	lastFullComparison?: string;
}

/** What earlier runs have left for this one, and what it leaves: in a journal at once, and in the end with the workflow. */
export class Recollection {
	readonly kept: StaticData;

	private readonly saved: Memory;

	private readonly run: number;

	/** Absent in a dry run, and where n8n has no place for it. */
	private journal: Journal | undefined;

	private lost: Touch[] = [];

	constructor(
		private readonly context: IExecuteFunctions,
		{ dryRun }: PlanSettings,
	) {
		this.kept = context.getWorkflowStaticData('node') as StaticData;
		const source = sourceOf(context);
		this.saved = withoutFailed(memoryOf(this.kept.safety, source), failedAdditions(context, source));
		this.run = (this.saved.run ?? 0) + 1;
		if (!dryRun && !this.isForgetful()) this.journal = new Journal(context, `${source}, run ${this.run}`);
	}

	/** What is known of earlier runs, those that were killed included. */
	async memory(
		employees: Employee[],
		{ learners }: LmsState,
		{ limits }: PlanSettings,
		now: Instant,
	): Promise<Memory> {
		if (!this.journal) return this.saved;
		const people = [
			...employees.map(({ id }) => id as string),
			...learners.flatMap(({ id, link }) => [accountKey(id), ...(link === null ? [] : [link])]),
		];
		await this.withJournal(async (journal) => {
			if (await journal.begin()) this.lost = await journal.read(people, limits.windowHours, now);
		});
		return { ...withLost(this.saved, this.lost), run: this.run };
	}

	/** Leaves to the next run what it has to know. */
	async keep({ memory, summary }: Plan, now: Instant): Promise<void> {
		// A retry may run without what earlier runs left, and must not put itself in its place.
		if (this.isForgetful()) {
			this.context.addExecutionHints({
				message:
					'This is a retry, which does not know what scheduled runs have done in the last hours: its limits count for itself. Start the workflow anew, if in doubt.',
				location: 'outputPane',
				type: 'warning',
			});
			return;
		}
		const isByHand = this.context.getMode() === 'manual';
		// Runs by hand count for themselves. A first load goes on all the same, however it was begun.
		const begun = memory.touched.filter(({ at, free }) => at === now && (!isByHand || free));
		if (begun.length > 0)
			await this.withJournal(async (journal) => await journal.write([...this.lost, ...begun]));
		// n8n notices new top-level values only, and keeps them for runs that were not started by hand.
		this.kept.safety = memory as unknown as IDataObject;
		forgetFailedAdditions(this.context, sourceOf(this.context));
		noteRead(this.context.getWorkflowStaticData('global'), summary.roster);
	}

	private isForgetful(): boolean {
		return this.kept.safety === undefined && this.context.getMode() === 'retry';
	}

	/** Limits and doubts rest on the saved memory alone where n8n cannot note anything. */
	private async withJournal(task: (journal: Journal) => Promise<void>): Promise<void> {
		if (!this.journal) return;
		try {
			await task(this.journal);
		} catch (error) {
			this.journal = undefined;
			const { message } = error as Error;
			this.context.logger.warn(
				`"${this.context.getNode().name}": n8n did not note what the run is about: ${message}`,
			);
		}
	}
}
