import type { AttributeValue, Change, LearnerId } from '../../../shared/item';
import { InTurn } from '../../../shared/transport/inTurn';
import { mapParallel } from '../../../shared/transport/parallel';
import { pathTo } from '../../../shared/transport/path';
import { orVendorError, VendorError } from '../../../shared/transport/vendorError';
import { labelKey, sameLabel } from '../../sync/diff';
import type { CustomField } from '../../sync/lmsState';
import { isRecord } from '../../sync/form';
import { shape } from '../sound';
import { byId, READS_AT_ONCE, unexpected, type ThreeSixtyClient } from './client';
import { madeId, type ExternalIds } from './externalIds';
import { STANDARD_FIELDS, standardKey } from './records';
import { BUSINESS, refusalOf, refused } from './refusals';

interface Definition {
	_id: string;
	name: string;
	type: 'string' | 'date';
}

const DEFINITION = shape({ _id: 'id', name: 'text', type: 'text' });

interface Value {
	customFieldId: string;
	type: 'string' | 'date';
	value: string;
}

const isValue = (value: unknown): value is Value =>
	isRecord(value) &&
	typeof value.customFieldId === 'string' &&
	(value.type === 'string' || value.type === 'date') &&
	typeof value.value === 'string';

/**
 * At the topmost group, under the name of a mapped field: the id of the custom field that the sync fills,
 * and of the one before it. It tells a field that was renamed from one that somebody else has made.
 */
const FILLED = 'personio-n8n-field:';
const AND_BEFORE = '+';

/** At most so many authorized values. */
const LONGEST_LIST = 300;

/** Custom fields of accounts, and their values. Values have no list of their own and are replaced all at once. */
export class CustomFields {
	private definitions: Definition[] | undefined;

	private filled: Map<string, string[]> | undefined;

	/** Two people who need the same field would make it twice, and lists are replaced as a whole. */
	private readonly making = new InTurn();

	constructor(
		private readonly client: ThreeSixtyClient,
		private readonly externalIds: ExternalIds,
		private readonly topGroup: () => Promise<string>,
	) {}

	/**
	 * The fields that a plan can write to. A mapped one that does not exist will be made.
	 *
	 * @param extendLists whether values may be added to restricted lists
	 * @param topGroup `undefined` if it was not delivered: then no field is known to have been renamed
	 */
	async describe(
		mapped: string[],
		extendLists: boolean,
		topGroup: string | undefined,
	): Promise<CustomField[]> {
		const labels = mapped.filter((label) => standardKey(label) === undefined);
		if (labels.length === 0) return STANDARD_FIELDS;
		const definitions = await this.all();
		const filled = topGroup === undefined ? new Map<string, string[]>() : await this.fieldsFilled(topGroup);
		// A custom field with the name of a standard one could not be told from it.
		const own = definitions.filter(({ name }) => standardKey(name) === undefined);
		const fields = own.map(({ name, type }): CustomField => {
			return { label: name, type: type === 'date' ? 'date' : 'text', costly: true };
		});
		for (const label of labels) {
			const found = definitions.find(({ name }) => sameLabel(name, label));
			const field = fields.find((each) => sameLabel(each.label, label));
			if (!found || !field) {
				fields.push({ label, type: 'text', costly: true, missing: true });
			} else {
				const options = await this.authorizedValues(found._id);
				if (options.length > 0) {
					const extensible = extendLists && options.length < LONGEST_LIST;
					Object.assign(field, { type: 'choice', options, ...(extensible && { extensible }) });
				}
			}
			for (const id of filled.get(labelKey(label)) ?? []) {
				const before = definitions.find(({ _id }) => _id === id);
				const old = before && fields.find((each) => each.label === before.name);
				if (old && !labels.some((each) => sameLabel(each, old.label))) {
					old.formerly = field?.label ?? label;
				}
			}
		}
		return [...STANDARD_FIELDS, ...fields];
	}

	/** Values by label, a call for each person. Whose account is gone or lets nobody read it is left out. */
	async valuesOf(learners: LearnerId[]): Promise<Map<LearnerId, Record<string, AttributeValue>>> {
		if (learners.length === 0) return new Map();
		const definitions = await this.all();
		const labels = new Map(definitions.map(({ _id, name }) => [_id, name]));
		const found = new Map<LearnerId, Record<string, AttributeValue>>();
		await mapParallel(learners, READS_AT_ONCE, async (learner) => {
			const values = await orVendorError(this.read(learner));
			if (values instanceof VendorError) {
				if (!BUSINESS.includes(values.status ?? 0)) throw values;
				return;
			}
			const named = values.flatMap(({ customFieldId, value }) => {
				const label = labels.get(customFieldId);
				return label === undefined || standardKey(label) !== undefined ? [] : [[label, value]];
			});
			found.set(learner, Object.fromEntries(named) as Record<string, AttributeValue>);
		});
		return found;
	}

