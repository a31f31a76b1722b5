import type { Reply } from '../core/http';
import type { Api, Ask } from './api';
import { newValues } from './bodies';
import { Refusal } from './errors';
import { isDay } from './schema';
import type { ThreeSixtyLearningState } from './state';
import type { CustomValue } from './types';
import { userById } from './users';

/** what is not in the list that is put is gone. */
export class UserValues {
	constructor(private readonly state: ThreeSixtyLearningState) {}

	register(api: Api): void {
		const path = '/users/:userId/custom-fields/values';
		api
			.on('GET', path, { scope: 'users:read' }, (ask) => this.show(ask))
			.on('PUT', path, { scope: 'users:write', body: newValues }, (ask) => {
				const { _id } = userById(this.state, ask.params['userId']!);
				const { customValues } = ask.body as unknown as { customValues: CustomValue[] };
				const values = customValues.map((value) => this.checked(value));
				if (new Set(values.map(({ customFieldId }) => customFieldId)).size < values.length) {
					const message = 'There are several values for one custom field.';
					throw new Refusal(400, 'multipleValuesForSingleCustomField', message);
				}
				this.state.values.set(_id, values);
				return this.show(ask);
			});
	}

	private show({ params }: Ask): Reply {
		const { _id } = userById(this.state, params['userId']!);
		return { status: 200, body: structuredClone(this.state.values.get(_id) ?? []) };
	}

	private checked({ customFieldId, type, value }: CustomValue): CustomValue {
		const field = this.state.customFields.get(customFieldId.toLowerCase());
		if (field?.targetType !== 'users') {
			throw new Refusal(404, 'customFieldNotFound', `No custom field has the ID ${customFieldId}.`);
		}
		if (type !== field.type || (type === 'date' && !isDay(value))) {
			throw new Refusal(400, 'wrongTypeValue', `The value for ${field.name} is no ${field.type}.`);
		}
		if (field.authorizedValues.length > 0 && !field.authorizedValues.includes(value)) {
			throw new Refusal(400, 'unauthorizedValue', `The value for ${field.name} is not authorized.`);
		}
		return { customFieldId: field._id, type, value };
	}
}
