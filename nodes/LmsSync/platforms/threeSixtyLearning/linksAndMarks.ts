import type { Change } from '../../../shared/item';
import { orVendorError, VendorError } from '../../../shared/transport/vendorError';
import { saysMore } from '../../sync/marks';
import { watching, type OnGap } from '../gaps';
import type { Account } from './accounts';
import type { ExternalId, ExternalIds, Leave } from './externalIds';

/** Marks are kept under the name of the links with this behind it. */
const MARK = '-mark';

export const markField = (linkField: string): string => linkField + MARK;

/** So many accounts with a mark and without a link are asked about. */
const ASKED = 3;

/** By the ids of the accounts. */
interface Lists {
	links: Map<string, string>;
	marks: Map<string, string>;
}

/** What the sync keeps at accounts: the Personio id as the link, and a mark of what it has applied. */
export class LinksAndMarks {
	constructor(private readonly externalIds: ExternalIds) {}

	/**
	 * Of all accounts. A mark is never without a link, unless somebody has taken that away, so each list
	 * tells whether the other one is whole.
	 *
	 * @param needsLink whether accounts are linked at all
	 */
	async all(linkField: string, needsLink: boolean, onGap: OnGap): Promise<Lists> {
		const watch = watching(onGap);
		const links = await this.listed(linkField, 'the Personio IDs', watch.onGap);
		const marks = await this.listed(markField(linkField), 'the marks of the sync', watch.onGap);
		if (!needsLink || !watch.isWhole()) return { links, marks };
		if (marks.size === 0 && links.size > 0) {
			const again = await this.listed(markField(linkField), 'the marks of the sync', onGap);
			if (again.size > 0) {
				const message = 'At first 360Learning delivered no mark of the sync at all.';
				onGap({ code: 'fewerThanUsual', message });
			}
			return { links, marks: again };
		}
		if (marks.size > 0 && links.size === 0) {
			onGap({
				code: 'fewerThanUsual',
				message: `360Learning delivered no Personio ID at all, though there are marks of the sync (${marks.size}).`,
				remedy: `Run again later. If somebody has removed the external IDs "${linkField}", have those of "${markField(linkField)}" removed too.`,
			});
			return { links, marks };
		}
		for (const targetId of [...marks.keys()].filter((id) => !links.has(id)).slice(0, ASKED)) {
			const found = await orVendorError(this.externalIds.find({ platform: linkField, targetId }));
			const link = found instanceof VendorError ? undefined : found[0]?.value;
			if (link === undefined) continue;
			links.set(targetId, link);
			const message = `360Learning delivered the Personio IDs without ${link}, so others may be missing too.`;
			onGap({ code: 'pageMissing', message });
		}
		return { links, marks };
	}

	private async listed(platform: string, what: string, onGap: OnGap): Promise<Map<string, string>> {
		const list = await this.externalIds.find({ platform, type: 'user' }, what, onGap);
		return new Map(list.map(({ targetId, value }) => [targetId, value]));
	}

	/** Of one account, as they are now. */
	async of(id: string, linkField: string): Promise<{ link?: string | undefined; mark?: string | undefined }> {
		if (linkField === '') return {};
		const kept = await this.externalIds.find({ type: 'user', targetId: id });
		const under = (name: string) => kept.find(({ platform }) => platform === name)?.value;
		return { link: under(linkField), mark: under(markField(linkField)) };
	}

	/** @param former an account that may be gone, from which a new one takes the link over */
	async link(account: Account, changes: Change[], former: string | undefined): Promise<void> {
		const link = changes.find(({ field, to }) => field === 'link' && to !== null);
		if (!link) return;
		await this.set(account, link, {
			replaces: (value) => value === link.from,
			takesFrom: (owner) => owner === former,
		});
	}

	/**
	 * An account of the same person that is gone may still have the mark. Another run at the same time may have
	 * noted the same values: then the mark that knows the manager stays.
	 */
	async mark(account: Account, changes: Change[]): Promise<void> {
		const mark = changes.find(({ field, to }) => field === 'mark' && to !== null);
		if (!mark) return;
		const to = String(mark.to);
		await this.set(account, mark, {
			replaces: (value) => value === mark.from || saysMore(to, value),
			suffices: (value) => value !== mark.from && saysMore(value, to),
			takesFrom: () => true,
		});
	}

	private async set({ id, email }: Account, { label = '', to }: Change, leave: Leave): Promise<void> {
		const present = (await this.externalIds.ofUsers(label)).get(id);
		const wanted = { platform: label, targetId: id, targetType: 'user', value: String(to) };
		await this.externalIds.set(wanted, present, email, leave);
	}

	/**
	 * The mark and then the link that are to be taken off an account.
	 *
	 * @throws VendorError if it carries something else by now
	 */
	async emptied({ id, email }: Account, changes: Change[]): Promise<ExternalId[]> {
		const found: ExternalId[] = [];
		for (const wanted of ['mark', 'link']) {
			const change = changes.find(({ field, to }) => field === wanted && to === null);
			const { label = '', from } = change ?? {};
			if (change) found.push(...(await this.externalIds.still(label, id, String(from), email)));
		}
		return found;
	}

	async remove({ email }: Account, emptied: ExternalId[]): Promise<void> {
		for (const each of emptied) await this.externalIds.remove(each, email);
	}
}
