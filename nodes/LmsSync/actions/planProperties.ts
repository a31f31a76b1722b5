import type { INodeProperties } from 'n8n-workflow';

import { platformsWith } from '../platforms';
import { limits } from './limitProperties';
import { attribute, condition, options, scope } from './planOptions';

/** Everything that an operator decides about a plan, as parameters of the node. */
export const planProperties: INodeProperties[] = [
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: true,
		description:
			'Whether to show only what would be done. While it is on, no later step of the workflow changes anything.',
		hint: 'While this is on, nothing is changed in the LMS',
	},
	{
		displayName: 'Live: the next run changes the LMS',
		name: 'liveNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { dryRun: [false] } },
	},
	{
		displayName: 'New Learners',
		name: 'newLearners',
		type: 'options',
		options: [
			{
				name: 'Create Account',
				value: 'create',
				description: 'The account can be used at once, with a random password or by single sign-on',
			},
			{
				name: 'Invite',
				value: 'invite',
				description: 'The LMS sends an invitation, once',
			},
		],
		default: 'invite',
		description: 'What to do for employees without an account',
	},
	{
		displayName: 'Root Group Name or ID',
		name: 'rootGroup',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getGroups', loadOptionsDependsOn: ['platform'] },
		required: true,
		default: '',
		displayOptions: { show: { platform: platformsWith('rootGroup') } },
		description:
			'The group that all synced people are in, and below which groups by levels are found and made. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'End Access',
		name: 'endAccess',
		type: 'options',
		options: [
			{
				name: 'Contract End Date',
				value: 'contractEndDate',
				description: 'Also of a fixed term that HR has not ended. Personio itself does not.',
			},
			{
				name: 'Earliest of All',
				value: 'earliest',
				description: 'Whichever of the three dates comes first',
			},
			{
				name: 'Last Working Day',
				value: 'lastWorkingDay',
				description: 'May lie before the termination date, e.g. with garden leave',
			},
			{
				name: 'Termination Date',
				value: 'terminationDate',
				description: 'The end of the employment, after which Personio sets people to inactive',
			},
		],
		default: 'terminationDate',
		description: 'The date in Personio that is the last day of access, to its end in the zone of the office',
	},
	{
		displayName: 'Field Mapping',
		name: 'fieldMapping',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Field',
		default: {},
		description: 'Fields of the LMS to be kept in step, beside name, address and last day of access',
		options: [
			{
				displayName: 'Field',
				name: 'field',
				values: [
					attribute('attribute'),
					{
						displayName: 'Field in the LMS',
						name: 'field',
						type: 'string',
						default: '',
						placeholder: 'e.g. Department',
						description:
							'Label of a custom field. 360Learning also takes Job Title, Organization, Phone, Additional Information and Language, and makes custom fields that do not exist.',
					},
				],
			},
		],
	},
	{
		displayName: 'Groups by Levels',
		name: 'groupLevels',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Level',
		default: {},
		description:
			'Attributes whose values make the group of an employee, from the top. Office and department give e.g. "London &gt; IT".',
		options: [{ displayName: 'Level', name: 'level', values: [attribute('field')] }],
	},
	{
		displayName: 'Groups by Rules',
		name: 'groupRules',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Rule',
		default: {},
		description:
			'Groups for the employees to whom a condition applies. Groups that no rule or level names are left alone.',
		options: [
			{
				displayName: 'Rule',
				name: 'rule',
				values: [
					...condition,
					{
						displayName: 'Group',
						name: 'group',
						type: 'string',
						default: '',
						placeholder: 'e.g. Sales Onboarding',
						description:
							'Name of the group in the LMS. In 360Learning the path below the root group, or with a slash before it from the top, e.g. "/Academy &gt; Partners".',
					},
				],
			},
		],
	},
	{
		displayName: 'Create Missing Groups',
		name: 'createMissingGroups',
		type: 'boolean',
		default: false,
		description:
			'Whether to create a group that does not exist. Otherwise the person goes to the group above it, if there is one.',
	},
	limits,
	scope,
	options,
];
