import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm } from './npm';
import { run } from './run';

export interface PackedPackage {
	name: string;
	version: string;
	/** The .tgz that would be published. */
	tarball: string;
	/** Paths of everything in it. */
	files: string[];
}

interface Manifest {
	name: string;
	version: string;
	n8n?: { nodes?: string[]; credentials?: string[] };
}

/**
 * Packs a checkout as `npm publish` would, without touching it.
 *
 * @param into the folder for the tarball
 * @throws if the built files that its package.json promises to n8n are not there
 */
export async function packPackage(checkout: string, into: string): Promise<PackedPackage> {
	const answer = await npm(['pack', '--json', '--ignore-scripts', '--pack-destination', into], checkout);
	const [packed] = JSON.parse(answer) as [{ filename: string; files: Array<{ path: string }> }];
	const files = packed.files.map(({ path }) => path);

	const manifest = JSON.parse(await readFile(join(checkout, 'package.json'), 'utf8')) as Manifest;
	const promised = [...(manifest.n8n?.nodes ?? []), ...(manifest.n8n?.credentials ?? [])];
	const missing = promised.filter((path) => !files.includes(path));
	if (missing.length > 0) {
		throw new Error(`The package lacks ${missing.join(', ')}. Build it first: npm run build`);
	}
	const { name, version } = manifest;
	return { name, version, tarball: join(into, packed.filename), files };
}

/**
 * Lays a packed package where n8n looks for community packages at its start.
 *
 * @param userFolder what `N8N_USER_FOLDER` will be
 */
export async function layPackage(tarball: string, userFolder: string): Promise<void> {
	const nodes = join(userFolder, '.n8n', 'nodes');
	const { name, version } = await manifestIn(tarball);
	const place = join(nodes, 'node_modules', name);
	await rm(place, { recursive: true, force: true });
	await mkdir(place, { recursive: true });
	await run({ command: 'tar', args: ['-xzf', tarball, '--strip-components=1', '-C', place], cwd: place });

	const list = join(nodes, 'package.json');
	const known = await readFile(list, 'utf8').then(
		(text) => JSON.parse(text) as { dependencies?: Record<string, string> },
		() => ({ dependencies: {} }),
	);
	const dependencies = { ...known.dependencies, [name]: version };
	await writeFile(list, JSON.stringify({ name: 'installed-nodes', private: true, dependencies }, null, 2));
}

async function manifestIn(tarball: string): Promise<Manifest> {
	// npm puts everything into a folder `package`.
	const args = ['-xzOf', tarball, 'package/package.json'];
	return JSON.parse(await run({ command: 'tar', args, cwd: tmpdir() })) as Manifest;
}
