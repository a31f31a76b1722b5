import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run, withProgress, type Log } from './run';

export function onPath(command: string): boolean {
	return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)));
}

/**
 * Fetches packages with apt, by root's rights or by those of a sudo that asks nothing.
 *
 * @param purpose what they are for, as the end of a sentence
 * @throws with what to install, where this machine has no apt or we no rights
 */
export async function installPackages(names: string[], purpose: string, log: Log): Promise<void> {
	const all = names.join(', ');
	const sudo = await sudoFor();
	if (sudo === undefined || !onPath('apt-get')) {
		throw new Error(
			`${all} ${names.length > 1 ? 'are' : 'is'} missing on this machine, needed ${purpose}. Install what is ` +
				`missing and start again, on Debian or Ubuntu with: sudo apt-get install ${names.join(' ')}`,
		);
	}
	const apt = async (...args: string[]) => {
		const [command = '', ...before] = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
		await run({ command, args: [...before, ...args], cwd: '/' });
	};
	await withProgress(log, `Fetching ${all} with apt-get (needed ${purpose})`, async () => {
		await apt('update');
		await apt('install', '-y', '--no-install-recommends', ...names);
	});
}

/** What has to stand before a command for root's rights, `undefined` where we have none. */
async function sudoFor(): Promise<string[] | undefined> {
	if (process.getuid?.() === 0) return [];
	const sudo = ['sudo', '-n'];
	const [command = '', ...args] = [...sudo, 'true'];
	const works =
		onPath('sudo') &&
		(await run({ command, args, cwd: '/' }).then(
			() => true,
			() => false,
		));
	return works ? sudo : undefined;
}
