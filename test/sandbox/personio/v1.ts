import { DateTime } from 'luxon';
import type { Clock } from '../core/clock';
import { isoSeconds } from '../core/clock';
import type { Inbound, Reply } from '../core/http';
import { Router } from '../core/router';
import { v1Error } from './errors';
import type { PersonioOptions } from './options';
import type { PersonioState } from './state';
import type { Person } from './types';
import { grantedInfo, v1Record, wantedInfo } from './v1Record';
import type { RenderContext } from './v1Values';

/** `GET /v1/company/employees` and what belongs to it. */
export class PersonioV1 {
	readonly routes = new Router()
		.on('GET', '/v1/company/employees', (request) => this.list(request))
		.on('GET', '/v1/company/employees/attributes', (request) => this.attributes(request))
		.on('GET', '/v1/company/employees/custom-attributes', (request) => this.attributes(request))
		.on('GET', '/v1/company/employees/:id', (request, { id }) => this.single(request, id!));

	constructor(
		private readonly state: PersonioState,
		private readonly options: PersonioOptions,
		private readonly clock: Clock,
	) {}

	private list(request: Inbound): Reply {
		const { v1MaxLimit, v1DefaultLimit, v1OverLimitStatus } = this.options;
		const limit = wholeNumber(request.query.get('limit'), v1DefaultLimit);
		const offset = wholeNumber(request.query.get('offset'), 0);
		if (limit === undefined || limit < 1 || limit > v1MaxLimit) {
			return v1Error(v1OverLimitStatus, `The limit must be between 1 and ${v1MaxLimit}.`);
		}
		if (offset === undefined) return v1Error(v1OverLimitStatus, 'The offset must be at least 0.');
		const selected = this.selected(request);
		if (selected === undefined) return v1Error(400, 'The updated_since does not match the format.');
		const context = this.context(request);
		const wanted = wantedInfo(request.query.getAll('attributes[]'), context);
		return {
			status: 200,
			listKey: 'data',
			headers: tokenHeader(request),
			body: {
				success: true,
				metadata: {
					total_elements: selected.length,
					current_page: Math.floor(offset / limit),
					total_pages: Math.ceil(selected.length / limit),
				},
				offset,
				limit,
				data: selected.slice(offset, offset + limit).map((person) => v1Record(person, wanted, context)),
			},
		};
	}

	/** undefined if `updated_since` cannot be read. */
	private selected(request: Inbound): readonly Person[] | undefined {
		const everyone = this.state.people.newestFirst().filter(({ id }) => !this.state.unlisted.has(id));
		const since = request.query.get('updated_since');
		if (since !== null) {
			const instant = this.instant(since);
			if (instant === undefined) return undefined;
			return this.updatedSince(everyone, instant, request);
		}
		const email = request.query.get('email');
		if (email === null) return everyone;
		const fold = (text: string) => (this.options.emailFilterIgnoresCase ? text.toLowerCase() : text);
		return everyone.filter((person) => person.email !== null && fold(person.email) === fold(email));
	}

	/** Only granted attributes count, and with `attributes[]` only those. */
	private updatedSince(everyone: readonly Person[], since: string, request: Inbound): Person[] {
		const asked = request.query.getAll('attributes[]');
		const keys = grantedInfo(this.context(request))
			.map(({ key }) => key)
			.filter((key) => asked.length === 0 || asked.includes(key));
		const visibleUntil = isoSeconds(
			new Date(this.clock.now().getTime() - this.options.updatedSinceLagMinutes * 60_000),
		);
		const lags = this.options.updatedSinceLagMinutes > 0;
		return everyone.filter(
			(person) =>
				this.state.changedSince(person, keys, since) && !(lags && person.lastModifiedAt > visibleUntil),
		);
	}

	private instant(text: string): string | undefined {
		const plain = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d)?$/.test(text);
		if (!plain && !this.options.updatedSinceAcceptsZone) return undefined;
		const parsed = DateTime.fromISO(text, { zone: this.options.updatedSinceZone });
		return parsed.isValid ? isoSeconds(parsed.toJSDate()) : undefined;
	}

	private attributes(request: Inbound): Reply {
		const data = grantedInfo(this.context(request));
		return { status: 200, listKey: 'data', headers: tokenHeader(request), body: { success: true, data } };
	}

	private single(request: Inbound, id: string): Reply {
		const person = this.state.people.get(Number(id));
		// Word for word as in the vendor's example, trailing blank included.
		if (!person) return v1Error(404, 'Es ist ein Problem aufgetreten ');
		const context = this.context(request);
		const wanted = wantedInfo(request.query.getAll('attributes[]'), context);
		const data = v1Record(person, wanted, context);
		return { status: 200, headers: tokenHeader(request), body: { success: true, data } };
	}

	private context({ origin, hidden }: Inbound): RenderContext {
		return { state: this.state, options: this.options, origin, hidden };
	}
}

/** The answer repeats the token, a left-over that misleads clients into rotating it. */
function tokenHeader(request: Inbound): Record<string, string> {
	return { Authorization: request.headers.authorization ?? '' };
}

export function wholeNumber(text: string | null, fallback: number): number | undefined {
	if (text === null) return fallback;
	return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