	/**
	 * Writes some values of an account and leaves all others as they are.
	 *
	 * @param isNew the account has just been made, so that it has no values
	 */
	async write(
		learner: LearnerId,
		whom: string,
		changes: Array<Change & { label: string }>,
		isNew: boolean,
	): Promise<void> {
		if (changes.length === 0) return;
		const wanted: Array<{ field: Definition; value: string | null }> = [];
		for (const change of changes) {
			const value = change.to === null || change.to === '' ? null : String(change.to);
			const field = await this.making.run(async () => {
				const made = await this.ensure(change.label, value, whom);
				if (made && change.newOption && value !== null) await this.extend(made, value, whom);
				return made;
			});
			if (field) wanted.push({ field, value });
		}
		const present = isNew ? [] : await this.read(learner);
		const others = present.filter(
			({ customFieldId }) => !wanted.some(({ field }) => field._id === customFieldId),
		);
		const written = wanted.flatMap(({ field, value }) =>
			value === null ? [] : [{ customFieldId: field._id, type: field.type, value }],
		);
		const customValues = [...others, ...written];
		if (sameValues(present, customValues)) return;
		const answer = await this.client.request({
			method: 'PUT',
			path: pathTo`/users/${learner}/custom-fields/values`,
			body: { customValues: customValues as never },
			accept: BUSINESS,
		});
		if (refusalOf(answer) !== undefined) throw refused(whom, answer);
	}

	private async read(learner: LearnerId): Promise<Value[]> {
		const path = pathTo`/users/${learner}/custom-fields/values`;
		const values = await this.client.get(path);
		// All of them are written back, so none may get lost.
		if (!Array.isArray(values) || !values.every(isValue)) throw unexpected(path);
		return values.map(({ customFieldId, type, value }) => ({ customFieldId, type, value }));
	}

	private async all(): Promise<Definition[]> {
		this.definitions ??= await this.client.list<Definition>(
			'/custom-fields?targetType[eq]=users',
			'the custom fields',
			{ shape: DEFINITION, keyOf: ({ _id, name }) => (name ? byId({ _id }) : undefined) },
		);
		return this.definitions;
	}

	private async authorizedValues(id: string): Promise<string[]> {
		const path = pathTo`/custom-fields/${id}/authorized-values`;
		const values = await this.client.get(path);
		if (!Array.isArray(values) || !values.every((value) => typeof value === 'string')) throw unexpected(path);
		return values;
	}

	/** The field of that name, made if there is none and a value is to be written. */
	private async ensure(label: string, value: string | null, whom: string): Promise<Definition | undefined> {
		let field = (await this.all()).find(({ name }) => sameLabel(name, label));
		if (field === undefined) {
			if (value === null) return undefined;
			// The kind of a field can never be changed.
			const type = /^\d{4}-\d{2}-\d{2}$/.test(value) ? 'date' : 'string';
			field = await this.make(label, type, whom);
		}
		if (value !== null) await this.remember(label, field._id, whom);
		return field;
	}

	private async make(name: string, type: Definition['type'], whom: string): Promise<Definition> {
		const path = '/custom-fields';
		const look = async () => {
			this.definitions = undefined;
			return (await this.all()).find((each) => sameLabel(each.name, name));
		};
		const outcome = await this.client.post(
			{ path, body: { name, targetType: 'users', type }, accept: BUSINESS },
			look,
		);
		if ('found' in outcome) return outcome.found;
		const refusal = refusalOf(outcome.answer);
		// Another run at the same time may have been faster.
		const theirs = refusal === 'nameAlreadyTaken' ? await look() : undefined;
		if (theirs) return theirs;
		if (refusal !== undefined) throw refused(`the custom field "${name}" for ${whom}`, outcome.answer);
		const made = { _id: madeId(outcome.answer, path), name, type };
		(await this.all()).push(made);
		return made;
	}

	private async extend(field: Definition, value: string, whom: string): Promise<void> {
		const present = await this.authorizedValues(field._id);
		if (present.length === 0 || present.includes(value)) return;
		const answer = await this.client.request({
			method: 'PUT',
			path: pathTo`/custom-fields/${field._id}/authorized-values`,
			body: { authorizedValues: [...present, value] },
			accept: BUSINESS,
		});
		if (refusalOf(answer) !== undefined) {
			throw refused(`the value "${value}" of "${field.name}" for ${whom}`, answer);
		}
	}

	/** Ids of the fields that the sync fills and has filled before, by the label of the mapping. */
	private async fieldsFilled(topGroup?: string): Promise<Map<string, string[]>> {
		if (this.filled === undefined) {
			const targetId = topGroup ?? (await this.topGroup());
			const kept = await this.externalIds.find({ type: 'group', targetId });
			this.filled = new Map(
				kept
					.filter(({ platform }) => platform.startsWith(FILLED))
					.map(({ platform, value }) => [platform.slice(FILLED.length), value.split(AND_BEFORE)]),
			);
		}
		return this.filled;
	}

	private async remember(label: string, id: string, whom: string): Promise<void> {
		const filled = await this.fieldsFilled();
		const ids = filled.get(labelKey(label)) ?? [];
		if (ids[0] === id) return;
		const next = [id, ...ids.filter((each) => each !== id).slice(0, 1)];
		const platform = FILLED + labelKey(label);
		const targetId = await this.topGroup();
		const [present] = ids.length > 0 ? await this.externalIds.find({ platform, targetId }) : [];
		const wanted = { platform, targetId, targetType: 'group', value: next.join(AND_BEFORE) };
		await this.externalIds.set(wanted, present, `the field "${label}" of ${whom}`);
		filled.set(labelKey(label), next);
	}
}

function sameValues(before: Value[], after: Value[]): boolean {
	const key = (values: Value[]) =>
		values.map(({ customFieldId, value }) => `${customFieldId} ${value}`).sort();
	return JSON.stringify(key(before)) === JSON.stringify(key(after));
}
