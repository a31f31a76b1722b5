import type { Gap, RunSummary } from '../../nodes/shared/item';
import type { Sandbox } from '../sandbox';
import { addressOf, newAddressOf, PAGES, type Fate } from './company';
import { nameOf, spoil, type Cell } from './cells';
import { differences, factsOf, type Facts } from './facts';
import { live, type Live } from './live';
import { acceptAll, engineFor, planFor, remembered, startCell, worldOf, type World } from './world';

export type Kind =
	/** The read failed as a whole, and nothing was done. */
	| 'run failed'
	/** The read was found to be incomplete, and whatever it may not prove was held. */
	| 'held'
	/** Nothing was noticed, and the run came out as one without the fault. */
	| 'no difference'
	/** Nothing was noticed, and a part of what there was to do was not done, or something else was. */
	| 'undetected';

export interface Result {
	cell: Cell;
	name: string;
	kind: Kind;
	/** Codes of gaps, attributes that were not delivered, or the sentence of the failure. */
	because: string[];
	/** Each is a person harmed. */
	harm: string[];
	/** What is not as in the company without a fault, after two further runs. */
	left: string[];
	/** Runs after the fault until everything was as in the company without one. */
	runs: number;
	/** It was only so when the invitations were accepted. */
	accepted?: true;
}

const isSame = (one: object, other: object): boolean => JSON.stringify(one) === JSON.stringify(other);

/** People who are hired while a list is read are in no reference. */
const NEWCOMER = /person\.\d+@nordhafen/;

const withoutNewcomers = (facts: Facts): Facts => new Map([...facts].filter(([key]) => !NEWCOMER.test(key)));

/** One run with the fault, and as many without it as it takes to be where a company without it is. */
export async function runCell(cell: Cell): Promise<Result> {
	const { list, platform, remembers } = cell;
	const { apiVersion, longLists } = list;
	const world = await worldOf({ platform, apiVersion, longLists });
	const sandbox = await startCell(world);
	try {
		const engine = await engineFor(sandbox);
		const untouched = remembers ? world.memory : {};
		const memory = remembered(untouched);
		const order = { plan: planFor(sandbox, world.setting), read: { apiVersion }, memory };
		const look = () => withoutNewcomers(factsOf(sandbox, platform, world.known));

		spoil(sandbox, cell, world.calls);
		const faulty = await live(engine, order);
		const after = look();
		const { kind, because } = kindOf(faulty, differences(after, world.reference));
		const harm = harmOf(world, after, kind, sandbox, platform);

		sandbox.personio.behave();
		sandbox[platform].behave();
		sandbox.personio.unlisted.clear();
		const result = { cell, name: nameOf(cell), kind, because, harm };
		// Where a run has left nothing behind, the next one is that of a company without a fault.
		const isTrace = differences(world.start, after).length > 0 || !isSame(memory, untouched);
		if (kind === 'run failed' && !isTrace) return { ...result, left: [], runs: 1 };

		let left: string[] = [];
		for (let runs = 1; runs <= 2; runs++) {
			const next = await live(engine, order);
			left = [...(next.error ? [next.error] : []), ...differences(look(), world.reference)];
			if (left.length === 0) return { ...result, left, runs };
		}
		// An open invitation cannot be changed; what it lacks comes when it is accepted.
		if (left.some((line) => !line.startsWith('new invitation'))) return { ...result, left, runs: 2 };
		acceptAll(sandbox, platform);
		for (let runs = 0; runs < 2; runs++) await live(engine, order);
		return { ...result, left: differences(look(), world.accepted), runs: 2, accepted: true };
	} finally {
		await sandbox.close();
	}
}

function kindOf({ error, run }: Live, away: string[]): Pick<Result, 'kind' | 'because'> {
	if (error !== undefined) return { kind: 'run failed', because: [error] };
	const because = codesOf(run as RunSummary);
	if (because.length > 0) return { kind: 'held', because };
	return { kind: away.length === 0 ? 'no difference' : 'undetected', because: [] };
}

/** What the settings of these companies use. */
const DECIDING = new Set(['status', 'hireDate', 'terminationDate', 'department', 'office', 'position']);

