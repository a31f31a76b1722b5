import type { IDataObject, INode } from 'n8n-workflow';

import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox';
import type { PlatformName } from '../scenarios/company';
import { credentialsOf } from '../engine/credentials';
import { startEngine, type Engine } from '../engine/harness';
import {
	addressOf,
	before,
	ENDED,
	happen,
	idOf,
	invited,
	PAGES,
	settled,
	SMALL,
	V1_SIZE,
	V2_SIZE,
	type Size,
} from './company';
import { differences, factsOf, knownOf, type Facts, type Known } from './facts';
import { keep, restore, type Kept } from './keep';
import { countOf, live, type Live } from './live';

export type ApiVersion = 'v1' | 'v2';

export interface Setting {
	platform: PlatformName;
	apiVersion: ApiVersion;
	/** Whose lists are long: Personio's, or those of the LMS. */
	longLists: 'personio' | 'lms';
}

/** A setting with everything that its cells have in common. */
export interface World {
	setting: Setting;
	size: Size;
	/** What n8n remembers after a scheduled run in which nothing was to be done. */
	memory: IDataObject;
	known: Known;
	/** Before anything happened. */
	start: Facts;
	/** What has to come out in the end. */
	reference: Facts;
	/** The same when all invitations were accepted and a run has come after that. */
	accepted: Facts;
	/** The first run of the company that never had a fault. */
	clean: Live;
	/** The calls of its plan. */
	calls: Sandbox['personio']['calls'];
	kept: Kept;
}

/** Small enough for several pages of every list. */
const SANDBOX: SandboxOptions = {
	company: 'empty',
	rateLimits: false,
	learnUpon: { pageSize: 4 },
	threeSixtyLearning: {
		// A list of groups can only be known by its full pages, so those are as large as they really are.
		pageSizes: { users: 3, externalIds: 8, groupRoles: 5 },
		bulkPolls: 0,
	},
};

/** So wide that a limit can never be what keeps somebody from harm. */
const NO_LIMITS = Object.fromEntries(
	['Deactivation', 'GroupRemoval', 'Invitation', 'Creation', 'EmailChange'].flatMap((kind) => [
		[`max${kind}s`, 1000],
		[`max${kind}Percent`, 100],
	]),
);

const COMMON = ['Sales', 'Everyone', 'Old Sites', 'New Sites'];
const MANAGED = [...COMMON, ...PAGES.flatMap((p) => [`Old ${p}`, `New ${p}`])];

export function planFor(sandbox: Sandbox, { platform, longLists }: Setting): INode['parameters'] {
	return {
		platform,
		dryRun: false,
		newLearners: 'invite',
		...(platform === 'threeSixtyLearning' && { rootGroup: sandbox.threeSixtyLearning.syncRoot }),
		fieldMapping: { field: [{ attribute: 'department', field: 'Department' }] },
		groupLevels: { level: [{ field: 'department' }] },
		groupRules: {
			rule: [
				{ field: 'status', operator: 'isNotEmpty', value: '', group: 'Everyone' },
				{ field: 'office', operator: 'startsWith', value: 'Old Site', group: 'Old Sites' },
				{ field: 'office', operator: 'startsWith', value: 'New Site', group: 'New Sites' },
			],
		},
		createMissingGroups: longLists === 'lms',
		limits: NO_LIMITS,
		scope: { filters: { filter: [{ field: 'position', operator: 'notEquals', value: 'Filler' }] } },
	};
}

let shared: Engine | undefined;

/** One engine for all sandboxes, since loading the package takes longer than a run. */
export async function engineFor(sandbox: Sandbox): Promise<Engine> {
	shared ??= await startEngine({});
	Object.assign(shared.credentials, credentialsOf(sandbox));
	return shared;
}

const bases = new Map<PlatformName, Promise<Kept>>();

