/** The vendors, in a process of their own: nothing of what they take counts as the client's. */
import { readFileSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';

import { credentialsOf } from '../engine/credentials';
import type { Credentials } from '../engine/harness';
import { startSandbox, type Call, type Sandbox } from '../sandbox';
import type { PlatformName } from './cells';
import { benchCompany, change, type Changes } from './company';
import { sinceNow, type Effort } from './effort';
import { serve } from './process';

export interface WorldOrder {
	platform: PlatformName;
	people: number;
	/** A file with the platform as an earlier run left it; without it, the platform is new. */
	kept?: string;
	changes: Changes;
	speed: number;
}

export interface Place {
	credentials: Credentials;
	/** Id of the group that a sync works below, in a platform that has one. */
	rootGroup: string;
}

/** How long the lists are from which a minimum of calls follows. */
export interface Sizes {
	employees: number;
	/** Accounts of the platform, without ended ones. */
	accounts: number;
	ended: number;
	invitations: number;
	groups: number;
	/** How many members each group has that the sync manages. */
	managed: number[];
	links: number;
	marks: number;
}

/** What one vendor was asked. */
export interface Tally {
	auth: number;
	reads: number;
	writes: number;
	/** Answered with 429, and not counted above. */
	refused: number;
	/** Milliseconds of the epoch. */
	firstWrite?: number;
	lastWrite?: number;
}

export interface Log {
	personio: Tally;
	lms: Tally;
	effort: Effort;
}

let sandbox: Sandbox;
let order: WorldOrder;
let effort = sinceNow();
const tallies = { personio: noCalls(), lms: noCalls() };

function noCalls(): Tally {
	return { auth: 0, reads: 0, writes: 0, refused: 0 };
}

const lms = () => sandbox[order.platform];

const methods = {
	async start(given: WorldOrder): Promise<Place> {
		order = given;
		const { people, speed } = order;
		sandbox = await startSandbox({
			company: benchCompany(people),
			rateLimits: false,
			timeScale: speed,
			// Facts: how long an operation takes is not documented. Three seconds by the vendor's clock.
			threeSixtyLearning: { bulkMs: 3000 },
		});
		if (order.kept !== undefined) lms().restore(deserialize(readFileSync(order.kept)) as never);
		change(sandbox, order.changes);
		setInterval(drain, 2000).unref();
		return { credentials: credentialsOf(sandbox), rootGroup: sandbox.threeSixtyLearning.syncRoot };
	},

	sizes(): Sizes {
		return order.platform === 'learnUpon' ? learnUponSizes() : threeSixtyLearningSizes();
	},

	/** From now on calls count, by the vendors' limits. */
	begin(): void {
		drain();
		Object.assign(tallies, { personio: noCalls(), lms: noCalls() });
		for (const { options } of [sandbox.personio, lms()]) options.rateLimits = true;
		effort = sinceNow();
	},

	/** From now on there are no limits. */
	free(): void {
		for (const { options } of [sandbox.personio, lms()]) options.rateLimits = false;
	},

	log(): Log {
		drain();
		return { ...tallies, effort: effort() };
	},

	/** Everybody accepts their invitation. */
	accept(): void {
		if (order.platform === 'learnUpon') sandbox.learnUpon.acceptAllInvites();
		else sandbox.threeSixtyLearning.acceptAllInvitations();
	},

	keep(file: string): void {
		writeFileSync(file, serialize(lms().kept()));
	},
};

export type World = typeof methods;

/** Counts the calls and forgets them: those of a large first load would fill the memory. */
function drain(): void {
	for (const [name, server] of [['personio', sandbox.personio] as const, ['lms', lms()] as const]) {
		const open = server.calls.filter(({ status }) => status === 0);
		for (const call of server.calls) if (call.status !== 0) count(call, tallies[name]);
		server.calls.splice(0, server.calls.length, ...open);
	}
}

function count({ kind, status, at }: Call, tally: Tally): void {
	if (status === 429) {
		tally.refused++;
		return;
	}
	if (kind === 'auth') tally.auth++;
	if (kind === 'read') tally.reads++;
	if (kind !== 'write') return;
	tally.writes++;
	tally.firstWrite = Math.min(tally.firstWrite ?? Infinity, at);
	tally.lastWrite = Math.max(tally.lastWrite ?? 0, at);
}

function learnUponSizes(): Sizes {
	const { users, invites, groups, memberships } = sandbox.learnUpon;
	const members = new Map([...groups.keys()].map((id) => [id, 0]));
	for (const { groupId } of memberships) members.set(groupId, (members.get(groupId) ?? 0) + 1);
	return {
		employees: sandbox.personio.people.size,
		accounts: users.size,
		ended: 0,
		invitations: invites.size,
		groups: groups.size,
		managed: [...members.values()],
		links: 0,
		marks: 0,
	};
}

function threeSixtyLearningSizes(): Sizes {
	const { users, groups, memberships, externalIds, syncRoot } = sandbox.threeSixtyLearning;
	const managed = new Map([[syncRoot, 0]]);
	for (const { _id, parentId = '' } of groups.values()) if (managed.has(parentId)) managed.set(_id, 0);
	for (const { groupId } of memberships) {
		const count = managed.get(groupId);
		if (count !== undefined) managed.set(groupId, count + 1);
	}
	const ended = [...users.values()].filter(({ status }) => status === 'deleted').length;
	const ofUsers = [...externalIds.values()].filter(({ targetType }) => targetType === 'user');
	const marks = ofUsers.filter(({ platform }) => platform.endsWith('-mark')).length;
	return {
		employees: sandbox.personio.people.size,
		accounts: users.size - ended,
		ended,
		invitations: 0,
		groups: groups.size,
		managed: [...managed.values()],
		links: ofUsers.length - marks,
		marks,
	};
}

serve(methods);
