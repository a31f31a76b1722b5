import type { IDataObject } from 'n8n-workflow';

import type { SyncItem } from '../../nodes/shared/item';
import type { UndoFile } from '../../nodes/LmsSync/sync/deeds';
import type { Engine } from '../engine/harness';
import type { PlatformName } from '../scenarios/company';
import { apply } from './live';

/** The file that the report of a run has for its undo; `undefined` where nothing was done. */
export async function undoFileOf(engine: Engine, results: SyncItem[]): Promise<UndoFile | undefined> {
	const node = { name: 'Report', parameters: { resource: 'run', operation: 'report' } };
	const { outputs, error } = await engine.run(node, results);
	if (error) throw error;
	const data = outputs[0]?.[0]?.binary?.['reportUndo']?.data;
	return data === undefined ? undefined : (JSON.parse(Buffer.from(data, 'base64').toString()) as UndoFile);
}

/** Takes back what is in the file, as the template does: the decisions, then the steps over all of them. */
export async function undo(engine: Engine, platform: PlatformName, file: UndoFile): Promise<SyncItem[]> {
	const node = { name: 'Undo', parameters: { platform, resource: 'run', operation: 'undo', dryRun: false } };
	const { outputs, error } = await engine.run(node, [file as unknown as IDataObject]);
	if (error) throw error;
	const items = (outputs[0] ?? []).map(({ json }) => json as unknown as SyncItem);
	const managers = platform === 'threeSixtyLearning' ? ['setManager'] : [];
	return await apply(engine, platform, items, ['upsert', 'mapGroups', ...managers, 'deactivate']);
}

/** What a run has done that no undo can take back. */
export interface Irrevocable {
	what: string;
	/** Lines of a comparison: the fact, how it was before the run, and how it is after the undo. */
	lines: RegExp;
	platform?: PlatformName;
}

const ENDED_INVITATION = /^account .*: status: invited → deleted$/;

export const IRREVOCABLE: readonly Irrevocable[] = [
	{ what: 'Mails were sent.', lines: /^mail /, platform: 'threeSixtyLearning' },
	{
		what: 'An invitation that was sent stays on the list, cancelled.',
		lines: /^new invitation .*: – → /,
		platform: 'learnUpon',
	},
	{
		what: 'An open invitation that was cancelled or replaced cannot be sent again without a second mail.',
		lines: /^invitation .*: status: sent → canceled$/,
		platform: 'learnUpon',
	},
	{
		what: 'A new account stays in the LMS, without access.',
		lines: /^new account .*: – → /,
	},
	{ what: 'Groups that were made stay.', lines: /^(new )?group .*: – → / },
	{ what: 'Custom fields that were made stay.', lines: /^field .*: – → /, platform: 'threeSixtyLearning' },
	{
		what: 'An invited account that has ended cannot be brought back, nor its groups and managers, without a second mail.',
		lines: ENDED_INVITATION,
		platform: 'threeSixtyLearning',
	},
	{
		what: 'An account that was activated cannot be made an invited one again.',
		lines: /^account .*: status: invited → active$/,
		platform: 'threeSixtyLearning',
	},
];

/** The lines of a comparison that nothing excuses. */
export function inexcusable(lines: string[], platform: PlatformName): string[] {
	const ended = lines.filter((line) => ENDED_INVITATION.test(line)).map((line) => line.split(': ')[0] ?? '');
	return lines.filter(
		(line) =>
			!ended.some((name) => line.startsWith(`${name} is `) || line.startsWith(`${name} reports to `)) &&
			!IRREVOCABLE.some(
				(each) => (each.platform === undefined || each.platform === platform) && each.lines.test(line),
			),
	);
}
