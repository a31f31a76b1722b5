import type { INodeParameters } from 'n8n-workflow';

import { BASIC_AUTH, batching, learnUponList, retried, type Scaled } from './rivalCalls';
import { fields, isTrue, matching, TYPES, type Canvas } from './rivalNodes';

const { set, http, splitOut, filter, merge, wait } = TYPES;

const MINUTE_MS = 60_000;

/**
 * A call for each item. What fails is tried once more after a minute.
 *
 * @returns the node whose second output has what failed twice
 */
function write(
	canvas: Canvas,
	scaled: Scaled,
	name: string,
	row: number,
	call: { method: 'POST' | 'PUT'; path: string; body: string },
): string {
	const request: INodeParameters = {
		method: call.method,
		url: `={{ $('Settings').first().json.learnUpon }}/api/v1/${call.path}`,
		...BASIC_AUTH,
		sendBody: true,
		specifyBody: 'json',
		jsonBody: `={{ ${call.body} }}`,
		options: batching(scaled),
	};
	const errors = { onError: 'continueErrorOutput' } as const;
	canvas.add(name, http, [12, row], request, errors);
	const waiting = canvas.add(`${name}: Wait a Minute`, wait, [13, row], {
		amount: scaled(MINUTE_MS) / 1000,
		unit: 'seconds',
	});
	const second = canvas.add(`${name} Again`, http, [14, row], request, errors);
	canvas.wire(name, waiting, { output: 1 });
	canvas.chain(waiting, second);
	return second;
}

export function invitations(canvas: Canvas, scaled: Scaled): string {
	canvas.add(
		'Not Invited Yet',
		merge,
		[10, 0],
		matching([['email', 'invite_email_address']], 'keepNonMatches', 'input1'),
	);
	canvas.wire('What to Do?', 'Not Invited Yet');
	canvas.wire('Open Invitations', 'Not Invited Yet', { input: 1 });
	const last = write(canvas, scaled, 'Invite', 0, {
		method: 'POST',
		path: 'portal_invite',
		body: `{ Invite: { email: $json.email, first_name: $json.first_name, last_name: $json.last_name, group_id: $json.group_id, ${CUSTOM_DATA} } }`,
	});
	canvas.chain('Not Invited Yet', 'Invite');
	return last;
}

const CUSTOM_DATA = "CustomData: { Department: $json.department, 'Start Date': $json.start_date || null }";

export function updates(canvas: Canvas, scaled: Scaled): string {
	const last = write(canvas, scaled, 'Update', 1, {
		method: 'PUT',
		path: 'users/{{ $json.user_id }}',
		body: `{ User: { first_name: $json.first_name, last_name: $json.last_name, enabled: true, ${CUSTOM_DATA} } }`,
	});
	canvas.wire('What to Do?', 'Update', { output: 1 });
	return last;
}

/** Who is not in the group of the department joins it. */
export function memberships(canvas: Canvas, scaled: Scaled): string {
	canvas.add(
		'Groups in Use',
		merge,
		[15, 5],
		matching([['department', 'department']], 'keepMatches', 'input1'),
	);
	canvas.wire('Groups', 'Groups in Use');
	canvas.wire('Departments by Name', 'Groups in Use', { input: 1 });
	canvas.add(
		'Read Members',
		http,
		[16, 5],
		{
			...learnUponList('group_memberships', scaled),
			sendQuery: true,
			queryParameters: { parameters: [{ name: 'group_id', value: '={{ $json.group_id }}' }] },
		},
		retried(scaled),
	);
	canvas.add('With Group ID', set, [17, 5], {
		...fields({ group_id: ['number', "$('Groups in Use').item.json.group_id"] }),
		includeOtherFields: true,
	});
	canvas.add('Single Members', splitOut, [18, 5], {
		fieldToSplitOut: 'user',
		include: 'selectedOtherFields',
		fieldsToInclude: 'group_id',
		options: {},
	});
	canvas.chain('Groups in Use', 'Read Members', 'With Group ID', 'Single Members');
	canvas.add('Have Account and Group', filter, [9, 1], {
		conditions: isTrue('$json.user_id !== undefined && $json.group_id !== undefined'),
		options: {},
	});
	canvas.wire('With Group', 'Have Account and Group');
	canvas.add(
		'Not in Group Yet',
		merge,
		[10, 5],
		matching(
			[
				['group_id', 'group_id'],
				['user_id', 'user.id'],
			],
			'keepNonMatches',
			'input1',
		),
	);
	canvas.wire('Have Account and Group', 'Not in Group Yet');
	canvas.wire('Single Members', 'Not in Group Yet', { input: 1 });
	const last = write(canvas, scaled, 'Join Group', 5, {
		method: 'POST',
		path: 'group_memberships',
		body: '{ GroupMembership: { group_id: $json.group_id, user_id: $json.user_id } }',
	});
	canvas.chain('Not in Group Yet', 'Join Group');
	return last;
}

export function leavers(canvas: Canvas, scaled: Scaled): string {
	canvas.add('Have an Account', merge, [7, 6], matching([['email', 'email']], 'keepMatches', 'both'));
	canvas.wire('Have Left', 'Have an Account');
	canvas.wire('Users', 'Have an Account', { input: 1 });
	canvas.add('Still Enabled', filter, [8, 6], { conditions: isTrue('$json.enabled'), options: {} });
	const last = write(canvas, scaled, 'Disable', 6, {
		method: 'PUT',
		path: 'users/{{ $json.user_id }}',
		body: '{ User: { enabled: false } }',
	});
	canvas.chain('Have an Account', 'Still Enabled', 'Disable');
	return last;
}
