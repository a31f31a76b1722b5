import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { asNodeError } from '../../shared/transport/nodeError';
import { listAttributes, type PersonioAttribute } from '../api/attributes';
import { PersonioClient } from '../api/client';
import { sensitivityOf } from '../employee/sensitive';

const isCustom = ({ key }: PersonioAttribute): boolean => key.startsWith('dynamic_');

/** The label, with a word for what makes the attribute sensitive. */
function nameOf({ key, label, universal_id }: PersonioAttribute): string {
	const topic = sensitivityOf({ key, label, universalId: universal_id });
	return `${label || key}${topic === undefined ? '' : ` (sensitive: ${topic})`}`;
}

/** The custom attributes that this credential may read, by the labels of the account. */
export async function getCustomAttributes(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	try {
		const attributes = await listAttributes(new PersonioClient(this));
		return attributes
			.filter(isCustom)
			.map((attribute) => ({ name: nameOf(attribute), value: attribute.key, description: attribute.key }))
			.sort((a, b) => a.name.localeCompare(b.name));
	} catch (error) {
		throw asNodeError(this, error);
	}
}
