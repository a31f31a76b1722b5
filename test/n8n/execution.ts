import { parse } from 'flatted';
import type {
	IBinaryData,
	IDataObject,
	INodeExecutionData,
	IRunExecutionData,
	ITaskData,
	NodeExecutionHint,
} from 'n8n-workflow';

export type ExecutionStatus =
	'new' | 'running' | 'waiting' | 'success' | 'error' | 'crashed' | 'canceled' | 'unknown';

export interface ExecutionSummary {
	id: string;
	workflowId: string;
	status: ExecutionStatus;
	/** `manual`, `trigger` (a schedule or a poll), … */
	mode: string;
	startedAt: string | null;
	stoppedAt?: string | null;
}

export interface Item {
	json: IDataObject;
	binary?: Record<string, IBinaryData>;
	error?: unknown;
}

/** An error as n8n stores it; its message is what the editor shows in red. */
export interface Failure {
	message: string;
	description?: string | null;
	httpCode?: string | null;
	node?: { name: string };
	context?: IDataObject;
}

const SETTLED: readonly ExecutionStatus[] = ['success', 'error', 'crashed', 'canceled', 'waiting'];

/** True when n8n will not go on with it by itself. A waiting execution waits for a person or a date. */
export function isSettled({ status }: Pick<ExecutionSummary, 'status'>): boolean {
	return SETTLED.includes(status);
}

/** A finished run of a workflow, with everything that every node took in and gave out. */
export class Execution {
	readonly id: string;
	readonly workflowId: string;
	readonly status: ExecutionStatus;
	readonly mode: string;
	readonly data: IRunExecutionData;

	/** @param answer of GET /rest/executions/:id; its `data` is text in the notation of `flatted` */
	constructor(answer: ExecutionSummary & { data: string }) {
		this.id = answer.id;
		this.workflowId = answer.workflowId;
		this.status = answer.status;
		this.mode = answer.mode;
		this.data = parse(answer.data) as IRunExecutionData;
	}

	/** n8n 1.x tells the end of a run a moment before it has stored what the run did. */
	get isStored(): boolean {
		return this.data?.resultData !== undefined;
	}

	get succeeded(): boolean {
		return this.status === 'success';
	}

	/** The last node that ran, or the one that failed. */
	get lastNodeExecuted(): string | undefined {
		return this.data.resultData.lastNodeExecuted;
	}

	/** What stopped the run, wherever it happened. */
	get error(): Failure | undefined {
		return this.data.resultData.error as Failure | undefined;
	}

	get executedNodes(): string[] {
		return Object.keys(this.data.resultData.runData);
	}

	/** Once per run of the node; empty if it did not run. */
	runsOf(nodeName: string): ITaskData[] {
		return this.data.resultData.runData[nodeName] ?? [];
	}

	/** What the node gave out at one of its outputs, over all its runs in order. */
	itemsOf(nodeName: string, outputIndex = 0): Item[] {
		return this.runsOf(nodeName).flatMap((run) => (run.data?.['main']?.[outputIndex] ?? []).map(toItem));
	}

	/** The error that stopped the node, or the run's error if that arose in it. */
	errorOf(nodeName: string): Failure | undefined {
		const own = this.runsOf(nodeName).find((run) => run.error)?.error as Failure | undefined;
		return own ?? (this.error?.node?.name === nodeName ? this.error : undefined);
	}

	/** What nodes told the reader beside their items (`addExecutionHints`). */
	get executionHints(): Array<NodeExecutionHint & { node: string }> {
		return this.executedNodes.flatMap((node) =>
			this.runsOf(node).flatMap((run) => (run.hints ?? []).map((hint) => ({ ...hint, node }))),
		);
	}

	/** One line for a person: how the run ended, and why if not well. */
	describe(): string {
		if (this.succeeded) return `Execution ${this.id} succeeded`;
		const where = this.error?.node?.name ?? this.lastNodeExecuted;
		const sentences = [this.error?.message, this.error?.description].filter(Boolean);
		const why = sentences.map((sentence) => `${sentence}`.replace(/\.?$/, '.')).join(' ');
		return `Execution ${this.id} ended as ${this.status}${where ? ` in "${where}"` : ''}${why && `: ${why}`}`;
	}
}

function toItem({ json, binary, error }: INodeExecutionData): Item {
	return { json, ...(binary && { binary }), ...(error && { error }) };
}
