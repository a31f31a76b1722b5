import assert from 'node:assert/strict';

import type { UndoFile } from '../../nodes/LmsSync/sync/deeds';
import { openForm, submitForm } from '../n8n/forms';
import type { Checks } from './checks';
import type { Run, Stage } from './stage';
import { otherDepartment } from './staff';
import { SYNC, UNDO } from './templateNames';

/** What the LMS knows of people, without the ids of what is deleted and made anew. */
function stateOf({ sandbox: { learnUpon } }: Stage) {
	const { users, invites, memberships } = learnUpon.snapshot();
	return {
		users,
		invites: invites.filter(({ status }) => status === 'sent'),
		memberships: memberships.map(({ groupId, userId }) => `${groupId} ${userId}`).sort(),
	};
}

/** A run with every kind of change, and the way back by the form of the template. */
export async function undoing(checks: Checks, stage: Stage): Promise<void> {
	const { personio } = stage.sandbox;
	const { company } = stage;
	const before = stateOf(stage);
	const people = [1, 2, 3, 4, 5].map((index) => ({ ...company.get(company.person(index)) }));
	let joiner = 0;
	let run: Run | undefined;
	let file: Buffer | undefined;

	await checks.run('a run with six kinds of changes leaves an undo file', async () => {
		const [named, readdressed, moved, leaving, left] = people.map(({ id }) => id) as [
			number,
			number,
			number,
			number,
			number,
		];
		personio.change(named, { lastName: 'Irrtum' });
		personio.change(readdressed, { email: 'irrtum@nordhafen-new.example' });
		personio.change(moved, { department: otherDepartment(stage, moved) });
		personio.change(leaving, { terminationDate: company.day(20) });
		personio.change(left, { terminationDate: company.day(-1) });
		joiner = personio.hire({
			firstName: 'Ida',
			lastName: 'Irrtum',
			email: 'ida.irrtum@nordhafen-new.example',
			status: 'active',
			department: company.get(named).department,
		}).id;
		run = await stage.run(SYNC);
		assert.deepEqual(run.report.failed, []);
		const binary = run.execution.itemsOf('Report on Run')[0]?.binary?.reportUndo;
		assert.ok(binary);
		file = await stage.n8n.client.binary(binary);
		const { done } = JSON.parse(file.toString()) as UndoFile;
		assert.equal(done.length, 6);
		return `${run.writes.join(', ')}; ${binary.fileName}, ${file.length} bytes`;
	});
	await checks.run('the undo form, with dry run on, shows the way back and changes nothing', async () => {
		const changed = stateOf(stage);
		const page = await undoByForm(stage, UNDO, file);
		assert.deepEqual(stage.writes(), []);
		assert.deepEqual(stateOf(stage), changed);
		assert.match(page.title, /^DRY RUN/);
		assert.match(page.text, /4 to update/);
		assert.match(page.text, /What else to know[^]*The invitation mail was sent, and nobody can take it back/);
		return JSON.stringify(page.text);
	});
	await checks.run('a file that is none changes nothing, and the form says so', async () => {
		const page = await undoByForm(stage, UNDO, Buffer.from('{"format":"something else"}'));
		assert.equal(page.title, 'Nothing was changed');
		assert.match(page.text, /is no undo file/);
		assert.deepEqual(stage.writes(), []);
		return JSON.stringify(page.text);
	});
	await checks.run('with dry run off it puts everything back', async () => {
		await stage.setParameters(UNDO, 'Plan the Way Back', { dryRun: false });
		const page = await undoByForm(stage, UNDO, file);
		const writes = stage.writes();
		assert.deepEqual(stateOf(stage), before);
		assert.match(page.text, /4 updated/);
		return `${writes.join(', ')}; ${JSON.stringify(page.text)}`;
	});
	await checks.run('a second time there is nothing left to take back', async () => {
		const page = await undoByForm(stage, UNDO, file);
		assert.deepEqual(stage.writes(), []);
		assert.deepEqual(stateOf(stage), before);
		return JSON.stringify(page.text);
	});
	await checks.run('with the cause put right in Personio, the next sync finds nothing to do', async () => {
		for (const { id, lastName, email, department } of people) {
			personio.change(id, { lastName, email, department, terminationDate: null });
		}
		personio.remove(joiner);
		const { writes } = await stage.run(SYNC);
		assert.deepEqual(writes, []);
	});
}

/** Publishes the template, gives its form the file, and reads the page at the end. */
export async function undoByForm(stage: Stage, template: string, file: Buffer | undefined) {
	assert.ok(file, 'There is no undo file.');
	return await stage.withForm(template, async (url) => {
		stage.clearCalls();
		const page = await openForm(url);
		const answers = { 'Undo File': { fileName: 'personio-sync-undo.json', content: file as Buffer } };
		const end = await submitForm(page, answers);
		assert.ok(end?.isEnd, 'The form does not end with a page.');
		return end;
	});
}
