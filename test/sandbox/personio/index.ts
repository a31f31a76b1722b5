import type { Clock } from '../core/clock';
import type { CallKind, Inbound, Reply } from '../core/http';
import { deedsExcept } from '../core/misdeeds';
import { VendorServer } from '../core/server';
import { PersonioAuth } from './auth';
import {
	problem,
	ProblemError,
	SERVER_ERROR,
	UNAUTHORIZED,
	unknownRoute,
	v1Error,
	v1TooMany,
} from './errors';
import { PersonioLimits } from './limits';
import type { PersonioOptions } from './options';
import { PERSONIO_DEFAULTS } from './options';
import { PersonioState } from './state';
import type { CustomAttribute, CustomAttributeInput, Person, PersonInput } from './types';
import { PersonioV1, wholeNumber } from './v1';
import { PersonioV2 } from './v2';
import { pageNumber } from './v2List';

const PEOPLE_ROUTES = /^\/v2\/persons/;

export class PersonioSandbox extends VendorServer {
	readonly name = 'Personio';
	readonly deeds = deedsExcept('ignoreWrite', 'bulkError', 'bulkItemErrors');
	readonly options: PersonioOptions;
	private readonly state: PersonioState;
	private readonly auth: PersonioAuth;
	private readonly limits: PersonioLimits;
	private readonly v1: PersonioV1;
	private readonly v2: PersonioV2;

	constructor(
		private readonly clock: Clock,
		options: Partial<PersonioOptions> = {},
	) {
		super();
		this.options = { ...PERSONIO_DEFAULTS, ...options };
		this.state = new PersonioState(clock);
		this.auth = new PersonioAuth(clock, this.options);
		this.limits = new PersonioLimits(this.options);
		this.v1 = new PersonioV1(this.state, this.options, clock);
		this.v2 = new PersonioV2(this.state, this.options);
	}

	get credentials(): { clientId: string; clientSecret: string } {
		return this.auth.credentials;
	}

	/** Change people through hire(), change() and remove(): they keep orders and change marks right. */
	get people(): Map<number, Person> {
		return this.state.people;
	}

	/** People who are on no list, with totals that say so, until they are taken out of this set. */
	get unlisted(): Set<number> {
		return this.state.unlisted;
	}

	get customAttributes(): readonly CustomAttribute[] {
		return this.state.customAttributes;
	}

	/** v1 keys this credential may read; what is taken out silently disappears from v1 and v2. */
	get grantedAttributes(): Set<string> {
		return this.state.grantedAttributes;
	}

	hire(input: PersonInput = {}): Person {
		return this.state.hire(input);
	}

	/** `touch: false` leaves no trace in lastModifiedAt and `updated_since`. */
	change(id: number, patch: PersonInput, options: { touch?: boolean } = {}): Person {
		return this.state.change(id, patch, options);
	}

	remove(id: number): void {
		this.state.remove(id);
	}

	/** Flips statuses as Personio does at midnight: starters become active, leavers inactive. */
	applyDates(): void {
		this.state.applyDates();
	}

	addFormerEmployment(id: number, past: PersonInput): void {
		this.state.addFormerEmployment(id, past);
	}

	addAttribute(attribute: CustomAttributeInput): void {
		this.state.addAttribute({ type: 'standard', universalId: null, options: [], ...attribute });
	}

	expireTokens(): void {
		this.auth.expireTokens();
	}

	revokeCredentials(): void {
		this.auth.revokeCredentials();
	}

	restoreCredentials(): void {
		this.auth.restoreCredentials();
	}

	/** The credential lacks the right to read employees. */
	denyEmployees(denied: boolean): void {
		this.state.employeesDenied = denied;
	}

	/** The credential lacks whatever right org-units and the like need (which one is unknown). */
	denyOrganisation(denied: boolean): void {
		this.state.organisationDenied = denied;
	}

	kindOf(method: string, path: string): CallKind {
		if (path === '/v1/auth' || path.startsWith('/v2/auth/')) return 'auth';
		return method === 'GET' || method === 'HEAD' ? 'read' : 'write';
	}

	errorBody(request: Inbound): unknown {
		return isV2(request)
			? problem(500, SERVER_ERROR, this.clock.now()).body
			: v1Error(200, 'Something went wrong', 0).body;
	}

	pageOf(request: Inbound): number {
		if (isV2(request)) return pageNumber(request);
		const limit = wholeNumber(request.query.get('limit'), this.options.v1DefaultLimit) || 1;
		return Math.floor((wholeNumber(request.query.get('offset'), 0) ?? 0) / limit) + 1;
	}

	override shiftRows(): void {
		const number = this.state.people.size + 1;
		this.state.hire({ firstName: 'Neu', lastName: `Dazwischen ${number}`, createdAt: this.afterNewest() });
	}

	answer(request: Inbound): Reply {
		this.state.organisation.meetEveryone();
		return isV2(request) ? this.answerV2(request) : this.answerV1(request);
	}

	private answerV1(request: Inbound): Reply {
		const { method, path } = request;
		if (method === 'POST' && path === '/v1/auth') {
			return this.limits.takeAuth(1) ? this.auth.v1(request) : v1TooMany(this.limits.retryHeaders());
		}
		const isEmployees = path.startsWith('/v1/company/employees');
		if (!this.limits.takeV1(isEmployees)) return v1TooMany(this.limits.retryHeaders());
		const access = this.auth.check(request, 1);
		if (access === 'none') return v1Error(401, 'Authorization is not provided');
		if (access === 'refused') return v1Error(403, 'Provided authorization is not valid');
		if (isEmployees && this.state.employeesDenied) {
			return v1Error(403, 'The credential has no access to employees');
		}
		const match = this.v1.routes.find(request);
		return match.found === 'route' ? match.run() : v1Error(404, 'Not found');
	}

	private answerV2(request: Inbound): Reply {
		const { method, path } = request;
		if (method === 'POST' && path.startsWith('/v2/auth/')) {
			if (!this.limits.takeAuth(2)) return { status: 429, headers: this.limits.retryHeaders() };
			if (path === '/v2/auth/token') return this.auth.v2(request);
			if (path === '/v2/auth/revoke') return this.auth.revoke(request);
		}
		const match = this.v2.routes.find(request);
		const { allowed, headers } = this.limits.takeV2(match.found === 'route' ? match.template : path);
		// The body of a v2 429 is unknown; a gateway of that make sends none.
		if (!allowed) return { status: 429, headers: { ...headers, ...this.limits.retryHeaders() } };
		try {
			if (this.auth.check(request, 2) !== 'ok') throw new ProblemError(401, UNAUTHORIZED);
			if (match.found !== 'route') throw new ProblemError(404, unknownRoute(path));
			const { employeesDenied, organisationDenied } = this.state;
			const denied = PEOPLE_ROUTES.test(path) ? employeesDenied : organisationDenied;
			if (denied) throw new ProblemError(401, UNAUTHORIZED);
			return { ...match.run(), headers };
		} catch (error) {
			if (!(error instanceof ProblemError)) throw error;
			return { ...problem(error.status, error.problem, this.clock.now()), headers };
		}
	}

	/** A hire is the newest record whatever clock the test has set. */
	private afterNewest(): string {
		const newest = this.state.people.newestFirst()[0]?.createdAt ?? this.clock.now().toISOString();
		return (
			new Date(Math.max(Date.parse(newest) + 1000, this.clock.now().getTime())).toISOString().slice(0, 19) +
			'Z'
		);
	}
}

function isV2(request: Inbound): boolean {
	return request.path.startsWith('/v2/');
}
