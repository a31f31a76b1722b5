import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

import { PLATFORMS } from './platforms';

/** What the node is set to first: platform, resource, operation. */
export const selectors: INodeProperties[] = [
	{
		displayName: 'Platform',
		name: 'platform',
		type: 'options',
		noDataExpression: true,
		options: PLATFORMS.map(({ name, value }) => ({ name, value })),
		default: 'learnUpon',
		displayOptions: { hide: { operation: ['report', 'approve'] } },
		description: 'The LMS to work with',
	},
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Group', value: 'group' },
			{ name: 'Learner', value: 'learner' },
			{ name: 'Run', value: 'run' },
		],
		default: 'run',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['run'] } },
		options: [
			{
				name: 'Approve',
				value: 'approve',
				action: 'Approve held decisions',
				description: 'Let decisions go that a limit or another guard has held',
			},
			{
				name: 'Plan',
				value: 'plan',
				action: 'Plan a run',
				description: 'Compare employees with the LMS and decide for each person. Changes nothing.',
			},
			{
				name: 'Report',
				value: 'report',
				action: 'Report on a run',
				description: 'Sum up what was decided and done, as an item and as a page to read',
			},
			{
				name: 'Undo',
				value: 'undo',
				action: 'Undo a run',
				description: 'Decide how to take back what a run did, from its undo file. Changes nothing itself.',
			},
		],
		default: 'plan',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['learner'] } },
		options: [
			{
				name: 'Create or Update',
				value: 'upsert',
				action: 'Create or update a learner',
				description: 'Create a new record, or update the current one if it already exists (upsert)',
			},
			{
				name: 'Deactivate',
				value: 'deactivate',
				action: 'Deactivate a learner',
				description: 'End access: disable or delete the account, as the LMS does, or cancel the invitation',
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get a learner',
				description: 'Find one account or open invitation',
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many learners',
				description: 'List accounts and open invitations',
			},
			{
				name: 'Invite',
				value: 'invite',
				action: 'Invite a learner',
				description: 'Let the LMS send an invitation',
			},
			{
				name: 'Map Groups',
				value: 'mapGroups',
				action: 'Map groups of a learner',
				description: 'Join the groups that the plan wants and leave those it does not',
			},
			{
				name: 'Set Manager',
				value: 'setManager',
				action: 'Set manager of a learner',
				description: 'Make the supervisor the manager, where the LMS has managers',
			},
		],
		default: 'upsert',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['group'] } },
		options: [
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many groups',
				description: 'List the groups of the LMS',
			},
		],
		default: 'getAll',
	},
];

/**
 * The credential of the chosen platform; Personio's is for the names of custom attributes, to ask for
 * people whom a list left out, and to look again at those who were approved.
 *
 * The conditions say where a credential is hidden, not where it is shown: the editor takes a parameter
 * whose options all show a credential for a choice of authentication, and does not show it.
 */
export const credentials: INodeCredentialDescription[] = [
	...PLATFORMS.map(({ value, name, credentialType }) => ({
		name: credentialType,
		displayName: `${name} Credential`,
		required: true,
		displayOptions: {
			hide: {
				// A report is made of what the items say and asks no LMS, and so is an approval.
				operation: ['report', 'approve'],
				platform: PLATFORMS.filter((other) => other.value !== value).map((other) => other.value),
			},
		},
	})),
	{
		name: 'personioEmployeesApi',
		displayName: 'Personio Credential (Optional)',
		required: false,
		displayOptions: {
			hide: { resource: ['group'], operation: ['report', 'approve', 'undo', 'get', 'getAll'] },
		},
	},
];
