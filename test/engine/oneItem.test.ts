import type { Decision } from '../../nodes/shared/item';
import { companyOf } from '../sandbox';
import { PACKAGE } from './harness';
import { startStage, type Stage } from './start';
import { sync } from './sync';

let stage: Stage;
afterEach(async () => await stage.close());

const PLAN = {
	platform: 'learnUpon',
	groupLevels: { level: [{ field: 'department' }] },
	createMissingGroups: true,
};

describe('a read that puts out one item for all', () => {
	it('leads to the same plan', async () => {
		stage = await startStage({ company: companyOf(250) });
		const [each, one] = [
			await sync(stage.engine, PLAN, { output: 'each' }),
			await sync(stage.engine, PLAN, { output: 'one' }),
		];
		const decided = ({ upsert, deactivate, held }: typeof each) =>
			[...upsert, ...deactivate, ...held].map(({ employee, decision }) => {
				const { decidedAt: _, ...rest } = decision as Decision & { decidedAt?: string };
				return { employee, decision: rest };
			});
		expect(decided(one)).toEqual(decided(each));
		expect(one.upsert.length).toBeGreaterThan(200);
		expect(one.run.roster).toMatchObject({ complete: true, count: 250, scope: 'all' });
	});

	it('is one item for nobody too, which holds everything back', async () => {
		stage = await startStage({ company: 'empty' });
		const { run } = await sync(stage.engine, PLAN, { output: 'one' });
		expect(run.roster).toMatchObject({ complete: false, count: 0 });
	});

	it.each([
		['lost a row', (rows: string[]) => rows.slice(1), /were read and 33 arrived at the plan/],
		['was spoilt', (rows: string[]) => [...rows, 'x'], /are not employees/],
	])('is not trusted where it %s on the way', async (_how, change, sentence) => {
		stage = await startStage();
		const read = { resource: 'employee', operation: 'getAll', returnAll: true, output: 'one' };
		const { outputs } = await stage.engine.run({ type: `${PACKAGE}.personio`, parameters: read }, [{}]);
		const json = structuredClone(outputs[0]?.[0]?.json) as { employees: { rows: string[] } };
		json.employees.rows = change(json.employees.rows);
		const plan = { name: 'Plan', parameters: { resource: 'run', operation: 'plan', ...PLAN } };
		const { error, outputs: planned } = await stage.engine.chain([plan], [json]);
		const said = error?.message ?? JSON.stringify(planned[3]);
		expect(said).toMatch(sentence);
	});
});

describe('many invitations', () => {
	it('are made with lists that are read once, and everybody gets one', async () => {
		stage = await startStage({ company: companyOf(120) });
		const { learnUpon } = stage.sandbox;
		const { upsert, outcomes } = await sync(stage.engine, { ...PLAN, dryRun: false }, { output: 'one' });
		const invitations = learnUpon.writes().filter(({ path }) => path.endsWith('/portal_invite'));
		expect(invitations).toHaveLength(upsert.length);
		expect(outcomes.every(({ status }) => status === 'done')).toBe(true);
		const addresses = invitations.map(({ body }) => (body as { Invite: { email: string } }).Invite.email);
		expect(new Set(addresses).size).toBe(upsert.length);
		expect(learnUpon.calls.filter(({ path }) => path.endsWith('/users/search'))).toEqual([]);
		const groups = learnUpon.writes().filter(({ path }) => path.endsWith('/groups'));
		expect(groups.length).toBe(new Set(groups.map(({ body }) => JSON.stringify(body))).size);
	});
});
