import type { VendorResponse } from '../../../shared/transport/vendor';
import { inQuery, pathTo } from '../../../shared/transport/path';
import { VendorError } from '../../../shared/transport/vendorError';
import type { OnGap } from '../gaps';
import { shape } from '../sound';
import { byId, unexpected, type ThreeSixtyClient } from './client';
import { BUSINESS, refusalOf, refused } from './refusals';

/** An id of another system, kept at a resource. Each resource has one of each system, no two the same. */
export interface ExternalId {
	_id: string;
	/** The other system. */
	platform: string;
	targetId: string;
	targetType: string;
	value: string;
}

const EXTERNAL_ID = shape({
	_id: 'id',
	platform: 'text',
	targetId: 'id',
	targetType: 'text',
	value: 'text',
});

/** Nobody knows what one stands for that does not say whose and which it is. */
const keyOf = ({ _id, targetId, value }: ExternalId): string | undefined =>
	targetId && value ? byId({ _id }) : undefined;

/** At most so many on one page. */
const PAGE = 5000;

const query = (filters: Record<string, string>): string =>
	Object.entries(filters)
		.map(([field, value]) => `${field}[eq]=${inQuery(value)}`)
		.join('&');

/** What may be written over. */
export interface Leave {
	/** Whether a resource that has the wanted id loses it. */
	takesFrom?: (targetId: string) => boolean;
	/** Whether another value of the same resource goes; any does, where this is absent. */
	replaces?: (value: string) => boolean;
	/** Whether another value of the same resource will do as well. */
	suffices?: (value: string) => boolean;
}

/** The external ids that the sync keeps: links, marks, and the fields that it fills. */
export class ExternalIds {
	private readonly known = new Map<string, Promise<Map<string, ExternalId>>>();

	/** By the list that they were taken from. */
	private readonly owners = new Map<Map<string, ExternalId>, Map<string, string>>();

	constructor(private readonly client: ThreeSixtyClient) {}

	/** By the id of the account; read once. */
	async ofUsers(platform: string): Promise<Map<string, ExternalId>> {
		let found = this.known.get(platform);
		if (found === undefined) {
			found = this.find({ platform, type: 'user' }).then(
				(list) => new Map(list.map((each) => [each.targetId, each])),
			);
			this.known.set(platform, found);
			// What could not be read for one person may be readable for the next.
			found.catch(() => this.known.delete(platform));
		}
		return await found;
	}

	/** Who has this id, as far as it was listed. */
	async ownerOf(platform: string, value: string): Promise<string | undefined> {
		const known = await this.ofUsers(platform);
		let owners = this.owners.get(known);
		if (owners === undefined) {
			owners = new Map([...known.values()].map((each) => [each.value, each.targetId]));
			this.owners.set(known, owners);
		}
		const owner = owners.get(value);
		// Written since then, or taken away.
		return owner !== undefined && known.get(owner)?.value === value ? owner : undefined;
	}

	async find(
		filters: Partial<Record<'platform' | 'type' | 'value' | 'targetId', string>>,
		what = 'the external IDs',
		onGap?: OnGap,
	): Promise<ExternalId[]> {
		const options = { size: PAGE, shape: EXTERNAL_ID, keyOf, onGap };
		const found = await this.client.list<ExternalId>(`/external-ids?${query(filters)}`, what, options);
		// A filter that is not understood would let everything through.
		return found.filter((each) => {
			const seen = { ...each, type: each.targetType } as Record<string, string>;
			return Object.entries(filters).every(([field, value]) => seen[field] === value);
		});
	}

