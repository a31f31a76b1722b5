import type { NodeContext } from '../../shared/transport/client';
import type { FieldMapping } from '../sync/settings';
import { LearnUpon } from './learnUpon/learnUpon';
import type { Platform, PlatformOptions } from './platform';
import { JOB_TITLE } from './threeSixtyLearning/records';
import { ThreeSixtyLearning } from './threeSixtyLearning/threeSixtyLearning';

export interface PlatformEntry {
	/** Value of the parameter "platform", stored in workflows. */
	value: string;
	name: string;
	credentialType: string;
	/** Where the Personio id is kept unless the operator says otherwise. */
	linkField: string;
	/** Whether all accounts are made in one group, which the operator has to choose. */
	hasRootGroup: boolean;
	/** Fields that are kept in step without a row of the mapping. */
	mapping: FieldMapping[];
	open(context: NodeContext, options: PlatformOptions): Platform;
}

/** Every LMS that the node offers: one folder beside this file and one entry here. */
export const PLATFORMS: PlatformEntry[] = [
	{
		value: 'threeSixtyLearning',
		name: '360Learning',
		credentialType: 'threeSixtyLearningApi',
		linkField: 'personio-n8n',
		hasRootGroup: true,
		mapping: [{ attribute: 'position', field: JOB_TITLE }],
		open: (context, options) => new ThreeSixtyLearning(context, options),
	},
	{
		value: 'learnUpon',
		name: 'LearnUpon',
		credentialType: 'learnUponApi',
		linkField: 'Personio ID',
		hasRootGroup: false,
		mapping: [],
		open: (context, options) => new LearnUpon(context, options),
	},
];
