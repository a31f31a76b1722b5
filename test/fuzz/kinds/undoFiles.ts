import fc from 'fast-check';

import { mutated, mutations } from '../arbitraries';
import type { Deed } from '../deeds';
import { expectNoPollution } from '../node';
import { expectNoWrongWrite } from '../oracle';
import { applySteps, filled, operate, planFor, PLATFORMS, read, sync, type PlatformName } from '../run';
import { textsOf } from '../texts';
import { newWorld, type World } from '../world';
import { kindOf } from './kind';

/** Runs, and takes back what was done; `change` comes in between. */
async function thereAndBack(
	platform: PlatformName,
	change: (file: string) => string,
): Promise<{ world: World; deeds: Deed[]; file: string }> {
	const world = newWorld();
	const items = (await read()) ?? [];
	const run = await sync(items, filled('lmsSync', planFor(platform, world)), textsOf(items));
	const binary = run?.report.binary?.reportUndo;
	if (!binary) throw new Error('The run has left no undo file.');
	const file = change(Buffer.from(binary.data, 'base64').toString('utf8'));
	const before = world.deeds.length;
	const parameters = filled('lmsSync', { platform, resource: 'run', operation: 'undo', dryRun: false });
	const quoted = textsOf(items, file, readable(file));
	const fed = [{ json: {}, binary: { reportUndo: binary } }];
	const [undone = []] =
		(await operate('lmsSync', parameters, fed, { binary: Buffer.from(file, 'utf8'), quoted })) ?? [];
	await applySteps(undone, platform, ['upsert', 'invite', 'mapGroups', 'setManager', 'deactivate'], quoted);
	return { world, deeds: world.deeds.slice(before), file };
}

function readable(file: string): unknown {
	try {
		return JSON.parse(file) as unknown;
	} catch {
		return undefined;
	}
}

const clean = new Map<PlatformName, Promise<{ deeds: Deed[]; file: string }>>();

const undo = (platform: PlatformName) =>
	kindOf(
		`undo files, ${platform}`,
		500,
		[mutations(4), fc.option(fc.nat(), { nil: undefined, freq: 8 })],
		async (wrong, cutAt) => {
			const usual = clean.get(platform) ?? thereAndBack(platform, (file) => file);
			clean.set(platform, usual);
			const expected = await usual;
			const { world, deeds, file } = await thereAndBack(platform, (text) => {
				const odd = JSON.stringify(mutated(JSON.parse(text) as object, wrong)) ?? '';
				return cutAt === undefined ? odd : odd.slice(0, cutAt % (odd.length + 1));
			});
			expectNoPollution();
			expectNoWrongWrite(deeds, expected.deeds, {
				people: new Set(Object.values(world.people).flatMap(({ id, email }) => [String(id), email ?? ''])),
				values: [readable(file), readable(expected.file)],
			});
		},
	);

export const UNDO_FILES = PLATFORMS.map(undo);
