import type { Inbound, Reply } from '../core/http';
import type { Router } from '../core/router';
import { BAD_VALUE, NOT_FOUND, ProblemError, unknownRoute } from './errors';
import type { PersonioOptions } from './options';
import type { OrgItem, OrgKind } from './organisation';
import type { PersonioState } from './state';
import { page } from './v2List';
import { commaList, filtered } from './v2Query';

const UNIT_TYPES: readonly string[] = ['department', 'team'];

/** Departments, teams, workplaces, legal entities, cost centres. */
export class PersonioV2Organisation {
	constructor(
		private readonly state: PersonioState,
		private readonly options: PersonioOptions,
	) {}

	register(routes: Router): void {
		routes
			.on('GET', '/v2/org-units', (request) => this.beta(request, () => this.units(request)))
			.on('GET', '/v2/org-units/:id', (request, { id }) => this.beta(request, () => this.unit(request, id!)))
			.on('GET', '/v2/workplaces', (request) => this.beta(request, () => this.list(request, 'office')))
			.on('GET', '/v2/cost-centers', (request) => this.beta(request, () => this.list(request, 'costCenter')))
			.on('GET', '/v2/legal-entities', (request) => this.list(request, 'legalEntity'))
			.on('GET', '/v2/legal-entities/:id', (_request, { id }) => this.single('legalEntity', id!));
	}

	private beta(request: Inbound, answer: () => Reply): Reply {
		const asked = String(request.headers['beta']).toLowerCase() === 'true';
		if (this.options.workplacesNeedBetaHeader && !asked) {
			throw new ProblemError(404, unknownRoute(request.path));
		}
		return answer();
	}

	private units(request: Inbound): Reply {
		return this.list(request, unitType(request), ['type', 'include_parent_chain']);
	}

	private unit(request: Inbound, id: string): Reply {
		return this.single(unitType(request), id);
	}

	private list(request: Inbound, kind: OrgKind, others: string[] = []): Reply {
		const items = (query: URLSearchParams) => {
			const found = filtered<OrgItem>(
				this.state.organisation.list(kind),
				query,
				{
					id: { matches: (item, value) => commaList(value).includes(String(item.id)) },
					name: { matches: (item, value) => item.name === value },
				},
				['sort', ...others],
				this.options,
			);
			// Legal entities come newest first.
			return sorted(found, query.get('sort') ?? (kind === 'legalEntity' ? '-id' : 'id'));
		};
		const listing = {
			idOf: ({ name }: OrgItem) => name,
			items,
			render: (item: OrgItem) => render(kind, item),
		};
		return page(request, listing, this.options);
	}

	private single(kind: OrgKind, id: string): Reply {
		const item = this.state.organisation.list(kind).find((known) => String(known.id) === id);
		if (!item) throw new ProblemError(404, NOT_FOUND);
		return { status: 200, body: render(kind, item) };
	}
}

function unitType(request: Inbound): 'department' | 'team' {
	const type = request.query.get('type');
	// A cursor carries the type, but the vendor calls the parameter required.
	if (type === null || !UNIT_TYPES.includes(type)) throw new ProblemError(400, BAD_VALUE);
	return type as 'department' | 'team';
}

function sorted(items: readonly OrgItem[], order: string): OrgItem[] {
	const match = /^(-?)(id|name)$/.exec(order);
	if (!match) throw new ProblemError(400, BAD_VALUE);
	const sign = match[1] === '-' ? -1 : 1;
	return [...items].sort((a, b) => sign * (match[2] === 'name' ? a.name.localeCompare(b.name) : a.id - b.id));
}

/** The fields beyond id and name are known for org units only. */
function render(kind: OrgKind, { id, name }: OrgItem): unknown {
	const item = { id: String(id), name };
	return kind === 'department' || kind === 'team'
		? { ...item, description: null, abbreviation: null, parent_id: null }
		: item;
}
