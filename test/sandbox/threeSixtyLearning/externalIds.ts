import type { Reply } from '../core/http';
import type { Api, Ask } from './api';
import { MAPPED_TYPES, newExternalId } from './bodies';
import { Refusal } from './errors';
import type { ThreeSixtyLearningOptions } from './options';
import { pageReply } from './paging';
import { among, matchesAll, TEXT_OPERATORS } from './query';
import { isId } from './schema';
import type { ThreeSixtyLearningState } from './state';
import type { ExternalId } from './types';

type Input = Omit<ExternalId, '_id'>;

const FILTERS = {
	platform: { operators: TEXT_OPERATORS },
	type: { operators: TEXT_OPERATORS, refuses: among(MAPPED_TYPES)! },
	value: { operators: TEXT_OPERATORS },
	targetId: {
		operators: TEXT_OPERATORS,
		refuses: (value: string) => (isId(value) ? undefined : 'must be a valid ID'),
	},
};

/** A mapping outlives the user it is for. */
export class ExternalIds {
	constructor(
		private readonly state: ThreeSixtyLearningState,
		private readonly options: ThreeSixtyLearningOptions,
	) {}

	register(api: Api): void {
		const write = { scope: 'externalIds:write' } as const;
		const listed = { scope: 'externalIds:read', isList: true, filters: FILTERS } as const;
		const one = '/external-ids/:mappingId';
		api
			.on('GET', '/external-ids', listed, (ask) => this.list(ask))
			.on('POST', '/external-ids', { ...write, body: newExternalId }, (ask) => this.create(ask))
			.on('PUT', one, { ...write, body: newExternalId }, (ask) => this.replace(ask))
			.on('DELETE', one, write, (ask) => this.remove(ask));
	}

	private list(ask: Ask): Reply {
		const { conditions } = ask.query;
		const items = this.state.externalIds
			.candidates(conditions)
			.filter((mapping) =>
				matchesAll(conditions, (field) => mapping[field === 'type' ? 'targetType' : (field as 'value')]),
			);
		const render = (mapping: ExternalId) => ({ ...mapping });
		return pageReply(ask, { name: 'externalIds', items, keyOf: ({ _id }) => _id, render }, this.options);
	}

	private create({ body }: Ask): Reply {
		const input = this.sound(body);
		if (this.ofTarget(input)) {
			throw new Refusal(400, 'mappingAlreadyExists', 'The resource is mapped on this platform already.');
		}
		this.checkValue(input);
		return { status: 201, body: { ...this.state.addExternalId(input) } };
	}

	private replace(ask: Ask): Reply {
		const mapping = this.byId(ask);
		this.checkPlatform(mapping.platform);
		const input = this.sound(ask.body);
		const rival = this.ofTarget(input);
		if (rival && rival !== mapping) {
			throw new Refusal(
				400,
				'targetAlreadyMapped',
				'The target has an external ID on this platform already.',
			);
		}
		this.checkValue(input, mapping);
		const changed = { ...mapping, ...input };
		this.state.externalIds.set(mapping._id, changed);
		return { status: 200, body: changed };
	}

	private remove(ask: Ask): Reply {
		const mapping = this.byId(ask);
		this.checkPlatform(mapping.platform);
		this.state.externalIds.delete(mapping._id);
		return { status: 204 };
	}

	private sound(body: Record<string, unknown>): Input {
		const { platform, targetId, targetType, value } = body as unknown as Input;
		this.checkPlatform(platform);
		const target = targetId.toLowerCase();
		const { users, groups } = this.state;
		const exists = targetType === 'user' ? users.has(target) : targetType === 'group' && groups.has(target);
		if (!exists) throw new Refusal(404, 'resourceNotFound', `No ${targetType} has the ID ${targetId}.`);
		return { platform, targetId: target, targetType, value };
	}

	private checkPlatform(platform: string): void {
		const key = platform.toLowerCase();
		if (this.options.reservedPlatforms.some((reserved) => reserved.toLowerCase() === key)) {
			throw new Refusal(400, 'reservedPlatformName', `The platform name ${platform} is reserved.`);
		}
	}

	private checkValue({ platform, value }: Input, except?: ExternalId): void {
		if (this.state.externalIds.withValue(platform, value).some((mapping) => mapping !== except)) {
			throw new Refusal(400, 'valueAlreadyUsed', `The value ${value} is used with another resource.`);
		}
	}

	private ofTarget({ platform, targetId }: Input): ExternalId | undefined {
		return this.state.externalIds.ofTarget(platform, targetId);
	}

	private byId({ params }: Ask): ExternalId {
		const mapping = this.state.externalIds.get(params['mappingId']!);
		if (mapping) return mapping;
		throw new Refusal(404, 'mappingIdNotFound', `No mapping has the ID ${params['mappingId']}.`);
	}
}
