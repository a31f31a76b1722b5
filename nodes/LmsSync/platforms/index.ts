import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { addressOf } from '../../../credentials/ThreeSixtyLearningApi.credentials';
import { baseUrl } from '../../shared/baseUrl';
import type { NodeContext } from '../../shared/transport/vendor';
import type { FieldMapping } from '../sync/settings';
import { LearnUpon } from './learnUpon/learnUpon';
import type { Platform, PlatformOptions } from './platform';
import { JOB_TITLE } from './threeSixtyLearning/records';
import { ThreeSixtyLearning } from './threeSixtyLearning/threeSixtyLearning';

/** What an LMS offers that others lack; the node shows the parameters for it. */
type Feature =
	/** Created accounts wait until they are activated. */
	| 'activation'
	/** Reading all of a person costs calls of its own. */
	| 'comparison'
	| 'jobTitle'
	| 'managers'
	/** Custom fields can be restricted to lists that the sync may extend. */
	| 'restrictedLists'
	/** All accounts are made in one group of a tree, which the operator has to choose. */
	| 'rootGroup';

export interface PlatformEntry {
	/** Value of the parameter "platform", stored in workflows. */
	value: string;
	name: string;
	credentialType: string;
	/** Where the Personio id is kept unless the operator says otherwise. */
	linkField: string;
	features: Feature[];
	/** Fields that are kept in step without a row of the mapping. */
	mapping: FieldMapping[];
	/** The origin of the LMS, from the values of its credential. */
	addressOf(credentials: ICredentialDataDecryptedObject): string;
	open(context: NodeContext, options: PlatformOptions): Platform;
}

/** Every LMS that the node offers: one folder beside this file and one entry here. */
export const PLATFORMS: PlatformEntry[] = [
	{
		value: 'threeSixtyLearning',
		name: '360Learning',
		credentialType: 'threeSixtyLearningApi',
		linkField: 'personio-n8n',
		features: ['activation', 'comparison', 'jobTitle', 'managers', 'restrictedLists', 'rootGroup'],
		mapping: [{ attribute: 'position', field: JOB_TITLE }],
		addressOf,
		open: (context, options) => new ThreeSixtyLearning(context, options),
	},
	{
		value: 'learnUpon',
		name: 'LearnUpon',
		credentialType: 'learnUponApi',
		linkField: 'Personio ID',
		features: [],
		mapping: [],
		addressOf: ({ portalUrl }) => baseUrl(portalUrl, 'Portal URL'),
		open: (context, options) => new LearnUpon(context, options),
	},
];

/** Values of the platforms that offer something. */
export const platformsWith = (feature: Feature): string[] =>
	PLATFORMS.filter(({ features }) => features.includes(feature)).map(({ value }) => value);
