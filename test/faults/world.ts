import type { IDataObject, INode } from 'n8n-workflow';

import type { Engine } from '../engine/harness';
import { differences, factsOf, knownOf, type Facts, type Known } from '../safety/facts';
import { keep, restore, type Kept } from '../safety/keep';
import { engineFor, remembered, type ApiVersion } from '../safety/world';
import { CUSTOM } from '../sandbox/company';
import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox';
import type { PlatformName } from '../scenarios/company';
import { runCanvas, type Ended, type Order } from './canvas';
import {
	addressOf,
	before,
	ENDED,
	GROUPS_OF_SITE,
	FORMER,
	happen,
	invited,
	NEW_SITE,
	OLD_SITE,
	settled,
	STRANGER,
} from './company';
import { kindsIn, type Kind } from './kinds';
import { momentOf, type Moment } from './moment';

export interface Setting {
	platform: PlatformName;
	apiVersion: ApiVersion;
	newLearners: 'invite' | 'create';
	/** The whole company moves to another site, so that 360Learning gets bulk operations. */
	relocates: boolean;
}

export const SETTINGS: readonly Setting[] = [
	{ platform: 'learnUpon', apiVersion: 'v1', newLearners: 'invite', relocates: false },
	{ platform: 'learnUpon', apiVersion: 'v2', newLearners: 'create', relocates: false },
	{ platform: 'threeSixtyLearning', apiVersion: 'v1', newLearners: 'invite', relocates: true },
	{ platform: 'threeSixtyLearning', apiVersion: 'v2', newLearners: 'create', relocates: false },
];

export const titleOf = ({ platform, apiVersion, newLearners, relocates }: Setting): string =>
	[
		`Personio ${apiVersion} to ${platform === 'learnUpon' ? 'LearnUpon' : '360Learning'}`,
		newLearners === 'invite' ? 'new learners invited' : 'new learners created',
		...(relocates ? ['groups changed in bulk'] : []),
	].join(', ');

/** A company with everything that its cells have in common. */
export interface World {
	setting: Setting;
	kept: Kept;
	known: Known;
	/** What n8n remembers of an earlier run. */
	memory: IDataObject;
	/** Before anything happened. */
	start: Facts;
	startMoment: Moment;
	/** What a run without a fault leaves behind. */
	reference: Facts;
	referenceMoment: Moment;
	/** The same when all invitations were accepted, and a run has come after that. */
	accepted: Facts;
	/** That run. */
	clean: Ended;
	/** The kinds of its calls. */
	kinds: Kind[];
}

/** Where it is not known what a vendor does, these are the answers by which a repeated call does harm. */
const SANDBOX: SandboxOptions = {
	company: 'empty',
	rateLimits: false,
	learnUpon: { duplicatePortalInvite: 'second' },
	threeSixtyLearning: { repeatedInvitation: 'sentAgain' },
};

const NO_LIMITS = Object.fromEntries(
	['Deactivation', 'GroupRemoval', 'Invitation', 'Creation', 'EmailChange'].flatMap((kind) => [
		[`max${kind}s`, 1000],
		[`max${kind}Percent`, 100],
	]),
);

function planFor(sandbox: Sandbox, { platform, newLearners, relocates }: Setting): INode['parameters'] {
	const is360 = platform === 'threeSixtyLearning';
	const sites = [OLD_SITE, NEW_SITE].flatMap((site) =>
		GROUPS_OF_SITE.map((name) => ({
			field: 'office',
			operator: 'equals',
			value: site,
			group: `${site} ${name}`,
		})),
	);
	return {
		platform,
		dryRun: false,
		newLearners,
		...(is360 && { rootGroup: sandbox.threeSixtyLearning.syncRoot, options: { extendLists: true } }),
		fieldMapping: {
			field: [
				{ attribute: 'department', field: 'Department' },
				{ attribute: CUSTOM.level, field: 'Level' },
			],
		},
		groupLevels: { level: [{ field: 'department' }] },
		groupRules: {
			rule: [
				{ field: 'status', operator: 'isNotEmpty', value: '', group: 'Everyone' },
				...(relocates ? sites : []),
			],
		},
		createMissingGroups: true,
		limits: NO_LIMITS,
	};
}

export const orderFor = (
	sandbox: Sandbox,
	{ setting }: Pick<World, 'setting'>,
	memory: IDataObject,
): Order => ({
	plan: planFor(sandbox, setting),
	read: {
		apiVersion: setting.apiVersion,
		customAttributes: [CUSTOM.level],
		// As the templates have it, and as workflows from before have it.
		output: setting.apiVersion === 'v1' ? 'one' : 'each',
	},
	memory,
	// Any token may die on the way, and then there is more than one login in a run.
	begin: () => {
		let isFirst = true;
		sandbox[setting.platform].misbehave({
			match: () => {
				if (isFirst) sandbox.personio.expireTokens();
				isFirst = false;
				return false;
			},
			do: { delay: 0 },
		});
	},
	between: () => sandbox.threeSixtyLearning.expireTokens(),
});

