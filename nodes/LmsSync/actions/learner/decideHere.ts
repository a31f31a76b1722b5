import type { INodeProperties } from 'n8n-workflow';

import type { Step } from '../../../shared/item';
import { planProperties } from '../planProperties';

/** What a decision about ending access does not depend on. */
const NOT_FOR_LEAVERS = [
	'newLearners',
	'rootGroup',
	'fieldMapping',
	'groupLevels',
	'groupRules',
	'createMissingGroups',
];

/** Lets an apply step work without a plan, e.g. for one person from a form, by the same engine. */
export function decideHereProperties(step: Step): INodeProperties[] {
	const settings = planProperties.filter(
		({ name }) => step !== 'deactivate' || !NOT_FOR_LEAVERS.includes(name),
	);
	return [
		{
			displayName: 'Decide Here',
			name: 'decideHere',
			type: 'boolean',
			default: false,
			hint: 'Off: do what the plan before this step decided. On: decide without a plan.',
			description:
				'Whether to decide in this step about employees that come without a plan, e.g. one person from a form. Items that come from a plan keep their decision.',
		},
		...settings.map((property) => ({
			...property,
			displayOptions: { show: { ...property.displayOptions?.show, decideHere: [true] } },
		})),
	];
}
