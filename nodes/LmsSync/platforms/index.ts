import type { NodeContext } from '../../shared/transport/client';
import { LearnUpon } from './learnUpon/learnUpon';
import type { Platform, PlatformOptions } from './platform';

interface PlatformEntry {
	/** Value of the parameter "platform", stored in workflows. */
	value: string;
	name: string;
	credentialType: string;
	open(context: NodeContext, options: PlatformOptions): Platform;
}

/** Every LMS that the node offers: one folder beside this file and one line here. */
export const PLATFORMS: PlatformEntry[] = [
	{
		value: 'learnUpon',
		name: 'LearnUpon',
		credentialType: 'learnUponApi',
		open: (context, options) => new LearnUpon(context, options),
	},
];
