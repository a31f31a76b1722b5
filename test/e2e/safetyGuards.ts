import assert from 'node:assert/strict';

import type { Checks } from './checks';
import type { Run, Stage } from './stage';
import { departments, someOf, type Department } from './staff';
import { SYNC } from './templateNames';

const codesOf = ({ report }: Run): string[] =>
	report.held.map(({ code }) => code).filter((code) => code !== 'missing');

const useOf = ({ report }: Run, kind: string) => report.run?.limits.find((use) => use.kind === kind);

/** One leaver more in each run of a day: no run alone is large, and the day is. */
export async function slowLeak(checks: Checks, stage: Stage): Promise<void> {
	const { sandbox, company, n8n } = stage;
	const leavers = someOf(stage, 4);
	const leave = (index: number) => () => {
		sandbox.personio.change(leavers[index] as number, { terminationDate: company.day(-1) });
	};
	await checks.run('a slow leak: one leaver more in each scheduled run, three of 34 are let go', async () => {
		const writes: string[] = [];
		for (let index = 0; index < 3; index++) {
			if (index === 2) await n8n.restart();
			const run = await stage.scheduled(SYNC, leave(index), 'success');
			assert.equal(useOf(run, 'deactivations')?.before, index);
			writes.push(...run.writes);
		}
		assert.deepEqual(writes, Array(3).fill('PUT /users/:id enabled'));
		return 'n8n was restarted before the third, and remembers the first two';
	});
	await checks.run('the fourth is held, and the report tells of the day', async () => {
		const run = await stage.scheduled(SYNC, leave(3), 'success');
		assert.deepEqual(run.writes, []);
		assert.deepEqual(codesOf(run), ['limitExceeded']);
		assert.match(run.report.text, /after 3 within the 24 hours before it, and 3 are allowed/);
		return run.report.held.find(({ code }) => code === 'limitExceeded')?.message;
	});
	await checks.run('by hand, a live run knows what the scheduled ones did', async () => {
		const run = await stage.run(SYNC);
		const use = useOf(run, 'deactivations');
		assert.equal(use?.before, 3, JSON.stringify(use));
		assert.deepEqual(run.writes, []);
		sandbox.personio.change(leavers[3] as number, { terminationDate: null });
		return JSON.stringify(use);
	});
}

/** What the database keeps of a report is free of names, if the operator wants so. */
export async function pseudonyms(checks: Checks, stage: Stage): Promise<void> {
	await checks.run('with Pseudonymise on, the report and its files name nobody', async () => {
		const { personio, learnUpon } = stage.sandbox;
		await stage.setParameters(SYNC, 'Report on Run', { pseudonymise: true });
		personio.change(stage.company.person(1), { lastName: 'Geheim' });
		const { execution, report } = await stage.run(SYNC);
		personio.change(stage.company.person(1), { lastName: 'Wiederda' });
		await stage.run(SYNC);
		await stage.setParameters(SYNC, 'Report on Run', { pseudonymise: false });
		const [item] = execution.itemsOf('Report on Run');
		assert.ok(report.held.length > 0);
		const texts = [JSON.stringify(item)];
		for (const file of Object.values(item?.binary ?? {})) {
			texts.push((await stage.n8n.client.binary(file)).toString());
		}
		const names = [
			...[...personio.people.values()].flatMap(({ lastName, email }) => [lastName, email ?? '']),
			...[...learnUpon.users.values()].flatMap(({ lastName, email }) => [lastName ?? '', email]),
			'Geheim',
		].filter((name) => name.length > 3);
		for (const text of texts) {
			const found = names.filter((name) => new RegExp(`\\b${escape(name)}\\b`, 'u').test(text));
			assert.deepEqual(found, []);
		}
		return `${names.length} names and addresses looked for in ${Object.keys(item?.binary ?? {}).join(', ')} and the item; e.g. ${report.held[0]?.who}`;
	});
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A changed mapping takes nothing away before somebody has looked at it. */
export async function configurationGuard(checks: Checks, stage: Stage): Promise<void> {
	const [first, second] = departments(stage);
	const members = (department: Department | undefined) => department?.people.length ?? 0;
	const everyoneBut = async (department: Department | undefined) =>
		await stage.setParameters(SYNC, 'Plan Sync', {
			groupRules: {
				rule: [
					{ field: 'department', operator: 'notEquals', value: department?.name ?? '', group: 'Everyone' },
				],
			},
		});
	const removed = (run: Run) => run.writes.filter((write) => write.startsWith('DELETE /group_memberships'));

	await checks.run(
		'a changed group rule: the next live run holds what only the change takes away',
		async () => {
			await everyoneBut(first);
			const run = await stage.scheduled(SYNC, () => undefined, 'success');
			assert.deepEqual(run.writes, []);
			const held = codesOf(run).filter((code) => code === 'configurationChanged');
			assert.equal(held.length, members(first));
			return run.report.held.find(({ code }) => code === 'configurationChanged')?.message;
		},
	);
	await checks.run('by hand, a live run with the changed rule holds it as well', async () => {
		const run = await stage.run(SYNC);
		assert.deepEqual(removed(run), []);
		assert.ok(codesOf(run).includes('configurationChanged'));
	});
	await checks.run('the code that a dry run by hand names lets it go', async () => {
		await stage.setParameters(SYNC, 'Plan Sync', { dryRun: true });
		const preview = await stage.run(SYNC);
		assert.deepEqual(preview.writes, []);
		const code = preview.report.run?.configuration.code ?? '';
		assert.match(code, /^[\da-f]{4}-[\da-f]{4}$/);
		const page = preview.execution.itemsOf('Report on Run')[0]?.binary?.report;
		assert.ok(page);
		const html = (await stage.n8n.client.binary(page)).toString();
		assert.ok(html.includes(code), 'The page of the report does not name the code.');
		const options = { confirmedConfiguration: code };
		await stage.setParameters(SYNC, 'Plan Sync', { dryRun: false, options });
		const run = await stage.scheduled(SYNC, () => undefined, 'success');
		assert.equal(removed(run).length, members(first));
		return `${code}: ${run.writes.join(', ')}`;
	});
	await checks.run('instead of the code, a scheduled dry run will do', async () => {
		await everyoneBut(second);
		const before = await stage.scheduled(SYNC, () => undefined, 'success');
		assert.deepEqual(removed(before), []);
		assert.ok(codesOf(before).includes('configurationChanged'));
		await stage.setParameters(SYNC, 'Plan Sync', { dryRun: true });
		await stage.scheduled(SYNC, () => undefined, 'success');
		await stage.setParameters(SYNC, 'Plan Sync', { dryRun: false });
		const run = await stage.scheduled(SYNC, () => undefined, 'success');
		assert.equal(removed(run).length, members(second));
		return run.writes.join(', ');
	});
	await checks.run('a dry run by hand does not: it leaves nothing behind', async () => {
		await everyoneBut(first);
		await stage.setParameters(SYNC, 'Plan Sync', { dryRun: true, options: {} });
		await stage.run(SYNC);
		await stage.setParameters(SYNC, 'Plan Sync', { dryRun: false });
		const run = await stage.scheduled(SYNC, () => undefined, 'success');
		assert.deepEqual(removed(run), []);
		assert.equal(codesOf(run).filter((code) => code === 'configurationChanged').length, members(first));
		return 'as without it';
	});
	await checks.run('the rule as it was before is known, and needs no further look', async () => {
		await everyoneBut(second);
		const run = await stage.scheduled(SYNC, () => undefined, 'success');
		assert.equal(removed(run).length, members(second));
		assert.ok(!codesOf(run).includes('configurationChanged'));
	});
}
