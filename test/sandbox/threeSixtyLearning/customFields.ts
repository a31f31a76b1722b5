import type { Reply } from '../core/http';
import type { Api, Ask } from './api';
import { changedField, FIELD_TARGETS, FIELD_TYPES, newAuthorizedValues, newField } from './bodies';
import { Refusal } from './errors';
import type { ThreeSixtyLearningOptions } from './options';
import { pageReply } from './paging';
import { among, matchesAll, TEXT_OPERATORS } from './query';
import { isDay } from './schema';
import type { ThreeSixtyLearningState } from './state';
import type { CustomField } from './types';

const FILTERS = {
	name: { operators: TEXT_OPERATORS },
	targetType: { operators: TEXT_OPERATORS, refuses: among(FIELD_TARGETS)! },
	type: { operators: TEXT_OPERATORS, refuses: among(FIELD_TYPES)! },
};

/** definitions, and the values that a restricted field allows. */
export class CustomFields {
	constructor(
		private readonly state: ThreeSixtyLearningState,
		private readonly options: ThreeSixtyLearningOptions,
	) {}

	register(api: Api): void {
		const read = { scope: 'customFields:read' } as const;
		const write = { scope: 'customFields:write' } as const;
		const one = '/custom-fields/:customFieldId';
		const allowed = `${one}/authorized-values`;
		api
			.on('GET', '/custom-fields', { ...read, isList: true, filters: FILTERS }, (ask) => this.list(ask))
			.on('POST', '/custom-fields', { ...write, body: newField }, (ask) => this.create(ask))
			.on('PATCH', one, { ...write, body: changedField }, (ask) => this.rename(ask))
			.on('DELETE', one, write, (ask) => this.remove(ask))
			.on('GET', allowed, read, (ask) => ({ status: 200, body: [...this.byId(ask).authorizedValues] }))
			.on('PUT', allowed, { ...write, body: newAuthorizedValues }, (ask) => this.restrict(ask));
	}

	private list(ask: Ask): Reply {
		const items = [...this.state.customFields.values()].filter((field) =>
			matchesAll(ask.query.conditions, (name) => field[name as 'name']),
		);
		const keyOf = ({ _id }: CustomField) => _id;
		return pageReply(ask, { name: 'customFields', items, keyOf, render: shown }, this.options);
	}

	private create({ body }: Ask): Reply {
		const input = body as unknown as Pick<CustomField, 'name' | 'targetType' | 'type'>;
		if (input.targetType === 'contents' && !this.options.contentFields) {
			const message = 'Custom fields of contents are not enabled.';
			throw new Refusal(400, 'customFieldsTargetTypeNotEnabled', message);
		}
		const { name, targetType, type } = input;
		this.checkName(name, targetType);
		const peers = [...this.state.customFields.values()].filter((field) => field.targetType === targetType);
		if (peers.length >= this.options.maxCustomFields) {
			throw new Refusal(400, 'customFieldLimitReached', 'There are as many custom fields as there can be.');
		}
		return { status: 201, body: shown(this.state.addCustomField({ name, targetType, type })) };
	}

	private rename(ask: Ask): Reply {
		const field = this.byId(ask);
		const name = ask.body['name'] as string;
		this.checkName(name, field.targetType, field);
		field.name = name;
		return { status: 200, body: shown(field) };
	}

	private remove(ask: Ask): Reply {
		const { _id } = this.byId(ask);
		this.state.customFields.delete(_id);
		for (const [userId, values] of this.state.values) {
			this.state.values.set(
				userId,
				values.filter(({ customFieldId }) => customFieldId !== _id),
			);
		}
		return { status: 204 };
	}

	private restrict(ask: Ask): Reply {
		const field = this.byId(ask);
		const { authorizedValues } = ask.body as { authorizedValues: string[] };
		if (field.type === 'date' && !authorizedValues.every(isDay)) {
			throw new Refusal(400, 'authorizedValuesTypeMismatch', `Some values do not fit ${field.name}.`);
		}
		const used = [...this.state.values.values()]
			.flat()
			.filter(({ customFieldId }) => customFieldId === field._id);
		if (!used.every(({ value }) => authorizedValues.includes(value))) {
			throw new Refusal(400, 'customFieldValuesConflict', 'Some users have values that are not listed.');
		}
		field.authorizedValues = [...authorizedValues];
		return { status: 200, body: [...authorizedValues] };
	}

	private checkName(name: string, targetType: string, except?: CustomField): void {
		if (name.trim() === '') throw new Refusal(400, 'invalidName', 'The name must not be empty.');
		const key = name.trim().toLowerCase();
		for (const field of this.state.customFields.values()) {
			if (field === except || field.targetType !== targetType) continue;
			if (field.name.trim().toLowerCase() === key) {
				throw new Refusal(400, 'nameAlreadyTaken', `The name ${name} is already taken.`);
			}
		}
	}

	private byId({ params }: Ask): CustomField {
		const field = this.state.customFields.get(params['customFieldId']!);
		if (field) return field;
		throw new Refusal(404, 'customFieldNotFound', `No custom field has the ID ${params['customFieldId']}.`);
	}
}

function shown({ _id, name, targetType, type }: CustomField): object {
	return { name, targetType, type, _id };
}