/** The state of an LMS before anything happens: made once, by real runs, the same for all settings. */
async function baseOf(platform: PlatformName): Promise<Kept> {
	const sandbox = await startSandbox(SANDBOX);
	const setting: Setting = { platform, apiVersion: 'v1', longLists: 'lms' };
	const { personio } = sandbox;
	const run = async (over: object) => {
		const plan = { ...planFor(sandbox, setting), ...over };
		const result = await live(await engineFor(sandbox), { plan });
		const failed = result.error ?? result.outcomes.find(({ status }) => status === 'failed')?.message;
		if (failed !== undefined) throw new Error(`The company could not be set up: ${failed}`);
	};
	try {
		for (const page of PAGES) {
			addLmsOnly(sandbox, platform, page);
			for (const each of settled(page)) personio.hire(each);
			await run({ newLearners: 'create' });
			personio.hire(invited(page));
			await run({ newLearners: 'invite' });
		}
		for (const page of PAGES) personio.change(idOf('rehire', page), ENDED);
		await run({});
		// Accounts that came of an invitation long ago, and others that HR has never known.
		addHistory(sandbox, platform);
		return keep(sandbox, platform);
	} finally {
		await sandbox.close();
	}
}

/** Accounts without a link: one with the address of a joiner to come, one that is nobody's. */
function addLmsOnly({ learnUpon, threeSixtyLearning }: Sandbox, platform: PlatformName, page: number): void {
	for (const [firstName, email] of [
		['Namesake', addressOf('namesake', page)],
		['Stranger', `stranger.${page}@elsewhere.example`],
	] as const) {
		const names = { firstName, lastName: `lms-only-${page}` };
		if (platform === 'learnUpon') {
			const { id } = learnUpon.addUser({ email, ...names });
			const group = groupNamed(learnUpon.groups, 'Partners') ?? learnUpon.addGroup('Partners');
			learnUpon.addMembership(group.id, id);
			for (const title of page === 1 ? MANAGED : []) {
				if (groupNamed(learnUpon.groups, title)) continue;
				// As the sync itself describes them, so that they are left also when nobody is to be in them.
				learnUpon.addGroup(title).description = 'Made by the Personio sync.';
			}
			const everyone = groupNamed(learnUpon.groups, 'Everyone');
			if (firstName === 'Stranger' && everyone) learnUpon.addMembership(everyone.id, id);
		} else {
			const { rootGroup, groups } = threeSixtyLearning;
			const { _id } = threeSixtyLearning.addUser({ mail: email, ...names });
			threeSixtyLearning.addMembership(rootGroup, _id);
			addGroups(threeSixtyLearning, page);
			const everyone = [...groups.values()].find(({ name }) => name === 'Everyone');
			if (firstName === 'Stranger' && everyone) threeSixtyLearning.addMembership(everyone._id, _id);
		}
	}
}

const GROUPS_PAGE = 500;

/** The groups of the sync: those of this page are the last ones on it, behind others. */
function addGroups(academy: Sandbox['threeSixtyLearning'], page: number): void {
	const { rootGroup, syncRoot, groups } = academy;
	const names = new Set([...groups.values()].map(({ name }) => name));
	const own = [`Old ${page}`, `New ${page}`];
	if (names.has(`Old ${page}`)) return;
	for (const name of page === 1 ? COMMON : []) academy.addGroup({ name, parentId: syncRoot });
	const others = page === PAGES.at(-1) ? 3 : GROUPS_PAGE * page - own.length - groups.size;
	for (let index = 0; index < others; index++) {
		academy.addGroup({ name: `Other ${page}.${index}`, parentId: rootGroup });
	}
	for (const name of own) academy.addGroup({ name, parentId: syncRoot });
}

const groupNamed = (groups: Sandbox['learnUpon']['groups'], name: string) =>
	[...groups.values()].find(({ title }) => title === name);

function addHistory({ learnUpon, threeSixtyLearning }: Sandbox, platform: PlatformName): void {
	for (let index = 1; index <= 4; index++) {
		const email = `former.${index}@elsewhere.example`;
		if (platform === 'learnUpon') {
			const { id } = learnUpon.addUser({ email, lastName: `former-${index}`, enabled: false });
			const [some] = learnUpon.invites.values();
			if (!some) throw new Error('There is no invitation');
			const old = { ...some, email, lastName: `former-${index}`, custom: {} };
			// The newest ones stand on the first pages, the oldest ones on the last.
			learnUpon.invites.set(9_000_000 + id, { ...old, id: 9_000_000 + id, status: 'accepted' });
			learnUpon.invites.set(1000 + index, { ...old, id: 1000 + index, status: 'canceled' });
		} else {
			threeSixtyLearning.addUser({
				mail: email,
				lastName: `former-${index}`,
				status: 'deleted',
				deletedAt: ['2024-03-01T08:00:00.000Z'],
			});
		}
	}
}

