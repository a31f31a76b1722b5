import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { platformsWith } from '../platforms';

export const attribute = (name: string): INodeProperties => ({
	displayName: 'Attribute Name or ID',
	name,
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getAttributes' },
	default: '',
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
});

export const condition: INodeProperties[] = [
	attribute('field'),
	{
		displayName: 'Operator',
		name: 'operator',
		type: 'options',
		options: [
			{ name: 'Contains', value: 'contains' },
			{ name: 'Equals', value: 'equals' },
			{ name: 'Is Empty', value: 'isEmpty' },
			{ name: 'Is Not Empty', value: 'isNotEmpty' },
			{ name: 'Is Not Equal', value: 'notEquals' },
			{ name: 'Starts With', value: 'startsWith' },
		],
		default: 'equals',
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		displayOptions: { hide: { operator: ['isEmpty', 'isNotEmpty'] } },
		description: 'Letter case does not count',
	},
];

export const scope: INodeProperties = {
	displayName: 'Scope',
	name: 'scope',
	type: 'collection',
	placeholder: 'Narrow Scope',
	default: {},
	description: 'Who is synced. Inactive people never get an account and always lose the one they have.',
	options: [
		{
			displayName: 'Exclude',
			name: 'exclude',
			type: 'string',
			default: '',
			placeholder: 'e.g. 4711, ceo@example.com',
			description: 'Personio IDs or e-mail addresses, separated by commas, of people who are left alone',
		},
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Filter',
			default: {},
			description: 'Only employees to whom all of these apply',
			options: [{ displayName: 'Filter', name: 'filter', values: condition }],
		},
		{
			displayName: 'People Out of Scope',
			name: 'outOfScope',
			type: 'options',
			options: [
				{ name: 'Deactivate', value: 'deactivate' },
				{ name: 'Leave Alone', value: 'leaveAlone' },
			],
			default: 'leaveAlone',
			description: 'What to do with accounts of people whom status or filters leave out',
		},
		{
			displayName: 'Statuses',
			name: 'statuses',
			type: 'multiOptions',
			options: [
				{ name: 'Active', value: 'active' },
				{ name: 'Leave', value: 'leave' },
				{ name: 'Onboarding', value: 'onboarding' },
			],
			default: ['active', 'leave', 'onboarding'],
		},
	],
};

const shownFor = (feature: Parameters<typeof platformsWith>[0]): IDisplayOptions => ({
	show: { '/platform': platformsWith(feature) },
});

export const linkField: INodeProperties = {
	displayName: 'Personio ID Field',
	name: 'linkField',
	type: 'string',
	default: '',
	placeholder: 'e.g. Personio ID',
	description:
		'Where the LMS keeps the Personio ID of each learner. LearnUpon: label of a custom field, "Personio ID" unless entered otherwise. 360Learning: name of the system of an external ID, "personio-n8n" unless entered otherwise.',
};

export const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Activate Created Accounts',
			name: 'activate',
			type: 'boolean',
			default: true,
			displayOptions: { show: { '/platform': platformsWith('activation'), '/newLearners': ['create'] } },
			description:
				'Whether people with a created account can log in at once. Otherwise the account waits as invited, without a mail, until somebody activates it.',
		},
		{
			displayName: 'Add Values to Restricted Lists',
			name: 'extendLists',
			type: 'boolean',
			default: false,
			displayOptions: shownFor('restrictedLists'),
			description:
				'Whether a value that is not on the list of a restricted custom field is added to the list. Otherwise the value is held.',
		},
		{
			displayName: 'Confirmed Configuration',
			name: 'confirmedConfiguration',
			type: 'string',
			default: '',
			placeholder: 'e.g. 3f2a-90c1',
			description:
				'The code that the report of a dry run names. After a change of mapping, scope or limits, whatever would be taken away only because of the change is held until the code of the new configuration is entered here, or a scheduled dry run was made with it.',
		},
		{
			displayName: 'Days Before Hire Date',
			name: 'daysBeforeHire',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 14,
			description:
				'Days before the hire date from which on a new person is added. Without this option: at once.',
		},
		{
			displayName: 'Deactivate Missing People After',
			name: 'missingRuns',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description:
				'Complete scheduled runs in a row after which somebody loses access whom Personio has deleted: not listed, and by ID unknown. Needs the Personio credential in this node. 0 for never.',
		},
		{
			displayName: 'Full Comparison Now',
			name: 'fullComparison',
			type: 'boolean',
			default: false,
			displayOptions: shownFor('comparison'),
			description:
				'Whether to read the custom fields and managers of everybody in this run, whatever the size of the company',
		},
		{
			displayName: 'Full Comparison Up To',
			name: 'fullUpTo',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 1000,
			displayOptions: shownFor('comparison'),
			description:
				'Custom fields and managers cost a call for each person to read. Up to so many people they are read in every run, so that a value removed by hand comes back at once. Above, only people are read for whom something changed in Personio, and everybody once a week.',
		},
		{
			displayName: 'Match By',
			name: 'matchBy',
			type: 'options',
			options: [
				{ name: 'E-Mail Only', value: 'email' },
				{ name: 'Personio ID, Then E-Mail', value: 'link' },
			],
			default: 'link',
			description:
				'E-mail only needs no field for the Personio ID, at a price: a changed address cannot be told from a new person, so such people are held',
		},
		{
			...linkField,
		},
		{
			displayName: 'Time Zone',
			name: 'defaultZone',
			type: 'string',
			default: '',
			placeholder: 'e.g. Europe/Berlin',
			description:
				'Zone in which the last day ends, where Personio does not tell that of the office. Without this option: the zone of the workflow.',
		},
		{
			displayName: 'Update Job Title',
			name: 'jobTitle',
			type: 'boolean',
			default: true,
			displayOptions: shownFor('jobTitle'),
			description: 'Whether the position becomes the job title, unless "Field Mapping" maps it otherwise',
		},
		{
			displayName: 'Update Managers',
			name: 'managers',
			type: 'boolean',
			default: true,
			displayOptions: shownFor('managers'),
			description:
				'Whether the supervisor becomes the manager. Managers that somebody else has set are left alone.',
		},
		{
			displayName: 'Use Preferred Name',
			name: 'usePreferredName',
			type: 'boolean',
			default: false,
			description: 'Whether the preferred name, if there is one, becomes the first name of the learner',
		},
	],
};
