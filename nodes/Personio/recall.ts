import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import type { Instant } from '../shared/item';
import { lastReadIn } from '../shared/lastRead';
import type { ChangesState, Progress } from './changes';
import type { Choice } from './choice';
import type { HandOver } from './handOver';

/** Where a poll goes on from. */
export type Beginning = { open: HandOver[] } & (
	| /** Nobody was ever read. */ { kind: 'first' }
	| { kind: 'next'; state: ChangesState }
	/** Until when changes were handed over is known, and not with which records. */
	| { kind: 'anew'; since: Instant; why: string }
);

/** What outlives a new name of the node, and other parameters. */
type Mark = Pick<ChangesState, 'source' | 'watermark' | 'open'>;

/** A clock that was put right by more than this has let dates come too early. */
const JUMP_MS = 3_600_000;

/** What the trigger keeps with the workflow: its state under its name, and a mark under its id. */
export class Recall {
	private readonly memory: IDataObject;

	readonly source: string;

	constructor(
		private readonly context: IPollFunctions,
		version: string,
		{ attributes, customAttributes }: Choice,
	) {
		this.memory = context.getWorkflowStaticData('node');
		const account = context.getNode().credentials?.personioEmployeesApi?.id ?? null;
		this.source = JSON.stringify([version, customAttributes, account, ...(attributes ? [attributes] : [])]);
	}

	/** The state of the last poll, if it was of the same source. */
	get state(): ChangesState | undefined {
		const { changes } = this.memory;
		return isMark(changes) && changes.source === this.source ? (changes as ChangesState) : undefined;
	}

	/** @param wantsAll of an account that is new, everybody is to be handed over */
	beginning(now: Instant, wantsAll: boolean): Beginning {
		const { state } = this;
		if (state) {
			const { open = [] } = state;
			const isAhead = Date.parse(state.watermark) - Date.parse(now) > JUMP_MS;
			return isAhead
				? { kind: 'anew', since: now, open, why: 'the clock was set back' }
				: { kind: 'next', state, open };
		}
		const { changes } = this.memory;
		const mark = isMark(changes) ? changes : this.mark;
		if (!isMark(mark)) {
			const since = lastReadIn(this.context.getWorkflowStaticData('global'));
			if (since === undefined) return { kind: 'first', open: [] };
			return { kind: 'anew', since, open: [], why: 'n8n no longer has what the trigger kept' };
		}
		// It may well be another key to the same company.
		const isOther = accountOf(mark) !== accountOf(this);
		if (isOther && wantsAll) return { kind: 'first', open: [] };
		const since = Date.parse(mark.watermark) < Date.parse(now) ? mark.watermark : now;
		return { kind: 'anew', since, open: mark.open ?? [], why: reasonFor(isOther, mark === changes) };
	}

	/** Written last and as a whole: n8n notices new top-level values only, and keeps what was set before a throw. */
	keep(progress: Progress, open: HandOver[]): void {
		const mark: Mark = {
			source: this.source,
			watermark: progress.watermark,
			...(open.length > 0 && { open }),
		};
		const state: ChangesState = { ...progress, ...mark };
		this.memory.changes = state as unknown as IDataObject;
		this.context.getWorkflowStaticData('global')[this.key] = mark as unknown as IDataObject;
	}

	private get mark(): unknown {
		return this.context.getWorkflowStaticData('global')[this.key];
	}

	private get key(): string {
		return `personioTrigger ${this.context.getNode().id}`;
	}
}

function reasonFor(isOtherAccount: boolean, hasItsName: boolean): string {
	if (isOtherAccount) return 'another credential is used';
	return hasItsName ? 'other attributes are asked for' : 'the node has another name';
}

const isMark = (value: unknown): value is Mark =>
	typeof value === 'object' &&
	value !== null &&
	typeof (value as Mark).source === 'string' &&
	typeof (value as Mark).watermark === 'string';

/** The credential. */
function accountOf({ source }: Pick<Mark, 'source'>): unknown {
	try {
		return (JSON.parse(source) as unknown[])[2];
	} catch {
		return undefined;
	}
}
