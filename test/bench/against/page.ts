import { table } from '../table';
import { describeHarm } from './harm';
import { aboveIdle, median, targetsOf, type Results, type RunRow } from './results';

const MB = 1_000_000;
const count = (value: number) => value.toLocaleString('en-US');
const mega = (bytes: number) => (bytes / MB).toFixed(Math.abs(bytes) < 10 * MB ? 1 : 0);
const seconds = (value: number) => value.toFixed(value < 10 ? 1 : 0);

/** The whole report as a page of Markdown. */
export function pageOf(results: Results): string {
	const { machine, versions, timeScale } = results;
	return [
		'# Against a workflow of n8n’s own nodes',
		`Measured in n8n ${versions.n8n} on Node.js ${versions.nodeOfN8n}, package ${versions.package}, on ${machine.cores} cores (${machine.model}) and ${machine.memoryGb} GB, against the sandbox of this repository with its limits on, a minute of them lasting ${60 / timeScale} s. Made by \`npm run bench:against\`. What the other workflow does and does not do, and how all this is measured, stands in \`test/bench/against/README.md\`.`,
		'## Targets',
		targetTable(results),
		'## Runs',
		'Where a run was made more than once, the middle value of each column. *Package* is the shipped template with Dry Run off and two fields mapped, *rival* the workflow of n8n’s own nodes. Both have only `executionOrder: v1` in their settings, so n8n keeps every run; "not kept" is with `saveDataSuccessExecution: none` on both. Memory is that of n8n’s processes at the peak, above what they hold at rest. The growth of the database is that of its file, its log taken over; in brackets what is only marked as deleted and goes within hours.',
		runTable(results),
		'## Package to rival',
		'The same rows as ratios. CPU seconds are those of n8n’s processes, which other work of the machine hardly moves.',
		ratioTable(results),
		'## What is heavy in a kept run',
		'The output of each node in a run without a change: its length as JSON, and on its own in the notation of the database, in which equal texts count once.',
		...weightTables(results),
		'## After the same events',
		'Each event with the run that meets it and the next one, on both sides with the same company. *Status* is what n8n shows; *failed* is how many people the run itself says that it has failed for.',
		eventTable(results),
		'',
	].join('\n\n');
}

function targetTable(results: Results): string {
	const rows = targetsOf(results).map(({ text, found, met }) => [
		text,
		found,
		met === undefined ? 'not measured' : met ? 'met' : '**not met**',
	]);
	return table(['Target', 'Found', 'Result'], rows);
}

/** The runs of the same kind, in the order in which they were made. */
function groupsOf(runs: RunRow[]): RunRow[][] {
	const groups = new Map<string, RunRow[]>();
	for (const row of runs) {
		const key = [row.people, row.run, row.kept, row.side].join('|');
		groups.set(key, [...(groups.get(key) ?? []), row]);
	}
	return [...groups.values()];
}

const middle = (rows: RunRow[], value: (row: RunRow) => number) => median(rows.map(value));
const title = ({ run, kept }: RunRow) => (kept === 'every run kept' ? run : `${run}, not kept`);

function runTable({ runs }: Results): string {
	const rows = groupsOf(runs).map((group) => {
		const [first] = group as [RunRow, ...RunRow[]];
		const of = (value: (row: RunRow) => number) => middle(group, value);
		const reads = of(({ personio, learnUpon }) => personio.reads + learnUpon.reads);
		const doomed = of(({ growth }) => growth.doomedBytes);
		return [
			count(first.people),
			title(first) + (group.length > 1 ? ` (${group.length} runs)` : ''),
			first.side,
			seconds(of((row) => row.seconds)),
			seconds(of((row) => row.cpuSeconds)),
			count(reads),
			count(of(({ learnUpon }) => learnUpon.writes)),
			count(of(({ personio, learnUpon }) => personio.refused + learnUpon.refused)),
			mega(of(({ idleBytes }) => idleBytes)),
			mega(of(aboveIdle)),
			mega(of(({ growth }) => growth.bytes)) + (doomed > 0 ? ` (${mega(doomed)})` : ''),
			mega(of(({ growth }) => growth.binaryBytes)),
			[...new Set(group.map(({ status }) => status))].join(', '),
			[...new Set(group.map(({ failed }) => failed ?? '?'))].join(', '),
			[...new Set(group.map(({ state }) => state))].join('; '),
			of(({ load }) => load).toFixed(1),
		];
	});
	return table(
		[
			'People',
			'Run',
			'Side',
			'Seconds',
			'CPU seconds',
			'Reads',
			'Writes',
			'429s',
			'Idle MB',
			'Above idle MB',
			'Database MB',
			'Files MB',
			'Status',
			'Failed',
			'Portal after it',
			'Load',
		],
		rows,
	);
}

function ratioTable({ runs }: Results): string {
	const groups = groupsOf(runs);
	const rows = groups.flatMap((mine) => {
		const [first] = mine as [RunRow, ...RunRow[]];
		const theirs = groups.find(
			([other]) =>
				first.side === 'package' &&
				other?.side === 'rival' &&
				[other.people, other.run, other.kept].join() === [first.people, first.run, first.kept].join(),
		);
		if (!theirs) return [];
		const ratio = (value: (row: RunRow) => number) => {
			const found = middle(mine, value) / middle(theirs, value);
			return found > 0 && found < 1 ? `1/${(1 / found).toFixed(1)}` : found.toFixed(1);
		};
		return [
			[
				count(first.people),
				title(first),
				ratio((row) => row.seconds),
				ratio((row) => row.cpuSeconds),
				ratio(({ personio, learnUpon }) => personio.reads + learnUpon.reads),
				ratio(aboveIdle),
				ratio(({ growth }) => growth.bytes),
			],
		];
	});
	return table(['People', 'Run', 'Seconds', 'CPU seconds', 'Reads', 'Above idle', 'Database'], rows);
}

function weightTables({ weights }: Results): string[] {
	return weights.map(({ people, side, nodes }) => {
		const rows = nodes.map(({ node, items, ms, json, stored }) => [
			node,
			...[items, ms, json, stored].map(count),
		]);
		const head = ['Node', 'Items', 'Milliseconds', 'JSON', 'Stored'];
		return `### ${side === 'package' ? 'Package' : 'Rival'}, ${count(people)} people\n\n${table(head, rows)}`;
	});
}

function eventTable({ events }: Results): string {
	const rows = events.flatMap(({ event, side, people, run, next, others }) => {
		const of = (when: string, { status, failed, message, harm }: typeof run) => [
			event,
			String(people),
			side,
			when,
			status,
			String(failed ?? '?'),
			describeHarm(harm),
			message ?? '',
		];
		return [of('the run that meets it', run), of(`the next; all others: ${describeHarm(others)}`, next)];
	});
	return table(['Event', 'People', 'Side', 'Run', 'Status', 'Failed', 'Of these people', 'n8n shows'], rows);
}
