import type { INode } from 'n8n-workflow';

import type { UndoFile } from '../../nodes/LmsSync/sync/deeds';
import type { Decision, Employee, HeldDecision, RunSummary, SyncItem } from '../../nodes/shared/item';
import { startSandbox, type Sandbox } from '../sandbox';
import { day } from '../safety/company';
import { live } from '../safety/live';
import { withoutPace } from './pace';
import { engineFor } from '../safety/world';
import type { PlatformName } from '../scenarios/company';
import { PACKAGE, type Engine } from './harness';

/** What a limit has held, let go by a person: by the built nodes, against both platforms. */

jest.setTimeout(180_000);

let unhurried: () => void;
beforeAll(() => {
	unhurried = withoutPace();
});
afterAll(() => unhurried());

const NAMES = ['Anna', 'Ben', 'Cleo'];
const addressOf = (name: string) => `${name.toLowerCase()}@example.com`;

describe.each(['learnUpon', 'threeSixtyLearning'] as const)('in %s', (platform: PlatformName) => {
	let sandbox: Sandbox;
	let engine: Engine;
	const plan = (over: object = {}): INode['parameters'] => ({
		platform,
		dryRun: false,
		...(platform === 'threeSixtyLearning' && { rootGroup: sandbox.threeSixtyLearning.syncRoot }),
		...over,
	});
	const run = async (over: object = {}) => await live(engine, { plan: plan(over) });
	const idOf = (name: string) =>
		[...sandbox.personio.people.values()].find(({ firstName }) => firstName === name)?.id ?? 0;

	beforeEach(async () => {
		sandbox = await startSandbox({ company: 'empty', rateLimits: false });
		engine = await engineFor(sandbox);
		sandbox.learnUpon.addUser({ email: 'admin@portal.example', userType: 'admin' });
		for (const firstName of NAMES) {
			sandbox.personio.hire({
				firstName,
				lastName: 'Example',
				email: addressOf(firstName),
				hireDate: '2020-01-01',
				department: 'Sales',
			});
		}
		await run({ newLearners: 'create' });
	});
	afterEach(async () => await sandbox.close());

	const isOpen = (email: string): boolean =>
		platform === 'learnUpon'
			? [...sandbox.learnUpon.users.values()].some((user) => user.email === email && user.enabled)
			: [...sandbox.threeSixtyLearning.users.values()].some(
					(user) => user.mail === email && user.status === 'active',
				);

	/** Anna is leaving, and a limit of none holds the end of her access. */
	async function heldLeaver(): Promise<SyncItem> {
		sandbox.personio.change(idOf('Anna'), { terminationDate: day(-1) });
		const { planned } = await run({ limits: { maxDeactivations: 0 } });
		const held = planned.find(({ employee }) => employee?.firstName === 'Anna');
		expect(held?.decision).toMatchObject({
			action: 'hold',
			hold: { code: 'limitExceeded' },
			withheld: 'deactivate',
		});
		expect(isOpen(addressOf('Anna'))).toBe(true);
		return held as SyncItem;
	}

	async function approved(items: SyncItem[]): Promise<SyncItem[]> {
		const node = { parameters: { resource: 'run', operation: 'approve', approvedBy: 'Jane Doe' } };
		const { outputs, error } = await engine.run(node, items);
		if (error) throw error;
		return (outputs[0] ?? []).map(({ json }) => json as unknown as SyncItem);
	}

	async function step(operation: string, items: SyncItem[], over: Partial<INode> = {}): Promise<SyncItem[]> {
		const node = { parameters: { platform, resource: 'learner', operation }, ...over };
		const { outputs, error } = await engine.run(node, items);
		if (error) throw error;
		return (outputs[0] ?? []).map(({ json }) => json as unknown as SyncItem);
	}

	const writes = () => sandbox[platform].writes().map(({ method, path }) => `${method} ${path}`);

	it('carries out the end of access that was approved, and says who has approved it', async () => {
		const held = await heldLeaver();
		const [result] = await step('deactivate', await approved([held]));
		expect(result?.outcomes).toMatchObject([{ step: 'deactivate', status: 'done' }]);
		expect(result?.decision).toMatchObject({ approved: { by: 'Jane Doe', code: 'limitExceeded' } });
		expect(isOpen(addressOf('Anna'))).toBe(false);
		for (const name of ['Ben', 'Cleo']) expect(isOpen(addressOf(name))).toBe(true);
	});

	it('leaves an undo file, though no summary of the plan arrives with what was approved', async () => {
		const held = await heldLeaver();
		const results = await step('deactivate', await approved([held]));
		const node = { parameters: { platform, resource: 'run', operation: 'report' } };
		const { outputs } = await engine.run(node, results);
		const [report] = outputs[0] ?? [];
		expect(report?.json.title).toMatch(/^Approved for /);
		const file = JSON.parse(
			Buffer.from(report?.binary?.reportUndo?.data ?? '', 'base64').toString('utf8'),
		) as UndoFile;
		expect(file.done.map(({ action, learner }) => `${action} ${learner.email}`)).toEqual([
			`deactivate ${addressOf('Anna')}`,
		]);
		const parameters = { platform, resource: 'run', operation: 'undo', dryRun: false };
		const back = await engine.run({ parameters }, [file]);
		expect(back.error).toBeUndefined();
		await step(
			'upsert',
			(back.outputs[0] ?? []).map(({ json }) => json as unknown as SyncItem),
		);
		expect(isOpen(addressOf('Anna'))).toBe(true);
	});

	it('does nothing without the approval', async () => {
		const held = await heldLeaver();
		sandbox[platform].clearCalls();
		await step('deactivate', [held]);
		expect(writes()).toEqual([]);
		expect(isOpen(addressOf('Anna'))).toBe(true);
	});

	const account = () =>
		[...sandbox.learnUpon.users.values()].find(({ email }) => email === addressOf('Anna'));
	const account360 = () =>
		[...sandbox.threeSixtyLearning.users.values()].find(({ mail }) => mail === addressOf('Anna'));

	it.each([
		[
			'Personio has withdrawn the termination',
			() => sandbox.personio.change(idOf('Anna'), { terminationDate: null }),
			/the termination date was .* and is empty/,
		],
		[
			'Personio has moved the termination',
			() => sandbox.personio.change(idOf('Anna'), { terminationDate: day(90) }),
			/the termination date was .* and is \d/,
		],
		[
			"the person's status has changed",
			() => sandbox.personio.change(idOf('Anna'), { status: 'leave' }),
			/the status was active and is leave/,
		],
		[
			'Personio has no such employee any more',
			() => sandbox.personio.remove(idOf('Anna')),
			/Personio has no employee/,
		],
		[
			'Personio cannot be asked',
			() => sandbox.personio.misbehave({ match: { path: '/v1/company/employees/*' }, do: { status: 500 } }),
			/Personio could not be asked/,
		],
		[
			'the account was ended by somebody else',
			() => {
				const user = account();
				if (platform === 'learnUpon' && user) user.enabled = false;
				else sandbox.threeSixtyLearning.deleteUser(account360()?._id ?? '');
			},
			/account was active and is inactive/,
		],
		[
			'the account has another address',
			() => {
				const [user, other] = [account(), account360()];
				if (platform === 'learnUpon' && user) user.email = 'moved@example.com';
				else if (other) other.mail = 'moved@example.com';
			},
			/e-mail was anna@example.com and is moved@example.com/,
		],
		[
			'the account carries the id of somebody else',
			() => {
				const user = account();
				if (platform === 'learnUpon' && user) user.custom['Personio ID'] = '4711';
				const { externalIds } = sandbox.threeSixtyLearning;
				const link = externalIds.ofTarget('personio-n8n', account360()?._id ?? '');
				if (link) externalIds.set(link._id, { ...link, value: '4711' });
			},
			/Personio ID was \d+ and is 4711/,
		],
		[
			'the account ends on another day',
			() => {
				const [user, other] = [account(), account360()];
				if (platform === 'learnUpon' && user) user.accountExpires = day(40);
				else if (other) other.toBeDeactivatedAt = `${day(41)}T12:00:00.000Z`;
			},
			/last day of access was empty and is/,
		],
		[
			'the account is gone',
			() => {
				sandbox.learnUpon.users.delete(account()?.id ?? 0);
				sandbox.threeSixtyLearning.users.delete(account360()?._id ?? '');
			},
			/the account anna@example.com is gone/,
		],
	])('refuses it where %s meanwhile', async (_, change, message) => {
		const held = await heldLeaver();
		const items = await approved([held]);
		change();
		sandbox[platform].clearCalls();
		const [result] = await step('deactivate', items);
		expect(result?.decision).toMatchObject({
			action: 'hold',
			hold: { code: 'factsMoved', message: expect.stringMatching(message) },
		});
		expect(result?.outcomes ?? []).toEqual([]);
		expect(writes()).toEqual([]);
	});

	it('refuses it with a clear sentence where the step has no Personio credential', async () => {
		const held = await heldLeaver();
		const items = await approved([held]);
		const type = platform === 'learnUpon' ? 'learnUponApi' : 'threeSixtyLearningApi';
		sandbox[platform].clearCalls();
		const [result] = await step('deactivate', items, { credentials: { [type]: { id: type, name: type } } });
		expect(result?.decision).toMatchObject({
			action: 'hold',
			hold: { code: 'factsMoved', message: expect.stringMatching(/has no Personio credential/) },
		});
		expect(writes()).toEqual([]);
		expect(isOpen(addressOf('Anna'))).toBe(true);
	});

	describe('an invitation', () => {
		const invitations = (): number =>
			platform === 'learnUpon'
				? [...sandbox.learnUpon.invites.values()].filter(({ email }) => email === 'new@example.com').length
				: sandbox.threeSixtyLearning.mails.filter(
						({ to, kind }) => to === 'new@example.com' && kind === 'invitation',
					).length;

		async function heldInvitation(): Promise<SyncItem> {
			sandbox.personio.hire({ firstName: 'New', lastName: 'Starter', email: 'new@example.com' });
			const { planned } = await run({ limits: { maxInvitations: 0 } });
			const held = planned.find(({ employee }) => employee?.email === 'new@example.com');
			expect(held?.decision).toMatchObject({ action: 'hold', withheld: 'invite' });
			expect(invitations()).toBe(0);
			return held as SyncItem;
		}

		it('that was approved is sent', async () => {
			const [result] = await step('invite', await approved([await heldInvitation()]));
			expect(result?.outcomes).toMatchObject([{ status: 'done' }]);
			expect(invitations()).toBe(1);
		});

		it('that was approved twice is sent once', async () => {
			const items = await approved([await heldInvitation()]);
			await step('invite', items);
			const [again] = await step('invite', items);
			expect(again?.outcomes?.map(({ status }) => status)).not.toContain('done');
			expect(invitations()).toBe(1);
		});

		it('is not sent a second time to somebody whom another run has invited meanwhile', async () => {
			const items = await approved([await heldInvitation()]);
			await run({ limits: { maxInvitationPercent: 100 } });
			expect(invitations()).toBe(1);
			const [result] = await step('invite', items);
			expect(result?.outcomes?.map(({ status }) => status) ?? []).not.toContain('done');
			expect(invitations()).toBe(1);
		});

		it('is not sent to somebody who has been invited and has accepted meanwhile', async () => {
			const items = await approved([await heldInvitation()]);
			await run({ limits: { maxInvitationPercent: 100 } });
			sandbox.learnUpon.acceptAllInvites();
			sandbox.threeSixtyLearning.acceptAllInvitations();
			await step('invite', items);
			expect(invitations()).toBe(1);
			expect(isOpen('new@example.com')).toBe(true);
		});

		it('is not sent to somebody who has left meanwhile', async () => {
			const items = await approved([await heldInvitation()]);
			sandbox.personio.change(idOf('New'), { status: 'inactive' });
			const [result] = await step('invite', items);
			expect(result?.decision).toMatchObject({ action: 'hold', hold: { code: 'factsMoved' } });
			expect(invitations()).toBe(0);
		});
	});

	describe('the end of somebody whom Personio did not list', () => {
		/** Anna is gone from Personio for two runs, and a limit of none holds the end of her access. */
		async function heldMissing(): Promise<{ held: SyncItem; back: () => void }> {
			const id = idOf('Anna');
			const person = sandbox.personio.people.get(id);
			sandbox.personio.remove(id);
			const { planned } = await run({ options: { missingRuns: 1 }, limits: { maxDeactivations: 0 } });
			const held = planned.find(({ learner }) => learner?.email === addressOf('Anna'));
			expect(held?.decision).toMatchObject({ hold: { code: 'limitExceeded' }, withheld: 'deactivate' });
			const back = () => person && sandbox.personio.people.set(id, person);
			return { held: held as SyncItem, back };
		}

		it('is carried out if they are still gone', async () => {
			const { held } = await heldMissing();
			const [result] = await step('deactivate', await approved([held]));
			expect(result?.outcomes).toMatchObject([{ status: 'done' }]);
		});

		it('is refused if they are there again', async () => {
			const { held, back } = await heldMissing();
			const items = await approved([held]);
			back();
			sandbox[platform].clearCalls();
			const [result] = await step('deactivate', items);
			expect(result?.decision).toMatchObject({
				hold: { code: 'factsMoved', message: expect.stringMatching(/Personio knows employee \d+ again/) },
			});
			expect(writes()).toEqual([]);
		});

		it('is refused if the plan is old, and they are there again', async () => {
			const { held, back } = await heldMissing();
			back();
			const decidedAt = new Date(Date.now() - 3_600_000).toISOString();
			const { hold: _, withheld: __, ...rest } = held.decision as HeldDecision;
			const decision = { ...rest, action: 'deactivate' as const, decidedAt };
			await step('deactivate', [{ ...held, decision }]);
			expect(isOpen(addressOf('Anna'))).toBe(true);
		});
	});

	it('refuses an approval of a plan from the day before yesterday', async () => {
		const held = await heldLeaver();
		const decidedAt = new Date(Date.now() - 2 * 86_400_000).toISOString();
		const items = await approved([{ ...held, decision: { ...held.decision, decidedAt } as HeldDecision }]);
		const [result] = await step('deactivate', items);
		expect(result?.decision).toMatchObject({
			hold: { code: 'factsMoved', message: expect.stringMatching(/more than 24 hours ago/) },
		});
		expect(isOpen(addressOf('Anna'))).toBe(true);
	});

	it('asks Personio for nothing that an item claims beside what the decision rests on', async () => {
		const held = await heldLeaver();
		const employee = { ...held.employee, custom: { dynamic_4711: 1, fix_salary: 2 } } as unknown as Employee;
		sandbox.personio.clearCalls();
		await step('deactivate', await approved([{ ...held, employee }]));
		const asked = sandbox.personio.calls.flatMap(({ query }) => query.getAll('attributes[]'));
		expect(asked).toContain('termination_date');
		expect(asked.filter((name) => /salary|dynamic/.test(name))).toEqual([]);
	});

	it('does not carry out in one portal what was decided for another', async () => {
		sandbox.personio.change(idOf('Anna'), { terminationDate: day(-1) });
		const { planned } = await run({ dryRun: true, limits: { maxDeactivationPercent: 100 } });
		const found = planned.find(({ employee }) => employee?.firstName === 'Anna');
		const decision = { ...found?.decision, dryRun: false, portal: 'other.example' } as Decision;
		const node = { parameters: { platform, resource: 'learner', operation: 'deactivate' } };
		const { error } = await engine.run(node, [{ ...found, decision }]);
		expect(error?.message).toMatch(/about other\.example, and the credential of this step is for/);
		expect(isOpen(addressOf('Anna'))).toBe(true);
	});

	describe('employees who were read days ago', () => {
		const DAYS_AGO = new Date(Date.now() - 5 * 86_400_000).toISOString();

		async function planOf(over: object) {
			const read = {
				type: `${PACKAGE}.personio`,
				parameters: { resource: 'employee', operation: 'getAll', returnAll: true },
			};
			const { outputs } = await engine.run(read, [{}]);
			const items = (outputs[0] ?? []).map(({ json }) => ({
				...json,
				roster: { ...(json.roster as object), readAt: DAYS_AGO },
			}));
			const parameters = { resource: 'run', operation: 'plan', ...plan(over) };
			return await engine.run({ parameters }, items);
		}

		it('are refused by a live run', async () => {
			const { error } = await planOf({});
			expect(error?.message).toMatch(/were read at .* UTC, 120 hours before this plan/);
			expect(error?.description).toMatch(/Start the workflow anew/);
		});

		it('are held in a dry run', async () => {
			const { outputs } = await planOf({ dryRun: true });
			const run = (outputs[3] ?? []).find(({ json }) => json.run)?.json.run as unknown as RunSummary;
			expect(run.roster.gaps?.map(({ code }) => code)).toEqual(['tooOld']);
		});
	});
});
