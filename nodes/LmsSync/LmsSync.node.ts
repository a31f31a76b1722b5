import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { operationProperties, router } from './actions/router';
import { credentials, selectors } from './descriptions';
import { getAttributes, getGroups } from './methods/loadOptions';

/** The operation in words. */
const subtitle = `={{ ({
	plan: "plan run", report: "report on run", approve: "approve held decisions", undo: "undo run", upsert: "create or update", invite: "invite",
	mapGroups: "map groups", setManager: "set manager", deactivate: "deactivate", get: "get learner", getAll: "get many"
})[$parameter["operation"]] }}`;

/** A plan has an output for each kind of decision, every other operation has one. */
const outputs = `={{ $parameter["resource"] === "run" && $parameter["operation"] === "plan"
	? ["Upsert", "Deactivate", "Held", "Unchanged"].map((displayName) => ({ type: "main", displayName }))
	: ["main"] }}`;

export class LmsSync implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'LMS Sync',
		name: 'lmsSync',
		icon: { light: 'file:lmsSync.svg', dark: 'file:lmsSync.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle,
		description: 'Keep the learners of an LMS in step with the employees in Personio',
		defaults: { name: 'LMS Sync' },
		// It can end the access of people, so it is not offered to AI agents.
		usableAsTool: undefined as never,
		inputs: [NodeConnectionTypes.Main],
		outputs,
		credentials,
		properties: [...selectors, ...operationProperties],
	};

	methods = { loadOptions: { getAttributes, getGroups } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router.call(this);
	}
}
