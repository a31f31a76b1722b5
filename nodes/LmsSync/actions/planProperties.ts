import type { INodeProperties } from 'n8n-workflow';

export const DEFAULT_LINK_FIELD = 'Personio ID';

const attribute = (name: string): INodeProperties => ({
	displayName: 'Attribute Name or ID',
	name,
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getAttributes' },
	default: '',
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
});

const condition: INodeProperties[] = [
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
				description: 'The LMS sends an invitation; the account exists when it is accepted',
			},
		],
		default: 'invite',
		description: 'What to do for employees without an account',
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
		description: 'Custom fields of the LMS to be kept in step, beside name, address and last day of access',
		options: [
			{
				displayName: 'Field',
				name: 'field',
				values: [
					attribute('attribute'),
					{
						displayName: 'Custom Field',
						name: 'field',
						type: 'string',
						default: '',
						placeholder: 'e.g. Department',
						description: 'Label of the custom field in the LMS',
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
						description: 'Name of the group in the LMS',
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
	{
		displayName: 'Limits',
		name: 'limits',
		type: 'collection',
		placeholder: 'Add Limit',
		default: {},
		description:
			'If a run would deactivate more people than this, it deactivates nobody and shows them as held',
		options: [
			{
				displayName: 'Max Deactivation Percent',
				name: 'maxDeactivationPercent',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 100 },
				default: 10,
				description:
					'Share of the active learners that belong to an employee. At least one is allowed, unless it is 0.',
			},
			{
				displayName: 'Max Deactivations',
				name: 'maxDeactivations',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 20,
				description: 'People in one run',
			},
		],
	},
	{
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
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
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
				displayName: 'Personio ID Field',
				name: 'linkField',
				type: 'string',
				default: DEFAULT_LINK_FIELD,
				description: 'Label of the custom field in the LMS that holds the Personio ID of each learner',
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
				displayName: 'Use Preferred Name',
				name: 'usePreferredName',
				type: 'boolean',
				default: false,
				description: 'Whether the preferred name, if there is one, becomes the first name of the learner',
			},
		],
	},
];
