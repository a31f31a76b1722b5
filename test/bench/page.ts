import type { Circumstances } from './circumstances';
import type { Figures } from './figures';
import { table, type Table } from './table';
import type { Verdict } from './targets';

const INTRODUCTION = `Each row is one run of the template in n8n's engine (n8n-core), from the reading of the employees to the report, in a process of its own; the vendors are the sandbox of this repository, in another process, and enforce their documented limits (Personio 15 calls a second and 300 a minute, LearnUpon 300 a minute, 360Learning 50 reads and 10 writes a second). LearnUpon invites people, and has a group for each department and two custom fields; 360Learning has groups for offices and departments within them, a custom field, job titles and managers.

- **Reads**, **Writes**: calls made / the fewest that can know and tell the same, by sizes of pages and by what has changed (\`test/bench/minimum.ts\`). Logins are left out.
- **Seconds**: as the run takes at the limits / what the limits allow for these calls at best. Where a speed is given, limits and pauses were so many times faster and the seconds measured were multiplied by it, with the work of the machine in them; a star marks rows in which the machine, rather than the limits, may have set the pace: it was busy, or calls came too close together at more than double speed, where each of its pauses counts for many.
- **Rate**: writes made / writes allowed from the first to the last one. LearnUpon counts reads with them, and lets 300 begin at once.
- **Plan**: seconds of CPU of the pure plan, first call in a fresh process, the median of five processes. 360Learning is planned twice: a draft tells whom to read.
- **Memory**: most that the process held (RSS) above what it held at rest, in MB.
- **429**, **Failed**: calls that were refused for their pace; people who failed or were left out.
- **A usual day**: one in a hundred joins, leaves, is renamed, moves to another department or gets another address, in equal parts, and at least one of each.`;

export function asMarkdown(
	all: Figures[],
	verdicts: Verdict[],
	circumstances: Circumstances[],
	others: Table[],
): string {
	const machines = circumstances.map(
		({ cores, memoryGigabytes, node, n8nCore, package: own }) =>
			`${cores} cores and ${memoryGigabytes} GB with Node.js ${node}, n8n-core ${n8nCore} and version ${own} of the package`,
	);
	const measured = `Measured on ${machines.join('; and on ')}. Made by \`npm run bench\`; all figures are in [runs.json](runs.json), and what they were made from in [cells](cells).`;
	const tables = [figuresTable(all), verdictsTable(verdicts), ...others];
	return `# Runs\n\n${measured}\n\n${INTRODUCTION}\n\n${tables.map(section).join('\n\n')}\n`;
}

const section = ({ title, note, head, rows }: Table): string =>
	[`## ${title}`, note, table(head, rows)].filter((part) => part !== '').join('\n\n');

const whole = (number: number): string => Math.round(number).toLocaleString('en-US');
const short = (number: number): string => (number < 10 ? number.toFixed(1) : whole(number));

export function figuresTable(all: Figures[]): Table {
	return {
		title: 'Calls, seconds, memory',
		note: '',
		head: [
			'Platform',
			'People',
			'Run',
			'Reads',
			'Writes',
			'Seconds',
			'Speed',
			'Rate',
			'Plan',
			'Memory',
			'429',
			'Failed',
		],
		rows: all.map((each) => [
			each.platform,
			whole(each.people),
			each.run,
			`${whole(each.made.reads)} / ${whole(each.least.reads)}`,
			`${whole(each.made.writes)} / ${whole(each.least.writes)}`,
			`${short(each.seconds)} / ${short(each.floorSeconds)}`,
			(each.speed === 1 ? '' : `× ${each.speed}`) + (each.machineBound ? ' *' : ''),
			each.writeRate === undefined ? '' : `${(100 * each.writeRate).toFixed(1)} %`,
			each.planCpuSeconds.toFixed(2),
			whole(each.peakMegabytes),
			whole(each.refused),
			whole(each.failed + each.leftOut),
		]),
	};
}

const VERDICTS = new Map([
	[true, 'met'],
	[false, '**not met**'],
]);

export function verdictsTable(verdicts: Verdict[]): Table {
	const missed = verdicts.filter(({ met }) => met !== true).length;
	return {
		title: 'Targets',
		note: missed === 0 ? 'All are met.' : `${missed} of ${verdicts.length} are not met.`,
		head: ['Where', 'Target', 'Figure', ''],
		rows: verdicts.map(({ target, where, figure, met }) => [
			where,
			target,
			figure,
			VERDICTS.get(met as boolean) ?? 'not to be told on this machine',
		]),
	};
}