const sizeOf = ({ longLists, apiVersion }: Setting): Size =>
	longLists === 'lms' ? SMALL : apiVersion === 'v1' ? V1_SIZE : V2_SIZE;

/** A sandbox as it is before anything happens. */
async function stageOf({ platform, ...rest }: Setting, kept: Kept): Promise<Sandbox> {
	const sandbox = await startSandbox({ ...SANDBOX, company: 'empty' });
	for (const each of before(sizeOf({ platform, ...rest }))) sandbox.personio.hire(each);
	restore(sandbox, platform, kept);
	return sandbox;
}

const worlds = new Map<string, Promise<World>>();

/** The world of a setting; all cells of the setting share it. */
export async function worldOf(setting: Setting): Promise<World> {
	const key = JSON.stringify(setting);
	let world = worlds.get(key);
	if (!world) {
		world = makeWorld(setting);
		worlds.set(key, world);
	}
	return await world;
}

async function makeWorld(setting: Setting): Promise<World> {
	const { platform, apiVersion } = setting;
	let base = bases.get(platform);
	if (!base) {
		base = baseOf(platform);
		bases.set(platform, base);
	}
	const kept = await base;
	const sandbox = await stageOf(setting, kept);
	try {
		const engine = await engineFor(sandbox);
		const memory: IDataObject = {};
		const plan = planFor(sandbox, setting);
		const order = { plan, read: { apiVersion }, memory };
		const known = knownOf(sandbox, platform);
		const start = factsOf(sandbox, platform, known);
		const quiet = await live(engine, order);
		if (quiet.error) throw new Error(quiet.error);
		const moved = differences(start, factsOf(sandbox, platform, known));
		if (moved.length > 0) throw new Error(`A run before anything happened changed: ${moved.join('; ')}`);

		const quietMemory = remembered(memory);
		happen(sandbox.personio);
		const from = { personio: sandbox.personio.calls.length, lms: sandbox[platform].calls.length };
		// Of a plan alone: what the steps read is read after changes.
		const dry = { ...order, plan: { ...plan, dryRun: true }, memory: remembered(memory) };
		await live(engine, dry);
		const calls = [
			...sandbox.personio.calls.slice(from.personio),
			...sandbox[platform].calls.slice(from.lms),
		].filter(({ kind }) => kind === 'read');
		const clean = await live(engine, order);
		if (clean.error) throw new Error(clean.error);
		// Groups are joined by those who have got an account only now.
		await live(engine, order);
		await live(engine, order);
		const reference = factsOf(sandbox, platform, known);
		acceptAll(sandbox, platform);
		await live(engine, order);
		await live(engine, order);
		const accepted = factsOf(sandbox, platform, known);
		const size = sizeOf(setting);
		return { setting, size, memory: quietMemory, known, start, reference, accepted, clean, calls, kept };
	} finally {
		await sandbox.close();
	}
}

export function acceptAll({ learnUpon, threeSixtyLearning }: Sandbox, platform: PlatformName): void {
	if (platform === 'learnUpon') learnUpon.acceptAllInvites();
	else threeSixtyLearning.acceptAllInvitations();
}

/** A company to which all has happened and of which no run knows yet. */
export async function startCell({ setting, kept }: World): Promise<Sandbox> {
	const sandbox = await stageOf(setting, kept);
	happen(sandbox.personio);
	return sandbox;
}

/** What a run without a fault does in this world: otherwise a cell would prove nothing. */
export const cleanCounts = ({ clean }: World): Record<string, number> => ({
	deactivate: countOf(clean, 'deactivate'),
	invite: countOf(clean, 'invite'),
	update: countOf(clean, 'update'),
	reactivate: countOf(clean, 'reactivate'),
	hold: countOf(clean, 'hold'),
	removals: clean.planned.filter(({ decision }) => decision?.groups.remove.length).length,
});

/** n8n's static data watches itself, and cannot be cloned otherwise. */
export const remembered = (memory: IDataObject): IDataObject =>
	JSON.parse(JSON.stringify(memory)) as IDataObject;
