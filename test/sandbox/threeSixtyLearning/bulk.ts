import type { Inbound, Reply } from '../core/http';
import { isRecord } from '../core/http';
import { scaledTime } from '../core/rateLimit';
import type { Api, Ask } from './api';
import type { Belonging } from './belonging';
import { bulkItem } from './bodies';
import { BulkOperation, BULK_STATUSES } from './bulkOperation';
import { Refusal } from './errors';
import type { ThreeSixtyLearningOptions } from './options';
import { pageReply } from './paging';
import { among, matchesAll } from './query';
import type { Check } from './schema';
import { isInstant, list, object } from './schema';
import type { ThreeSixtyLearningState } from './state';
import type { Membership } from './types';

const MAX_ITEMS = 20_000;

const TYPES = (
	'addContentsToGroupsCatalog addContentsToGroupsLibrary addSkillReviews addUsersToGroups ' +
	'archiveExternalCourses deleteSkills createGroups createSubscriptionEvents deleteGroups deleteJobs ' +
	'deleteLibraries importExternalCourses importExternalStatistics removeContentsFromGroupsCatalog ' +
	'removeContentsFromGroupsLibrary removeUsersFromGroups replaceJobsSkills replaceUsersJobs upsertJobs ' +
	'upsertLibraries upsertSkills'
).split(' ');

const FILTERS = {
	createdAt: {
		operators: ['lt', 'gte'],
		refuses: (value: string) => (isInstant(value) ? undefined : 'must be a date'),
	},
	status: { operators: ['eq'], refuses: among(BULK_STATUSES)! },
	type: { operators: ['eq'], refuses: among(TYPES)! },
};

/** many memberships at once, some time later. */
export class Bulk {
	/** Not undone by an ignored write: the operation is there, it only does nothing. */
	readonly operations = new Map<string, BulkOperation>();
	private readonly time;

	constructor(
		private readonly state: ThreeSixtyLearningState,
		private readonly belonging: Belonging,
		private readonly options: ThreeSixtyLearningOptions,
	) {
		this.time = scaledTime(options.timeScale);
	}

	register(api: Api): void {
		const write = { scope: 'groups:bulk', body: bulkBody } as const;
		const read = { scope: 'bulkOperations:read' } as const;
		const one = '/bulk/operations/:bulkOperationId';
		api
			.on('POST', '/bulk/groups/memberships', write, (ask) => this.submit(ask, 'addUsersToGroups'))
			.on('DELETE', '/bulk/groups/memberships', write, (ask) => this.submit(ask, 'removeUsersFromGroups'))
			.on('GET', '/bulk/operations', { ...read, isList: true, filters: FILTERS }, (ask) => this.list(ask))
			.on('GET', one, read, (ask) => {
				const operation = this.byId(ask);
				operation.look();
				return { status: 200, body: operation.record() };
			})
			.on('GET', `${one}/results`, read, (ask) => this.results(ask));
	}

	/** For operations that go by time. */
	settle(): void {
		for (const operation of this.operations.values()) operation.settle();
	}

	finishAll(): void {
		for (const operation of this.operations.values()) operation.finish();
	}

	private submit({ request, body }: Ask, type: BulkOperation['type']): Reply {
		if (this.options.bulkDisabled) {
			throw new Refusal(503, 'bulkAPIDisabled', 'The bulk API is temporarily disabled.');
		}
		const open = [...this.operations.values()].filter((operation) => !operation.hasEnded);
		if (open.length >= this.options.bulkConcurrency) {
			const message = 'Too many bulk operations are running at the same time.';
			throw new Refusal(429, 'bulkOperationsConcurrencyLimitReached', message);
		}
		const { input } = body as unknown as { input: Membership[] };
		const operation = this.start(request, type, input);
		this.operations.set(operation._id, operation);
		const location = `${request.origin}/api/v2/bulk/operations/${operation._id}`;
		return { status: 202, headers: { Location: location } };
	}

	private start({ bulk, pretend }: Inbound, type: BulkOperation['type'], input: Membership[]): BulkOperation {
		const act = ({ userId, groupId, role }: Membership): void => {
			if (pretend) return;
			if (type === 'addUsersToGroups') this.belonging.join(userId, groupId, role);
			else this.belonging.leave(userId, groupId, role);
		};
		const { state, options, time } = this;
		const now = () => state.stamp();
		return new BulkOperation({ _id: state.nextId(), type, input, act, now, time, options, ...bulk });
	}

	private list(ask: Ask): Reply {
		const items = [...this.operations.values()].filter((operation) =>
			matchesAll(ask.query.conditions, (field) => operation[field as 'status']),
		);
		const render = (operation: BulkOperation) => operation.record();
		return pageReply(ask, { name: 'bulkOperations', items, keyOf: ({ _id }) => _id, render }, this.options);
	}

	private results(ask: Ask): Reply {
		const operation = this.byId(ask);
		if (!operation.hasEnded) {
			throw new Refusal(400, 'bulkOperationNotRun', 'The bulk operation has not run yet.');
		}
		return { status: 200, body: operation.results };
	}

	private byId({ params }: Ask): BulkOperation {
		const operation = this.operations.get(params['bulkOperationId']!);
		if (operation) return operation;
		const message = `No bulk operation has the ID ${params['bulkOperationId']}.`;
		throw new Refusal(404, 'bulkOperationNotFound', message);
	}
}

const bulkBody: Check = (value, at, strict) => {
	const input = isRecord(value) ? value['input'] : undefined;
	if (!Array.isArray(input)) throw new Refusal(400, 'invalidInput', 'The input must be an array.');
	if (input.length > MAX_ITEMS) {
		throw new Refusal(400, 'inputTooLong', `The input has more than ${MAX_ITEMS} objects.`);
	}
	object({ input: list(bulkItem, MAX_ITEMS) })(value, at, strict);
};
