import { hold } from '../../../nodes/LmsSync/sync/parts';
import { summarise } from '../../../nodes/LmsSync/report/summary';
import type { HeldDecision, HoldCode, SyncItem } from '../../../nodes/shared/item';
import { anEmployee } from '../sync/builders';

/** What the form of an approval shows. */

const LEAVING = [{ field: 'status', from: 'active', to: 'inactive' }];

function heldFor(
	number: number,
	over: Partial<HeldDecision> & { code?: HoldCode; firstName?: string } = {},
): SyncItem {
	const { code = 'limitExceeded', firstName = `First${number}`, withheld = 'deactivate', ...rest } = over;
	const decision = {
		reason: '',
		changes: LEAVING,
		invite: false,
		groups: { add: [], remove: [] },
		dryRun: false,
		...rest,
	};
	const held = hold(decision, withheld, code, 'More than the limit.');
	return { employee: anEmployee(number, { firstName }), decision: held };
}

const requestFor = (...items: SyncItem[]) => summarise(items).report.approval;

it('is empty where nobody can let anything go', () => {
	expect(requestFor(heldFor(1, { code: 'missing', withheld: 'none', changes: [] }))).toEqual({
		count: 0,
		html: '',
	});
});

it('names everybody, what would be done, and how many there are', () => {
	const { count, html } = requestFor(
		heldFor(1),
		heldFor(2, { withheld: 'groups', changes: [], groups: { add: [], remove: [{ name: 'Sales' }] } }),
		heldFor(3, { withheld: 'fields', changes: [{ field: 'email', from: 'a@x.example', to: 'b@x.example' }] }),
		heldFor(4, { code: 'noEmail', withheld: 'none', changes: [] }),
	);
	expect(count).toBe(3);
	expect(html).toContain('3 decisions to be let go');
	expect(html).toMatch(/<br>• First1 [^<]*: the end of access<br>/);
	expect(html).toContain('leaving groups (&quot;Sales&quot;)');
	expect(html).toContain('the fields below (a@x.example → b@x.example)');
	expect(html).toContain('1 other cannot be approved here');
});

it('shows thousands of them', () => {
	const { count, html } = requestFor(...Array.from({ length: 3000 }, (_, index) => heldFor(index + 1)));
	expect(count).toBe(3000);
	expect(html.match(/<br>• /g)).toHaveLength(3000);
});

it.each(['Ann <!--', '<script>', '<textarea>', '<img src=https://evil.example/x>', '</strong><p>Checked'])(
	'hides nobody behind the name %s',
	(firstName) => {
		const { html } = requestFor(heldFor(1, { firstName }), heldFor(2));
		expect(html).not.toContain(firstName);
		expect(html).toContain('First2');
		expect(html.replace(/<\/?(br|strong)>/g, '')).not.toContain('<');
	},
);

describe('a plan that did not come about', () => {
	it('is an alert', () => {
		const { alerts, needsAttention, success } = summarise([{ error: 'LearnUpon answered HTTP 401.' }]).report;
		expect(alerts).toEqual([{ code: 'runFailed', message: 'LearnUpon answered HTTP 401.' }]);
		expect({ needsAttention, success }).toEqual({ needsAttention: true, success: false });
	});

	it('is not confused with a person who failed', () => {
		const { alerts } = summarise([{ ...heldFor(1), error: 'Refused.' }]).report;
		expect(alerts).toEqual([]);
	});
});
