import { BASIC_AUTH, batching, learnUponList, retried, type Scaled } from './rivalCalls';
import { fields, isTrue, matching, TYPES, type Canvas } from './rivalNodes';

const { set, http, splitOut, filter, merge } = TYPES;

const READ_ATTRIBUTES = ['first_name', 'last_name', 'email', 'status', 'hire_date', 'department'];

export function readEmployees(canvas: Canvas, scaled: Scaled): void {
	canvas.add(
		'Log In to Personio',
		http,
		[2, 0],
		{
			method: 'POST',
			url: '={{ $json.personio }}/v1/auth',
			authentication: 'genericCredentialType',
			genericAuthType: 'httpCustomAuth',
			options: {},
		},
		retried(scaled),
	);
	const attributes = READ_ATTRIBUTES.map((key) => `attributes[]=${key}`).join('&');
	canvas.add(
		'Read Employees',
		http,
		[3, 0],
		{
			url: `={{ $('Settings').first().json.personio }}/v1/company/employees?limit=100&${attributes}`,
			sendHeaders: true,
			headerParameters: {
				parameters: [{ name: 'Authorization', value: '=Bearer {{ $json.data.token }}' }],
			},
			options: {
				pagination: {
					pagination: {
						parameters: { parameters: [{ name: 'offset', value: '={{ $pageCount * 100 }}' }] },
						paginationCompleteWhen: 'other',
						completeExpression:
							'={{ $response.body.metadata.current_page >= $response.body.metadata.total_pages - 1 }}',
						requestInterval: scaled(200),
					},
				},
			},
		},
		retried(scaled),
	);
	canvas.add('Single Employees', splitOut, [4, 0], { fieldToSplitOut: 'data', options: {} });
	const value = (key: string) => `$json.attributes.${key}.value`;
	canvas.add(
		'Employees',
		set,
		[5, 0],
		fields({
			email: ['string', `(${value('email')} || '').trim().toLowerCase()`],
			first_name: ['string', value('first_name')],
			last_name: ['string', value('last_name')],
			status: ['string', value('status')],
			// A department that is not set comes as null, as "" or as [].
			department: ['string', `${value('department')}?.attributes?.name ?? ''`],
			start_date: ['string', `(${value('hire_date')} || '').slice(0, 10)`],
		}),
	);
	canvas.add('In Scope', filter, [6, 0], {
		conditions: isTrue("$json.status !== 'inactive' && $json.email !== ''"),
		options: {},
	});
	canvas.add('Have Left', filter, [6, 6], {
		conditions: isTrue("$json.status === 'inactive' && $json.email !== ''"),
		options: {},
	});
	canvas.chain(
		'Settings',
		'Log In to Personio',
		'Read Employees',
		'Single Employees',
		'Employees',
		'In Scope',
	);
	canvas.chain('Employees', 'Have Left');
}

export function readPortal(canvas: Canvas, scaled: Scaled): void {
	canvas.add('Read Users', http, [2, 2], learnUponList('users', scaled), retried(scaled));
	canvas.add('Single Users', splitOut, [3, 2], { fieldToSplitOut: 'user', options: {} });
	canvas.add(
		'Users',
		set,
		[4, 2],
		fields({
			user_id: ['number', '$json.id'],
			email: ['string', '$json.email.toLowerCase()'],
			user_first_name: ['string', "$json.first_name ?? ''"],
			user_last_name: ['string', "$json.last_name ?? ''"],
			user_department: ['string', "$json.CustomData?.department ?? ''"],
			user_start_date: ['string', "$json.CustomData?.start_date ?? ''"],
			enabled: ['boolean', '$json.enabled'],
		}),
	);
	canvas.chain('Settings', 'Read Users', 'Single Users', 'Users');

	canvas.add('Read Invitations', http, [2, 3], learnUponList('group_invites', scaled), retried(scaled));
	canvas.add('Single Invitations', splitOut, [3, 3], { fieldToSplitOut: 'group_invite', options: {} });
	canvas.add('Open Invitations', filter, [4, 3], {
		conditions: isTrue("$json.invite_status === 'sent'"),
		options: {},
	});
	canvas.chain('Settings', 'Read Invitations', 'Single Invitations', 'Open Invitations');
}

