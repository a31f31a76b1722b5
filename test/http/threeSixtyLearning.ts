import { to } from './changes';
import { ThreeSixtyLearningApi } from '../../credentials/ThreeSixtyLearningApi.credentials';
import { NO_OPTIONS, type PlatformOptions } from '../../nodes/LmsSync/platforms/platform';
import { ThreeSixtyLearning } from '../../nodes/LmsSync/platforms/threeSixtyLearning/threeSixtyLearning';
import { learnerId, type Change, type Learner } from '../../nodes/shared/item';
import { SECRETS } from './failure';
import { standIn, type Generation, type StandIn } from './n8n';
import { VendorHost, type Answer, type Call } from './vendor';

export { to };

export const API = '/api/v2';
export const LINK = 'personio-n8n';
export const MARK = 'personio-n8n-mark';
export const EUROPE = 'https://app.360learning.com';

/** The company, with paths from `/api/v2` on. */
export class Company extends VendorHost {
	override on(method: string, path: string, ...answers: Answer[]): this {
		return super.on(method, API + path, ...answers);
	}

	override always(method: string, path: string, answerTo: (call: Call) => Answer): this {
		return super.always(method, API + path, answerTo);
	}

	override optional(method: string, path: string, answer: Answer | ((call: Call) => Answer)): void {
		super.optional(method, API + path, answer);
	}

	override to(path: string): Call[] {
		return super.to(API + path);
	}

	/** What was asked, in order and letter by letter: method, path and query. */
	get asked(): string[] {
		return this.calls.map(({ method, uri }) => `${method} ${uri.slice(API.length)}`);
	}

	/** What was written, in order. */
	get written(): string[] {
		return this.asked.filter((call) => !call.startsWith('GET'));
	}

	bodies(method: string, path: string): unknown[] {
		return this.to(path).flatMap((call) => (call.method === method ? [call.body] : []));
	}

	/** Answers, if it is asked, in which groups somebody is and who their managers are. */
	lets(id: string, groups: string[] = [STAFF], managers: string[] = []): this {
		this.optional('GET', `/users/${id}/roles`, rolesIn(...groups));
		this.optional('GET', `/users/${id}/managers`, { body: managers });
		this.optional('GET', `/users/${id}/subordinates`, { body: [] });
		return this;
	}

	/** Gives the turn to make groups to the run, so many times, and takes it back. */
	turns(times = 1): this {
		for (let count = 0; count < times; count++) {
			const making = { platform: 'personio-n8n-making', targetId: STAFF, targetType: 'group' };
			const turn = mapping(0x7a00 + count, `turn ${count}`, making);
			this.on('POST', '/external-ids', { status: 201, body: turn });
			this.on('DELETE', `/external-ids/${turn._id}`, { status: 204 });
		}
		return this;
	}

	/** Answers every question for external ids from this list, as the filters ask. */
	keeps(mappings: Mapping[]): this {
		return this.always('GET', '/external-ids', ({ query }) => askedFor(mappings, query));
	}
}

/** The external ids that fit the filters. */
export function askedFor(mappings: Mapping[], query: URLSearchParams): Answer {
	const body = mappings.filter((each) =>
		[...query].every(([filter, value]) => {
			const key = filter.replace('[eq]', '').replace(/^type$/, 'targetType');
			return each[key as keyof Mapping] === value;
		}),
	);
	return { body };
}

export interface ThreeSixtyRun {
	company: Company;
	n8n: StandIn;
	lms: ThreeSixtyLearning;
}

export interface RunOptions extends Partial<PlatformOptions> {
	generation?: Generation;
	credential?: object;
	host?: string;
}

export function threeSixtyRun({ generation, credential, host, ...options }: RunOptions = {}): ThreeSixtyRun {
	const stored = {
		region: 'eu',
		baseUrl: '',
		clientId: 'the-client-id',
		clientSecret: SECRETS.threeSixtySecret,
		sessionToken: SECRETS.oldToken,
		...credential,
	};
	const n8n = standIn(new ThreeSixtyLearningApi(), stored, generation);
	const lms = new ThreeSixtyLearning(n8n.context, {
		...NO_OPTIONS,
		linkField: LINK,
		needsLink: true,
		...options,
	});
	return { company: new Company(host ?? EUROPE), n8n, lms };
}

/** Ids are 24 hexadecimal digits. */
export const hex = (number: number): string => number.toString(16).padStart(24, '0');

export const refusal = (status: number, code: string, message?: string): Answer => ({
	status,
	body: { error: { code, ...(message !== undefined && { message }) } },
});

export const DONE: Answer = { status: 204 };

export interface Mapping {
	_id: string;
	platform: string;
	targetId: string;
	targetType: string;
	value: string;
}

export const mapping = (number: number, value: string, changes: Partial<Mapping> = {}): Mapping => ({
	_id: hex(number),
	platform: LINK,
	targetId: JANES_ID,
	targetType: 'user',
	value,
	...changes,
});

export const JANE = 'jane@example.com';
export const JANES_ID = hex(0x501);
export const BOBS_ID = hex(0x502);

export const jane: Learner = {
	id: learnerId(JANES_ID),
	email: JANE,
	firstName: 'Jane',
	lastName: 'Doe',
	status: 'active',
	link: null,
	accessEnds: null,
	custom: {},
};

/** Jane's account as 360Learning delivers it. */
export const user = (changes: object = {}) => ({
	_id: JANES_ID,
	status: 'active',
	lang: 'en',
	mail: JANE,
	firstName: 'Jane',
	lastName: 'Doe',
	...changes,
});

export const oneUser = (changes: object = {}): Answer => ({ body: user(changes) });

/** Acme > Staff > Berlin > IT, and Acme > Board > IT. Berlin and the IT below it are public. */
export const [ACME, STAFF, BERLIN, IT, BOARD, BOARDS_IT] = [160, 161, 162, 163, 164, 165].map(hex) as [
	string,
	string,
	string,
	string,
	string,
	string,
];

export const TREE = [
	{ _id: ACME, name: 'Acme', public: false },
	{ _id: STAFF, name: 'Staff', public: false, parentId: ACME },
	{ _id: BERLIN, name: 'Berlin', public: true, parentId: STAFF },
	{ _id: IT, name: 'IT', public: true, parentId: BERLIN, custom: 'Made by the Personio sync.' },
	{ _id: BOARD, name: 'Board', public: false, parentId: ACME, custom: 'Ask Ms Roe.' },
	{ _id: BOARDS_IT, name: 'IT', public: false, parentId: BOARD },
];

/** What the list of roles of somebody answers. */
export const rolesIn = (...groups: string[]): Answer => ({
	body: groups.map((groupId) => ({ groupId, role: 'learner' })),
});

export const HOME = { id: STAFF, name: '/Acme > Staff' };

/** What makes up a new learner. */
export const NEW_JANE: Change[] = [
	to('email', JANE),
	to('firstName', 'Jane'),
	to('lastName', 'Doe'),
	to('link', '8120', LINK),
	to('accessEnds', '2027-06-30'),
	to('custom.Job Title', 'Engineer', 'Job Title'),
	to('custom.Language', 'de', 'Language'),
];

/** The same, with an account at once and not by an invitation. */
export const ACTIVE_JANE: Change[] = [...NEW_JANE, to('status', 'active')];
