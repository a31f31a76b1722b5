import { to } from './changes';
import { LearnUponApi } from '../../credentials/LearnUponApi.credentials';
import { LearnUpon } from '../../nodes/LmsSync/platforms/learnUpon/learnUpon';
import { NO_OPTIONS, type PlatformOptions } from '../../nodes/LmsSync/platforms/platform';
import { learnerId, type Change, type Learner } from '../../nodes/shared/item';
import { SECRETS } from './failure';
import { standIn, type Generation, type StandIn } from './n8n';
import { VendorHost, type Answer, type Call } from './vendor';

export { to };

const API = '/api/v1';
export const LINK = 'Personio ID';

/** The portal, with paths from `/api/v1` on. */
class Portal extends VendorHost {
	override on(method: string, path: string, ...answers: Answer[]): this {
		return super.on(method, API + path, ...answers);
	}

	override optional(method: string, path: string, answer: Answer | ((call: Call) => Answer)): void {
		super.optional(method, API + path, answer);
	}

	override to(path: string) {
		return super.to(API + path);
	}

	/** What was asked, in order: method and path. */
	get asked(): string[] {
		return this.calls.map(({ method, path }) => `${method} ${path.slice(API.length)}`);
	}
}

export interface LearnUponRun {
	portal: Portal;
	n8n: StandIn;
	learnUpon: LearnUpon;
}

export function learnUponRun(
	options: Partial<PlatformOptions> = {},
	generation: Generation = 'n8n 2.x',
): LearnUponRun {
	const credential = {
		portalUrl: 'acme.learnupon.com',
		username: 'learnupon-key',
		password: SECRETS.password,
	};
	const n8n = standIn(new LearnUponApi(), credential, generation);
	return {
		portal: new Portal('https://acme.learnupon.com'),
		n8n,
		learnUpon: new LearnUpon(n8n.context, {
			...NO_OPTIONS,
			linkField: LINK,
			needsLink: true,
			...options,
		}),
	};
}

/** One page of a list, with the headers of LearnUpon. */
export function list(key: string, records: unknown[], more = false, extra: object = {}): Answer {
	return {
		body: { ...extra, [key]: records },
		headers: { 'lu-current-page': '1', 'lu-records-per-page': '499', 'lu-has-next-page': String(more) },
	};
}

export const DEFINITIONS = [
	{ id: 31, label: LINK, type_id: 1 },
	{ id: 32, label: 'Job Title', type_id: 1 },
	{ id: 33, label: 'Cost centre?', type_id: 4, predefined_values: ['North', 'South'] },
];

/** The list of users carries the definitions under a misspelt key. */
export const usersList = (users: unknown[], more = false): Answer =>
	list('user', users, more, { customDataFieldDefintions: DEFINITIONS });

export const refusal = (status: number, message: string): Answer => ({
	status,
	body: { response_type: 'ERROR', response_code: status, message },
});

export const JANE = 'jane@example.com';

export const jane: Learner = {
	id: learnerId(501),
	email: JANE,
	firstName: 'Jane',
	lastName: 'Doe',
	status: 'active',
	link: null,
	accessEnds: null,
	custom: {},
};

/** Jane's account as LearnUpon delivers it. */
export const janesAccount = (changes: object = {}) => ({
	id: 501,
	first_name: 'Jane',
	last_name: 'Doe',
	email: JANE,
	enabled: true,
	account_expires: null,
	CustomData: null,
	customDataFieldValues: [],
	...changes,
});

export const oneUser = (changes: object = {}): Answer => ({ body: { user: [janesAccount(changes)] } });
export const NOBODY = refusal(404, 'no user found');

/** What makes up a new learner. */
export const NEW_JANE: Change[] = [
	to('email', JANE),
	to('firstName', 'Jane'),
	to('lastName', 'Doe'),
	to('link', '8120', LINK),
	to('accessEnds', '2027-06-30'),
	to('custom.Job Title', 'Engineer', 'Job Title'),
];