	/**
	 * Sees to it that a resource has this id and no other one of that system. Writes nothing if it is so.
	 *
	 * @param present what the resource has now, as far as is known
	 * @param whom for a message
	 * @param leave whose and what may be written over
	 */
	async set(
		wanted: Omit<ExternalId, '_id'>,
		present: ExternalId | undefined,
		whom: string,
		leave: Leave = {},
	): Promise<void> {
		const { platform, targetId, value } = wanted;
		if (present?.targetId === targetId && (present.value === value || leave.suffices?.(present.value)))
			return;
		if (present && leave.replaces?.(present.value) === false) throw changed(whom, present);
		const answer = present ? await this.replace(present._id, wanted) : await this.add(wanted);
		const refusal = refusalOf(answer);
		if (refusal === 'mappingAlreadyExists' || refusal === 'mappingIdNotFound') {
			const [now] = await this.find({ platform, targetId });
			const isNews = now ? now._id !== present?._id : present !== undefined;
			if (isNews) return await this.set(wanted, now, whom, leave);
		}
		if (refusal === 'valueAlreadyUsed' && leave.takesFrom) {
			const [other] = await this.find({ platform, value });
			if (other && other._id !== present?._id && leave.takesFrom(other.targetId)) {
				const path = pathTo`/external-ids/${other._id}`;
				// A resource has one id of each system, so the one of the other cannot be moved to it.
				const taken = present
					? await this.client.request({ method: 'DELETE', path, accept: BUSINESS })
					: await this.replace(other._id, wanted);
				if (refusalOf(taken) !== undefined) throw refused(whom, taken);
				(await this.known.get(platform))?.delete(other.targetId);
				if (present) return await this.set(wanted, present, whom);
				return await this.remember(wanted, other._id);
			}
		}
		if (refusal !== undefined) throw refused(whom, answer);
		await this.remember(wanted, (answer.body as ExternalId | undefined)?._id ?? '');
	}

	/**
	 * Gives an id to a resource that has none of that system: of several who try, one succeeds.
	 *
	 * @returns `undefined` if it has one
	 */
	async claim(wanted: Omit<ExternalId, '_id'>): Promise<ExternalId | undefined> {
		const answer = await this.add(wanted);
		const refusal = refusalOf(answer);
		if (refusal === 'mappingAlreadyExists') return undefined;
		if (refusal !== undefined) throw refused(`the external ID "${wanted.platform}"`, answer);
		return { ...wanted, _id: madeId(answer, '/external-ids') };
	}

	/**
	 * The id of a resource as it is now, if it has one of that system.
	 *
	 * @throws VendorError if it is another one than the given
	 */
	async still(platform: string, targetId: string, value: string, whom: string): Promise<ExternalId[]> {
		const found = await this.find({ platform, targetId });
		const other = found.find((each) => each.value !== value);
		if (other) throw changed(whom, other);
		return found;
	}

	async remove({ _id, platform, targetId }: ExternalId, whom: string): Promise<void> {
		const path = pathTo`/external-ids/${_id}`;
		const answer = await this.client.request({ method: 'DELETE', path, accept: BUSINESS });
		const refusal = refusalOf(answer);
		if (refusal !== undefined && refusal !== 'mappingIdNotFound') throw refused(whom, answer);
		(await this.known.get(platform))?.delete(targetId);
	}

	private async remember(wanted: Omit<ExternalId, '_id'>, _id: string): Promise<void> {
		if (wanted.targetType !== 'user') return;
		(await this.known.get(wanted.platform))?.set(wanted.targetId, { ...wanted, _id });
	}

	private async replace(id: string, body: Omit<ExternalId, '_id'>): Promise<VendorResponse> {
		const path = pathTo`/external-ids/${id}`;
		return await this.client.request({ method: 'PUT', path, body: { ...body }, accept: BUSINESS });
	}

	private async add(body: Omit<ExternalId, '_id'>): Promise<VendorResponse> {
		const { platform, targetId } = body;
		const outcome = await this.client.post(
			{ path: '/external-ids', body: { ...body }, accept: BUSINESS },
			async () => (await this.find({ platform, targetId })).find(({ value }) => value === body.value),
		);
		if ('answer' in outcome) return outcome.answer;
		return { status: 201, headers: {}, body: outcome.found };
	}
}

const changed = (whom: string, { platform, value }: ExternalId): VendorError =>
	new VendorError(`${whom} carries ${value} under "${platform}" by now.`, {
		remedy: 'Somebody has changed it since the plan was made. Plan again.',
	});

/** The id of what a POST has made. */
export function madeId({ body }: VendorResponse, path: string): string {
	const id = (body as { _id?: unknown } | undefined)?._id;
	if (typeof id !== 'string') throw unexpected(path);
	return id;
}
