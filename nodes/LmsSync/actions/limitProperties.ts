import type { INodeProperties } from 'n8n-workflow';

import type { Limits } from '../sync/settings';

/**
 * A share protects a small company and a count a large one. Joining and inviting are less harmful than
 * losing access, and a first load is not limited.
 */
export const DEFAULT_LIMITS: Limits = {
	maxDeactivations: 20,
	maxDeactivationPercent: 10,
	maxGroupRemovals: 50,
	maxGroupRemovalPercent: 20,
	maxInvitations: 100,
	maxInvitationPercent: 20,
	maxCreations: 100,
	maxCreationPercent: 20,
	maxEmailChanges: 20,
	maxEmailChangePercent: 10,
	windowHours: 24,
};

/** As the editor shows them. */
export const LIMIT_NAMES: Record<keyof Limits, string> = {
	maxDeactivations: 'Max Deactivations',
	maxDeactivationPercent: 'Max Deactivation Percent',
	maxGroupRemovals: 'Max Group Removals',
	maxGroupRemovalPercent: 'Max Group Removal Percent',
	maxInvitations: 'Max Invitations',
	maxInvitationPercent: 'Max Invitation Percent',
	maxCreations: 'Max Creations',
	maxCreationPercent: 'Max Creation Percent',
	maxEmailChanges: 'Max E-Mail Changes',
	maxEmailChangePercent: 'Max E-Mail Change Percent',
	windowHours: 'Window (Hours)',
};

const LEARNERS = 'Share of the active learners that belong to an employee';
const EMPLOYEES = 'Share of the employees who are not inactive. A first load is not limited.';

const DESCRIPTIONS: Record<keyof Limits, string> = {
	maxDeactivations: 'People whose access ends, now or on a day that is new or earlier than before',
	maxDeactivationPercent: `${LEARNERS}. At least one person is allowed, unless it is 0.`,
	maxGroupRemovals: 'People who are taken out of groups',
	maxGroupRemovalPercent: `${LEARNERS}. At least three people are allowed, unless it is 0.`,
	maxInvitations: 'People who are invited. A first load is not limited.',
	maxInvitationPercent: `${EMPLOYEES} At least five people are allowed, unless it is 0.`,
	maxCreations: 'People who get an account without an invitation. A first load is not limited.',
	maxCreationPercent: `${EMPLOYEES} At least five people are allowed, unless it is 0.`,
	maxEmailChanges: 'People whose account gets another address',
	maxEmailChangePercent: `${LEARNERS}. At least three people are allowed, unless it is 0.`,
	windowHours:
		'Hours that are looked back on: what scheduled runs did within them counts too, so that a slow leak is noticed. 0 for each run on its own.',
};

function limit(name: keyof Limits): INodeProperties {
	const property: INodeProperties = {
		displayName: LIMIT_NAMES[name],
		name,
		type: 'number',
		typeOptions: { minValue: 0, ...(name.endsWith('Percent') && { maxValue: 100 }) },
		default: 0,
		description: DESCRIPTIONS[name],
	};
	return { ...property, default: DEFAULT_LIMITS[name] };
}

export const limits: INodeProperties = {
	displayName: 'Limits',
	name: 'limits',
	type: 'collection',
	placeholder: 'Add Limit',
	default: {},
	description:
		'If a run would touch more people than this, it touches none of them in that way and shows them as held; everything else goes on. Limits that are not added here have their defaults.',
	options: (Object.keys(DEFAULT_LIMITS) as Array<keyof Limits>)
		.map(limit)
		.sort((a, b) => a.displayName.localeCompare(b.displayName)),
};
