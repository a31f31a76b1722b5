import assert from 'node:assert/strict';

import type { Report } from '../../nodes/LmsSync/report/summary';
import type { Execution } from '../n8n/execution';
import { openForm, plain, submitForm } from '../n8n/forms';
import type { Checks } from './checks';
import { someOf } from './staff';
import type { Stage } from './stage';
import { APPROVAL } from './templateNames';

export interface Approval {
	/** The file of the template. */
	template: string;
	/** How the sandbox knows that somebody's access has ended. */
	hasAccess(id: number): boolean;
	/** What ends access. */
	ending: string;
}

const YES = 'Carry out what can be approved';
const NO = 'Leave it held';

/** More leavers than a run may end: a person decides, and exactly what they saw is done. */
export async function approvals(checks: Checks, stage: Stage, approval: Approval): Promise<void> {
	const { sandbox, company, n8n } = stage;
	const { personio } = sandbox;
	const { template, hasAccess, ending } = approval;
	const { id } = stage.template(template);
	const leavers = someOf(stage, 5);
	const [withdrawn, ...others] = leavers as [number, ...number[]];
	const end = (ids: number[], terminationDate: string | null) =>
		ids.forEach((each) => personio.change(each, { terminationDate }));
	let waiting: Execution | undefined;

	await checks.run(
		'more leavers than the limit: the run waits for an answer, and nobody loses access',
		async () => {
			await stage.setParameters(template, 'Plan Sync', { dryRun: false, ...planLike(stage, template) });
			end(leavers, company.day(-1));
			waiting = await stage.triggered(id);
			assert.equal(waiting.status, 'waiting', waiting.describe());
			assert.deepEqual(
				stage.writes().filter((write) => write.startsWith(ending)),
				[],
			);
			const report = reportOf(waiting, 'Report on Run');
			assert.equal(
				report.held.filter(({ code }) => code === 'limitExceeded').length,
				leavers.length,
				report.text,
			);
			return report.text.split('\n')[0];
		},
	);
	await checks.run('the form shows the approver whom it is about, and why they are held', async () => {
		const page = await openForm(formUrlOf(stage, waiting));
		assert.equal(page.title, 'Approve held changes');
		assert.deepEqual(
			page.fields.filter(({ kind }) => kind !== 'html').map(({ label }) => label),
			['Decision', 'Your Name'],
		);
		const text = [page.text, ...page.fragments.map(plain)].join('\n');
		for (const { lastName } of leavers.map((each) => company.get(each))) {
			assert.ok(text.includes(lastName), `${lastName} is not in ${JSON.stringify(text)}`);
		}
		assert.match(text, /would end the access of 5 people/);
		return JSON.stringify(text);
	});
	await checks.run(
		'approved: exactly those lose access, but for one whose notice was withdrawn',
		async () => {
			end([withdrawn], null);
			stage.clearCalls();
			const page = await openForm(formUrlOf(stage, waiting));
			await submitForm(page, { Decision: YES, 'Your Name': 'Petra Prüfer' });
			const done = await n8n.client.finished(waiting?.id ?? '');
			assert.equal(done.status, 'success', done.describe());
			assert.deepEqual(stage.writes(), Array(others.length).fill(ending));
			assert.equal(hasAccess(withdrawn), true);
			for (const each of others) assert.equal(hasAccess(each), false);
			const report = reportOf(done, 'Report on Approval');
			assert.equal(report.outcomes.done, others.length);
			const refused = report.held.filter(({ code }) => code === 'factsMoved');
			assert.equal(refused.length, 1);
			assert.match(refused[0]?.message ?? '', /the termination date was .* and is empty/);
			const approved = done
				.itemsOf('Approve Held Decisions')
				.map(({ json }) => (json.decision as { approved?: { by: string } }).approved?.by);
			assert.ok(approved.includes('Petra Prüfer'));
			return JSON.stringify(report.text);
		},
	);
	await checks.run('answered with "Leave it held", nothing changes', async () => {
		await n8n.client.unpublish(id);
		const more = someOf(stage, 4);
		end(more, company.day(-1));
		const execution = await stage.triggered(id);
		assert.equal(execution.status, 'waiting', execution.describe());
		await submitForm(await openForm(formUrlOf(stage, execution)), {
			Decision: NO,
			'Your Name': 'Petra Prüfer',
		});
		const done = await n8n.client.finished(execution.id);
		await n8n.client.unpublish(id);
		end(more, null);
		assert.equal(done.status, 'success', done.describe());
		assert.deepEqual(stage.writes(), []);
		assert.deepEqual(done.executedNodes.filter((name) => name.includes('Approv')).sort(), [
			'Anything to Approve?',
			'Approved?',
			'Mail the Approver',
		]);
		for (const each of more) assert.equal(hasAccess(each), true);
	});
}

/** What nobody can approve still has to reach somebody. */
export async function oddWithoutApproval(checks: Checks, stage: Stage, template: string): Promise<void> {
	await checks.run(
		'half of the people are missing: nothing can be approved, so the run stops with an alert',
		async () => {
			const { personio } = stage.sandbox;
			const hide = () => {
				for (let index = 0; index < 17; index++) personio.unlisted.add(stage.company.person(2 * index));
			};
			const { writes, report } = await stage.scheduled(template, hide, 'alert');
			personio.unlisted.clear();
			assert.deepEqual(writes, []);
			return report.alerts.map(({ code }) => code).join(', ');
		},
	);
}

export async function learnUponApprovals(checks: Checks, stage: Stage): Promise<void> {
	const { users } = stage.sandbox.learnUpon;
	await approvals(checks, stage, {
		template: APPROVAL,
		ending: 'PUT /users/:id enabled',
		hasAccess: (id) =>
			[...users.values()].some(({ enabled, custom }) => enabled && custom['Personio ID'] === String(id)),
	});
}

/** On 360Learning the checks are about departments alone. */
const planLike = (stage: Stage, template: string) =>
	template.includes('360learning') && stage.company.platform === 'threeSixtyLearning'
		? { groupLevels: { level: [{ field: 'department' }] } }
		: {};

const reportOf = (execution: Execution, node: string): Report =>
	execution.itemsOf(node)[0]?.json as unknown as Report;

/** Where the mail to the approver leads. */
function formUrlOf({ n8n }: Stage, execution: Execution | undefined): string {
	const run = execution?.runsOf('Wait for the Answer')[0];
	assert.ok(execution && run, 'The execution waits for no form.');
	// n8n 1.x does not note the address, which is the same for all executions but for their id.
	const { resumeFormUrl = `${n8n.url}/form-waiting/${execution.id}` } = (run.metadata ?? {}) as {
		resumeFormUrl?: string;
	};
	return resumeFormUrl;
}
