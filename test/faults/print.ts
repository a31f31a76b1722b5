import { table } from '../bench/table';
import { cellsOf, nameOf, type Cell, type Result } from './cell';
import { FAULTS } from './faults';
import { SETTINGS, titleOf, worldOf, type Setting } from './world';

const SERVERS = { personio: 'Personio', learnUpon: 'LearnUpon', threeSixtyLearning: '360Learning' };

/** Whether the product has broken a promise. */
export const isBad = ({ harm, left, isSilent, unclear, waiting }: Result): boolean =>
	harm.length + left.length + unclear.length + waiting.length > 0 || isSilent;

/** What is wrong with a cell, one line for each thing. */
export const troubleOf = ({ name, harm, left, isSilent, unnamed, unclear, waiting }: Result): string[] => [
	...waiting.map((each) => `${name}: the next run leaves out ${each} without a word`),
	...harm.map((each) => `${name}: ${each}`),
	...left.map((each) => `${name}, not healed: ${each}`),
	...(isSilent ? [`${name}: called a success without ${unnamed.join(', ')}`] : []),
	...unclear.map((each) => `${name}, not clear: ${each}`),
];

function wordFor(result: Result): string {
	const { harm, left, isSilent, unclear, waiting, verdict } = result;
	if (harm.length > 0) return '**HARM**';
	if (left.length > 0) return '**not healed**';
	if (isSilent || waiting.length > 0) return '**silent**';
	if (unclear.length > 0) return '**unclear**';
	const note = result.accepted ? '¹' : result.runs > 1 ? '²' : '';
	return verdict + note;
}

const once = (words: string[]): string => [...new Set(words)].join(' or ');

/** What became of one call that failed, wherever it was, and behind the slash of all of them. */
function together(cells: Cell[], results: Map<string, Result>): string {
	const wordsOf = (lasts: boolean) =>
		once(
			cells.flatMap((cell) => {
				const result = cell.extent.lasts === lasts ? results.get(nameOf(cell)) : undefined;
				return result ? [wordFor(result)] : [];
			}),
		);
	const [single, lasting] = [wordsOf(false), wordsOf(true)];
	if (single === '' || single === lasting) return lasting || '–';
	return lasting === '' ? single : `${single} / ${lasting}`;
}

async function tableOf(setting: Setting, results: Map<string, Result>): Promise<string> {
	const { kinds } = await worldOf(setting);
	const cells = await cellsOf(setting);
	const used = new Set(cells.map(({ fault }) => fault.name));
	const columns = [...new Set(FAULTS.map(({ name }) => name))].filter((name) => used.has(name));
	const rows = kinds.map((kind) => {
		const own = cells.filter((cell) => cell.kind === kind);
		return [
			`${SERVERS[kind.server]} \`${kind.name}\` ×${kind.count}`,
			...columns.map((column) =>
				together(
					own.filter(({ fault }) => fault.name === column),
					results,
				),
			),
		];
	});
	return [`## ${titleOf(setting)}`, '', table(['call', ...columns], rows)].join('\n');
}

const plural = (count: number, what: string): string => `${count.toLocaleString('en')} ${what}`;

export async function pageOf(all: Result[]): Promise<string> {
	const results = new Map(all.map((result) => [result.name, result]));
	const count = (test: (result: Result) => boolean) => all.filter(test).length;
	const tables: string[] = [];
	for (const setting of SETTINGS) tables.push(await tableOf(setting, results), '');
	return [
		'# Fault matrix',
		'',
		'What a live run makes of a call that fails: the built nodes in n8n’s engine against the stand-in servers of this repository, wired as the templates are. Seventeen people, and something to do for nearly each of them: new people invited or created, one of them with an account that is there already; a new name, a new address, two who exchange their addresses, a new department with a group that is made for it, a new value in a custom field, a new manager, an end in two months, an end that is taken back, somebody who has left, one who has left without accepting the invitation, one who comes back, and one whom Personio has deleted. Beside them are accounts that Personio does not know.',
		'',
		'The rows are the kinds of calls that such a run makes, found in the logs of the servers, with how often each was made. Tokens die twice on the way in every run, so that there are several logins. The columns are what goes wrong; `done` means that the server has done the work before it failed. Each is tried with one call of that kind (the first, one in the middle, the last; of up to four writes with each) and with all of them until the end of the run: the word before the slash is about one call, the one behind it about all, and there is one word where they are the same. An `outage` begins with such a call: the connection is cut after the work is done, and from then on the server cannot be reached. `right removed`: a scope of 360Learning, the right to read employees or organisation data of Personio, the API of LearnUpon as a whole. `attributes removed`: the integration in Personio loses department, office, supervisor and termination date. Waits are passed over, and calls are given up after half a second in the columns `timeout`.',
		'',
		'- `ok`: the run came out as one without the fault.',
		'- `held`: nobody failed; somebody was held with a reason, or left to the next run.',
		'- `failed`: somebody failed, by name and with a reason.',
		'- `ended`: the run ended with an error that says what to do.',
		'- `HARM`, `not healed`, `silent`, `unclear`: what may not be.',
		'',
		'Whatever the word, the next run without the fault ended in the same state as a company that never had one (¹ once the invitations were accepted: one had gone out without a value that was not known, ² in the second run, the first one holding somebody by name: where nobody of those whom the run before was to add is there, the list may be incomplete, and nobody is invited twice). At no moment, looked at before each call to the LMS, had anybody a second account or a second invitation, had anybody lost access, a group or a manager that was to be kept, or was an account touched that Personio does not know; and nobody was left out of whom a run that calls itself a success says nothing.',
		'',
		...tables,
		`${plural(all.length, 'cells')}: ${(['ok', 'held', 'failed', 'ended'] as const)
			.map((verdict) =>
				plural(
					count((result) => result.verdict === verdict),
					verdict,
				),
			)
			.join(
				', ',
			)}; harm in ${count(({ harm }) => harm.length > 0)}, not healed in ${count(({ left }) => left.length > 0)}, silent in ${count(({ isSilent, waiting }) => isSilent || waiting.length > 0)}, unclear in ${count((each) => each.unclear.length > 0)}. ${plural(
			count(({ runs }) => runs > 1),
			'cells',
		)} took a second run. Made by \`npm run faults\`.`,
		'',
	].join('\n');
}