/** The LMS as it is before the first sync. */
function furnish({ learnUpon, threeSixtyLearning }: Sandbox, platform: PlatformName): void {
	const unlinked = [
		['Adopted', addressOf('adopted'), 'adopted'],
		['Strange', STRANGER, 'lms-only'],
	] as const;
	if (platform === 'learnUpon') {
		learnUpon.addCustomField({ label: 'Level', typeId: 3 });
		const [everyone, partners] = [learnUpon.addGroup('Everyone'), learnUpon.addGroup('Partners')];
		for (const [firstName, email, lastName] of unlinked) {
			const { id } = learnUpon.addUser({ firstName, email, lastName });
			learnUpon.addMembership(partners.id, id);
			if (email === STRANGER) learnUpon.addMembership(everyone.id, id);
		}
		learnUpon.addUser({ firstName: 'Admin', lastName: 'admin', email: 'admin@elsewhere.example' });
	} else {
		const { syncRoot: parentId } = threeSixtyLearning;
		const everyone = threeSixtyLearning.addGroup({ name: 'Everyone', parentId });
		const partners = threeSixtyLearning.addGroup({ name: 'Partners' });
		threeSixtyLearning.addCustomField({ name: 'Department', authorizedValues: ['Sales', 'Warehouse'] });
		for (const [firstName, mail, lastName] of unlinked) {
			const { _id } = threeSixtyLearning.addUser({ firstName, mail, lastName });
			threeSixtyLearning.addMembership(partners._id, _id);
			if (mail === STRANGER) threeSixtyLearning.addMembership(everyone._id, _id);
		}
	}
}

/** The state of the LMS before anything happens, made by real runs. */
async function baseOf(setting: Setting): Promise<Kept> {
	const { platform } = setting;
	const sandbox = await startSandbox(SANDBOX);
	const { personio } = sandbox;
	furnish(sandbox, platform);
	const run = async (newLearners: 'invite' | 'create') => {
		const own = { ...setting, newLearners };
		await expectDone(sandbox, own, 'The company could not be set up');
	};
	try {
		for (const each of settled()) personio.hire(each);
		await run('create');
		personio.hire(invited());
		await run('invite');
		for (const id of FORMER) personio.change(id, ENDED);
		// Where new people get accounts, an invitation turns into one, so that this one leaves like any other.
		await run(setting.newLearners);
		return keep(sandbox, platform);
	} finally {
		await sandbox.close();
	}
}

async function expectDone(
	sandbox: Sandbox,
	setting: Setting,
	sentence: string,
	memory: IDataObject = {},
): Promise<Ended> {
	const ended = await runCanvas(await engineFor(sandbox), orderFor(sandbox, { setting }, memory));
	const failure = ended.error?.message ?? ended.report?.failed[0]?.message;
	if (failure !== undefined) throw new Error(`${sentence}: ${failure}`);
	return ended;
}

async function stageOf(kept: Kept, platform: PlatformName): Promise<Sandbox> {
	const sandbox = await startSandbox(SANDBOX);
	furnish(sandbox, platform);
	for (const each of before()) sandbox.personio.hire(each);
	restore(sandbox, platform, kept);
	return sandbox;
}

const worlds = new Map<Setting, Promise<World>>();

/** The world of a setting; all its cells share it. */
export async function worldOf(setting: Setting): Promise<World> {
	let world = worlds.get(setting);
	if (!world) {
		world = makeWorld(setting);
		worlds.set(setting, world);
	}
	return await world;
}

async function makeWorld(setting: Setting): Promise<World> {
	const { platform } = setting;
	const kept = await baseOf(setting);
	const sandbox = await stageOf(kept, platform);
	try {
		const known = knownOf(sandbox, platform);
		const look = () => factsOf(sandbox, platform, known);
		const run = async (memory: IDataObject) =>
			await expectDone(sandbox, setting, 'A run without a fault has failed', memory);
		const memory: IDataObject = {};
		const start = look();
		const startMoment = momentOf(sandbox, platform);
		await run(memory);
		refuse('A run before anything happened changed', differences(start, look()));

		happen(sandbox.personio, setting.relocates);
		sandbox.personio.clearCalls();
		sandbox[platform].clearCalls();
		const later = remembered(memory);
		const clean = await run(later);
		const kinds = kindsIn(sandbox, platform);
		const reference = look();
		const referenceMoment = momentOf(sandbox, platform);
		await run(later);
		refuse('A second run changed', differences(reference, look()));
		acceptAll(sandbox, platform);
		await run(later);
		const accepted = look();
		await run(later);
		refuse('A second run after the invitations were accepted changed', differences(accepted, look()));
		return {
			setting,
			kept,
			known,
			memory: remembered(memory),
			start,
			startMoment,
			reference,
			referenceMoment,
			accepted,
			clean,
			kinds,
		};
	} finally {
		await sandbox.close();
	}
}

function refuse(sentence: string, lines: string[]): void {
	if (lines.length > 0) throw new Error(`${sentence}: ${lines.join('; ')}`);
}

export function acceptAll({ learnUpon, threeSixtyLearning }: Sandbox, platform: PlatformName): void {
	if (platform === 'learnUpon') learnUpon.acceptAllInvites();
	else threeSixtyLearning.acceptAllInvitations();
}

/** A company to which all has happened and of which no run knows yet. */
export async function startCell({ setting, kept }: World): Promise<{ sandbox: Sandbox; engine: Engine }> {
	const sandbox = await stageOf(kept, setting.platform);
	happen(sandbox.personio, setting.relocates);
	return { sandbox, engine: await engineFor(sandbox) };
}
