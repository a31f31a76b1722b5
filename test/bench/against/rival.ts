/**
 * What a careful user builds instead, of n8n's own nodes: see README.md. `npx tsx test/bench/against/rival.ts`
 * prints the workflow as a file to import.
 */
import type { WorkflowJson } from '../../n8n/workflow';
import type { Scaled } from './rivalCalls';
import { Canvas, fields, TYPES } from './rivalNodes';
import { groups, people, readEmployees, readPortal } from './rivalReads';
import { invitations, leavers, memberships, updates } from './rivalWrites';

export interface RivalSettings {
	personioUrl: string;
	learnUponUrl: string;
	/** By so much all pauses are shortened: 1 in real life. */
	timeScale: number;
}

export function rival({ personioUrl, learnUponUrl, timeScale }: RivalSettings): WorkflowJson {
	const canvas = new Canvas();
	const scaled: Scaled = (ms) => Math.max(1, Math.round(ms / timeScale));

	canvas.add('On Schedule', TYPES.schedule, [0, 0], {
		rule: { interval: [{ field: 'cronExpression', expression: '0 0 * * * *' }] },
	});
	canvas.add('By Hand', TYPES.manual, [0, 2]);
	canvas.add(
		'Settings',
		TYPES.set,
		[1, 0],
		fields({ personio: ['string', `'${personioUrl}'`], learnUpon: ['string', `'${learnUponUrl}'`] }),
	);
	canvas.chain('On Schedule', 'Settings');
	canvas.chain('By Hand', 'Settings');
	readEmployees(canvas, scaled);
	readPortal(canvas, scaled);
	groups(canvas, scaled);
	people(canvas);
	const writes = [
		invitations(canvas, scaled),
		updates(canvas, scaled),
		memberships(canvas, scaled),
		leavers(canvas, scaled),
	];
	canvas.add('Left Out', TYPES.merge, [16, 4], { mode: 'append', numberInputs: writes.length });
	writes.forEach((name, input) => canvas.wire(name, 'Left Out', { output: 1, input }));
	canvas.add(
		'Stop with an Error',
		TYPES.stop,
		[17, 4],
		{ errorMessage: '={{ $input.all().length }} changes failed twice and are left to the next run.' },
		{ executeOnce: true },
	);
	canvas.chain('Left Out', 'Stop with an Error');
	const { nodes, connections } = canvas;
	return { name: 'Personio to LearnUpon', nodes, connections, settings: { executionOrder: 'v1' } };
}

if (require.main === module) {
	const settings = {
		personioUrl: 'https://api.personio.de',
		learnUponUrl: 'https://example.learnupon.com',
		timeScale: 1,
	};
	console.log(JSON.stringify(rival(settings), null, 2));
}