function codesOf({ roster, gaps = [], holds }: RunSummary): string[] {
	const codes = (list: Gap[] = []) => list.map(({ code }) => code);
	const unknown = holds.unknownStatus ? ['unknownStatus'] : [];
	const isHeld = (holds.incompleteRoster ?? 0) > 0;
	const missing = isHeld
		? roster.missingAttributes.filter((name) => DECIDING.has(name)).map((name) => `without ${name}`)
		: [];
	return [...new Set([...codes(roster.gaps), ...codes(gaps), ...missing, ...unknown])];
}

/**
 * Whom the faulty run has harmed. Whatever it did has to be what a run without the fault does, too; and
 * where the read was not whole, nobody loses anything at all.
 */
function harmOf(
	{ start, reference }: World,
	after: Facts,
	kind: Kind,
	sandbox: Sandbox,
	platform: World['setting']['platform'],
): string[] {
	const harm = [...second(sandbox, platform)];
	for (const key of new Set([...start.keys(), ...after.keys()])) {
		const [from, to, wanted] = [start.get(key), after.get(key), reference.get(key)];
		const text = `${key}: ${from ?? '–'} → ${to ?? '–'}`;
		if (to !== from && to !== wanted && !isPartOf(key, from, to, wanted)) harm.push(`wrong: ${text}`);
		if (/lms-only|stranger|former/.test(key) && to !== from) harm.push(`not ours: ${text}`);
		// What a fault has hidden without harm is told by the kind.
		if (kind === 'no difference' || kind === 'undetected' || to === from) continue;
		const isLeft = to === undefined && / in /.test(key);
		const isEnded = /: (enabled|status)$/.test(key) && ['false', 'deleted', 'canceled'].includes(to ?? '');
		if (isLeft || isEnded) harm.push(`taken away: ${text}`);
	}
	return harm;
}

/** What may be on the way: of several mails some were sent, and a mark tells that a value is not known. */
function isPartOf(key: string, from?: string, to?: string, wanted?: string): boolean {
	const number = (text?: string) => Number(text ?? 0);
	if (key.startsWith('mail groupAdded')) return number(from) <= number(to) && number(to) <= number(wanted);
	const [id, , manager] = (wanted ?? '').split('.');
	return key.endsWith('personio-n8n-mark') && to === `${id}.0.${manager}`;
}

const FATES: Fate[] = [
	'leaver',
	'mover',
	'renamed',
	'joiner',
	'namesake',
	'invited',
	'rehire',
	'ending',
	'missing',
];

/** People with a second account, by the link, by any of their addresses or by the name, or a second invitation. */
function second({ learnUpon, threeSixtyLearning }: Sandbox, platform: string): string[] {
	const found: string[] = [];
	for (const page of PAGES) {
		for (const fate of FATES) {
			const addresses = [addressOf(fate, page), ...(fate === 'renamed' ? [newAddressOf(page)] : [])];
			const isTheirs = (email: string | undefined, lastName?: string | null) =>
				addresses.includes(email?.toLowerCase() ?? '') || lastName === `${fate}-${page}`;
			if (platform === 'learnUpon') {
				const users = [...learnUpon.users.values()].filter((each) => isTheirs(each.email, each.lastName));
				const invites = [...learnUpon.invites.values()].filter((each) => isTheirs(each.email, each.lastName));
				if (users.length + invites.length > 1) found.push(`second account or invitation: ${fate} ${page}`);
				const links = [...users, ...invites].flatMap(({ custom }) => custom['Personio ID'] ?? []);
				if (links.length > 1) found.push(`second link: ${fate} ${page}`);
			} else {
				const { users, externalIds, mails } = threeSixtyLearning;
				const accounts = [...users.values()].filter((each) => isTheirs(each.mail, each.lastName));
				if (accounts.length > 1) found.push(`second account: ${fate} ${page}`);
				const ids = new Set(accounts.map(({ _id }) => _id));
				const links = [...externalIds.values()].filter(
					({ platform: system, targetId }) => system === 'personio-n8n' && ids.has(targetId),
				);
				if (links.length > 1) found.push(`second link: ${fate} ${page}`);
				const invitations = mails.filter(({ kind, to }) => kind === 'invitation' && isTheirs(to));
				if (invitations.length > 1) found.push(`second invitation: ${fate} ${page}`);
			}
		}
	}
	return found;
}
