import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { asNodeError } from '../../shared/transport/client';
import { listAttributes, type PersonioAttribute } from '../api/attributes';
import { PersonioClient } from '../api/client';

const isCustom = ({ key }: PersonioAttribute): boolean => key.startsWith('dynamic_');

/** The custom attributes that this credential may read, by the labels of the account. */
export async function getCustomAttributes(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	try {
		const attributes = await listAttributes(new PersonioClient(this));
		return attributes
			.filter(isCustom)
			.map(({ key, label }) => ({ name: label, value: key, description: key }))
			.sort((a, b) => a.name.localeCompare(b.name));
	} catch (error) {
		throw asNodeError(this, error);
	}
}