/** The departments are groups; those that are missing are made, and then all are read. */
export function groups(canvas: Canvas, scaled: Scaled): void {
	canvas.add('Read Groups', http, [2, 4], learnUponList('groups', scaled), retried(scaled));
	canvas.add('Single Groups', splitOut, [3, 4], { fieldToSplitOut: 'groups', options: {} });
	canvas.add('Departments', TYPES.removeDuplicates, [7, 3], {
		operation: 'removeDuplicateInputItems',
		compare: 'selectedFields',
		fieldsToCompare: 'department',
		options: {},
	});
	canvas.add('Departments by Name', filter, [8, 3], {
		conditions: isTrue("$json.department !== ''"),
		options: {},
	});
	canvas.add(
		'Missing Groups',
		merge,
		[9, 3],
		matching([['department', 'title']], 'keepNonMatches', 'input1'),
		{ alwaysOutputData: true },
	);
	canvas.add('Any Missing?', TYPES.if, [10, 3], { conditions: isTrue('!!$json.department'), options: {} });
	canvas.add('Make Groups', http, [11, 2], {
		method: 'POST',
		url: "={{ $('Settings').first().json.learnUpon }}/api/v1/groups",
		...BASIC_AUTH,
		sendBody: true,
		specifyBody: 'json',
		jsonBody: '={{ { Group: { title: $json.department } } }}',
		options: batching(scaled),
	});
	canvas.add('Read Groups Again', http, [12, 3], learnUponList('groups', scaled), {
		...retried(scaled),
		executeOnce: true,
	});
	canvas.add('Single Groups Again', splitOut, [13, 3], { fieldToSplitOut: 'groups', options: {} });
	canvas.add(
		'Groups',
		set,
		[14, 3],
		fields({ group_id: ['number', '$json.id'], department: ['string', '$json.title'] }),
	);
	canvas.chain('Settings', 'Read Groups', 'Single Groups');
	canvas.chain('In Scope', 'Departments', 'Departments by Name', 'Missing Groups', 'Any Missing?');
	canvas.wire('Single Groups', 'Missing Groups', { input: 1 });
	canvas.chain('Any Missing?', 'Make Groups', 'Read Groups Again', 'Single Groups Again', 'Groups');
	canvas.wire('Any Missing?', 'Read Groups Again', { output: 1 });
}

/** Everybody in scope with the account of the same address, and what is to be done. */
export function people(canvas: Canvas): void {
	canvas.add('Match by E-Mail', merge, [7, 0], matching([['email', 'email']], 'enrichInput1'));
	canvas.wire('In Scope', 'Match by E-Mail');
	canvas.wire('Users', 'Match by E-Mail', { input: 1 });
	canvas.add('With Group', merge, [8, 0], matching([['department', 'department']], 'enrichInput1'));
	canvas.wire('Match by E-Mail', 'With Group');
	canvas.wire('Groups', 'With Group', { input: 1 });
	const differs = ['first_name', 'last_name', 'department', 'start_date']
		.map((key) => `$json.${key} !== $json.user_${key}`)
		.join(' || ');
	canvas.add('What to Do?', TYPES.switch, [9, 0], {
		rules: {
			values: [
				{ conditions: isTrue('$json.user_id === undefined'), renameOutput: true, outputKey: 'New' },
				{
					conditions: isTrue(`!$json.enabled || ${differs}`),
					renameOutput: true,
					outputKey: 'Changed',
				},
			],
		},
		options: {},
	});
	canvas.chain('With Group', 'What to Do?');
}
