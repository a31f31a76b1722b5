import type { Inbound, Reply } from '../core/http';
import { Router } from '../core/router';
import { NOT_FOUND, ProblemError } from './errors';
import type { PersonioOptions } from './options';
import type { PersonioState } from './state';
import type { Person } from './types';
import type { RenderContext } from './v1Values';
import { page } from './v2List';
import { PersonioV2Organisation } from './v2Organisation';
import { commaList, equals, filtered, instant } from './v2Query';
import { isActive, personUpdatedAt, v2Employment, v2Person } from './v2Records';

/** Persons and employments. */
export class PersonioV2 {
	readonly routes = new Router();

	constructor(
		private readonly state: PersonioState,
		private readonly options: PersonioOptions,
	) {
		this.routes
			.on('GET', '/v2/persons', (request) => this.persons(request))
			.on('GET', '/v2/persons/:id', (request, { id }) => ({
				status: 200,
				body: v2Person(this.person(id!), this.context(request)),
			}))
			.on('GET', '/v2/persons/:id/employments', (request, { id }) => this.employments(request, id!))
			.on('GET', '/v2/persons/:id/employments/:employment', (request, { id, employment }) =>
				this.employment(request, id!, employment!),
			);
		new PersonioV2Organisation(state, options).register(this.routes);
	}

	private persons(request: Inbound): Reply {
		const context = this.context(request);
		const fold = (text: string) => (this.options.emailFilterIgnoresCase ? text.toLowerCase() : text);
		const items = (query: URLSearchParams) =>
			filtered<Person>(
				this.state.people.byId().filter(({ id }) => !this.state.unlisted.has(id)),
				query,
				{
					id: { matches: ({ id }, value) => commaList(value).includes(String(id)) },
					email: {
						matches: ({ email }, value) => email !== null && commaList(fold(value)).includes(fold(email)),
					},
					first_name: equals((person) => person.firstName),
					last_name: equals((person) => person.lastName),
					preferred_name: equals((person) => person.preferredName),
					created_at: instant((person) => person.createdAt),
					updated_at: instant((person) => personUpdatedAt(person, context)),
					status: {
						valid: (value) => value === 'ACTIVE' || value === 'INACTIVE',
						matches: (person, value) => (value === 'ACTIVE') === isActive(person),
					},
				},
				[],
				this.options,
			);
		const listing = {
			idOf: ({ id }: Person) => id,
			items,
			render: (person: Person) => v2Person(person, context),
		};
		return page(request, listing, this.options);
	}

	private employments(request: Inbound, id: string): Reply {
		const context = this.context(request);
		const all = this.state.employments(this.person(id));
		type Employment = (typeof all)[number];
		const items = (query: URLSearchParams) =>
			filtered<Employment>(
				all,
				query,
				{
					id: { matches: (employment, value) => commaList(value).includes(employment.id) },
					updated_at: instant(({ view }) => this.state.changedIn(view, 'employment')),
				},
				[],
				this.options,
			);
		const render = (employment: Employment) => v2Employment(employment, context);
		return page(request, { idOf: (employment) => employment.id, items, render }, this.options);
	}

	private employment(request: Inbound, id: string, employmentId: string): Reply {
		const employment = this.state
			.employments(this.person(id))
			.find((candidate) => candidate.id === employmentId);
		if (!employment) throw new ProblemError(404, NOT_FOUND);
		return { status: 200, body: v2Employment(employment, this.context(request)) };
	}

	private person(id: string): Person {
		const person = /^\d+$/.test(id) ? this.state.people.get(Number(id)) : undefined;
		if (!person) throw new ProblemError(404, NOT_FOUND);
		return person;
	}

	private context({ origin, hidden }: Inbound): RenderContext {
		return { state: this.state, options: this.options, origin, hidden };
	}
}
