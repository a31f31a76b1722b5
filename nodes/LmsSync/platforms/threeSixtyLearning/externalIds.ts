import type { VendorResponse } from '../../../shared/transport/client';
import { unexpected, type ThreeSixtyClient } from './client';
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

const query = (filters: Record<string, string>): string =>
	Object.entries(filters)
		.map(([field, value]) => `${field}[eq]=${encodeURIComponent(value)}`)
		.join('&');

/** The external ids that the sync keeps: links, marks, and the fields that it fills. */
export class ExternalIds {
	private readonly known = new Map<string, Promise<Map<string, ExternalId>>>();

	constructor(private readonly client: ThreeSixtyClient) {}

	/** By the id of the account; read once. */
	async ofUsers(platform: string): Promise<Map<string, ExternalId>> {
		let found = this.known.get(platform);
		if (found === undefined) {
			found = this.find({ platform, type: 'user' }).then(
				(list) => new Map(list.map((each) => [each.targetId, each])),
			);
			this.known.set(platform, found);
		}
		return await found;
	}

	async find(
		filters: Partial<Record<'platform' | 'type' | 'value' | 'targetId', string>>,
	): Promise<ExternalId[]> {
		const found = await this.client.list<ExternalId>(`/external-ids?${query(filters)}`);
		return found.filter(({ platform }) => filters.platform === undefined || platform === filters.platform);
	}

	/**
	 * Sees to it that a resource has this id and no other one of that system. Writes nothing if it is so.
	 *
	 * @param present what the resource has now, as far as is known
	 * @param whom for a message
	 * @param takesOver whether a resource that has this id loses it
	 */
	async set(
		wanted: Omit<ExternalId, '_id'>,
		present: ExternalId | undefined,
		whom: string,
		takesOver: boolean,
	): Promise<void> {
		if (present?.value === wanted.value && present.targetId === wanted.targetId) return;
		const answer = present ? await this.replace(present._id, wanted) : await this.add(wanted);
		const refusal = refusalOf(answer);
		if (refusal === 'mappingAlreadyExists' || refusal === 'mappingIdNotFound') {
			const { platform, targetId } = wanted;
			const [now] = await this.find({ platform, targetId });
			if (now?._id !== present?._id || !now) return await this.set(wanted, now, whom, takesOver);
		}
		if (refusal === 'valueAlreadyUsed' && takesOver) {
			const { platform, value } = wanted;
			const [other] = await this.find({ platform, value });
			if (other && other._id !== present?._id) return await this.set(wanted, other, whom, false);
		}
		if (refusal !== undefined) throw refused(whom, answer);
		const made = answer.body as ExternalId | undefined;
		if (wanted.targetType !== 'user') return;
		(await this.known.get(wanted.platform))?.set(wanted.targetId, { ...wanted, _id: made?._id ?? '' });
	}

	private async replace(id: string, body: Omit<ExternalId, '_id'>): Promise<VendorResponse> {
		const path = `/external-ids/${id}`;
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

/** The id of what a POST has made. */
export function madeId({ body }: VendorResponse, path: string): string {
	const id = (body as { _id?: unknown } | undefined)?._id;
	if (typeof id !== 'string') throw unexpected(path);
	return id;
}
