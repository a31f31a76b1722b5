import type { INodeExecutionData } from 'n8n-workflow';

import type { EmployeeReader, Read, ReadRequest } from '../../../nodes/Personio/api/reader';
import type { poll } from '../../../nodes/Personio/poll';
import {
	EMPLOYEE_FIELDS,
	employeeId,
	type Employee,
	type EmployeeId,
	type Instant,
	type RosterScope,
} from '../../../nodes/shared/item';

type PollContext = Parameters<typeof poll>[0];

/** What Personio does to one read. */
export type Weather = 'fine' | 'refuses' | 'leaves out';

interface Version {
	employee: Employee;
	/** Epoch milliseconds. */
	modifiedAt: number;
	visibleAt: number;
}

const HOUR = 3_600_000;

/** A company in Personio, as far as the trigger sees it: people who change, and reads that may go wrong. */
export class Company implements EmployeeReader {
	weather: Weather = 'fine';

	/** Those whom a read that "leaves out" does not deliver. */
	hidden: string[] = [];

	/** Hours by which Personio reads the window's beginning differently, for its zone is not documented. */
	zoneShift = 0;

	/** Hours by which the clock of n8n is ahead of Personio's. */
	ahead = 0;

	/** Happens in the middle of the next read, when half of it is on its way. */
	meanwhile: (() => void) | undefined;

	readonly reads: string[] = [];

	/** What each read was asked for. */
	readonly requests: ReadRequest[] = [];

	private readonly people = new Map<string, Version[]>();

	/** Writes fields of a person's record; it shows after `lagMinutes`, as if it had been there since now. */
	change(id: string, fields: Partial<Employee>, lagMinutes = 0): void {
		const versions = this.people.get(id) ?? [];
		const now = this.time();
		const before = versions.at(-1)?.employee ?? { id: employeeId(id), status: 'active', custom: {} };
		const employee = { ...before, ...fields, lastModifiedAt: new Date(now).toISOString() } as Employee;
		const version = { employee, modifiedAt: now, visibleAt: now + lagMinutes * 60_000 };
		this.people.set(id, [...versions, version]);
	}

	/** Changes what is delivered without counting as a change: a status that follows a date. */
	follow(id: string, fields: Partial<Employee>): void {
		for (const version of this.people.get(id) ?? []) Object.assign(version.employee, fields);
	}

	leave(id: string): void {
		this.people.delete(id);
	}

	now(id: string): Employee | undefined {
		return this.visible(id)?.employee;
	}

	async readAll(request: ReadRequest): Promise<Read> {
		this.requests.push(request);
		return this.answer('all', [...this.people.keys()]);
	}

	async readChanged(request: ReadRequest, since: Instant): Promise<Read> {
		this.requests.push(request);
		const from = Date.parse(since) - this.zoneShift * HOUR;
		const changed = [...this.people.keys()].filter((id) => (this.visible(id)?.modifiedAt ?? 0) >= from);
		return this.answer('changes', changed);
	}

	async readSome(ids: EmployeeId[], request: ReadRequest): Promise<Read> {
		this.requests.push(request);
		return this.answer('selection', ids);
	}

	private time(): number {
		return Date.now() - this.ahead * HOUR;
	}

	private happen(): void {
		const event = this.meanwhile;
		this.meanwhile = undefined;
		event?.();
	}

	private visible(id: string): Version | undefined {
		return this.people.get(id)?.findLast(({ visibleAt }) => visibleAt <= this.time());
	}

	private answer(scope: RosterScope, ids: string[]): Read {
		this.reads.push(scope);
		if (this.weather === 'refuses') throw new Error('Personio did not answer.');
		const leftOut = this.weather === 'leaves out' ? this.hidden : [];
		const employees = ids
			.filter((id) => !leftOut.includes(id))
			.map((id, index) => {
				if (index === Math.floor(ids.length / 2)) this.happen();
				return this.now(id);
			})
			.filter((employee) => employee !== undefined)
			.map((employee) => structuredClone(employee));
		const complete = employees.length === ids.length || this.weather === 'fine';
		return {
			employees,
			roster: {
				complete,
				...(!complete && {
					reason: 'A page did not come.',
					gaps: [{ code: 'pageMissing' as const, message: 'A page did not come.' }],
				}),
				readAt: new Date().toISOString(),
				count: employees.length,
				missingAttributes: [],
				scope,
			},
		};
	}
}

export interface TriggerSettings {
	emit?: 'all' | 'changes';
	emitExisting?: boolean;
	attributes?: unknown;
	customAttributes?: unknown;
	allowSensitive?: unknown;
	mode?: 'trigger' | 'manual';
	memory?: Record<string, unknown>;
	/** What n8n keeps beside that for all nodes of the workflow. */
	global?: Record<string, unknown>;
	name?: string;
	credential?: string;
	/** No node follows the trigger. */
	isAlone?: boolean;
	/** The workflow: says how it ends, and `undefined` where it does not. Well, if not given. */
	run?: (items: INodeExecutionData[]) => Ending | undefined;
}

export type Ending = 'success' | 'waiting' | 'error' | 'crashed' | 'canceled' | 'no further than the trigger';

/** The trigger's context in n8n. `memory` is n8n's static data. */
export function trigger(settings: TriggerSettings = {}): PollContext {
	const {
		memory = {},
		global = {},
		mode = 'trigger',
		name = 'Personio Trigger',
		credential,
		isAlone = false,
		run = () => 'success',
		...chosen
	} = settings;
	const parameters: Record<string, unknown> = {
		apiVersion: 'v1',
		emit: 'changes',
		emitExisting: false,
		attributes: [...EMPLOYEE_FIELDS],
		customAttributes: [],
		allowSensitive: false,
		...chosen,
	};
	const personioEmployeesApi = { id: credential, name: 'Personio' };
	return {
		getNodeParameter: (parameter: string) => parameters[parameter],
		getNode: () => ({ id: 'trigger', name, credentials: credential ? { personioEmployeesApi } : {} }),
		getWorkflow: () => ({ id: 'workflow' }),
		getWorkflowStaticData: (type: string) => (type === 'global' ? global : memory),
		getMode: () => mode,
		getTimezone: () => 'Europe/Berlin',
		logger: { info: () => undefined },
		helpers: {
			createDeferredPromise: () => {
				let resolve: (value: unknown) => void = () => undefined;
				const promise = new Promise((settle) => (resolve = settle));
				return { promise, resolve, reject: () => undefined };
			},
		},
		getChildNodes: () => (isAlone ? [] : [{ name: 'Plan Sync' }]),
		__emit: (
			[items = []]: INodeExecutionData[][],
			_response: undefined,
			done: { resolve(run: unknown): void },
		) => {
			const ending = run(items);
			if (ending === undefined) return;
			const isGhost = ending === 'no further than the trigger';
			const lastNodeExecuted = isGhost ? name : 'Report';
			const status = isGhost ? 'success' : ending;
			done.resolve({ status, data: { resultData: { lastNodeExecuted } } });
		},
	} as unknown as PollContext;
}
