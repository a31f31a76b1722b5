import type { Call, Sandbox } from '../sandbox';

export type PlatformName = 'learnUpon' | 'threeSixtyLearning';

/** The demo company with handles for the people of the story. */
export class Company {
	constructor(
		readonly sandbox: Sandbox,
		readonly platform: PlatformName,
	) {}

	/** An account that somebody has made in the LMS by hand. */
	addStranger(person: { email: string; firstName: string; lastName: string }): void {
		const { learnUpon, threeSixtyLearning } = this.sandbox;
		if (this.platform === 'learnUpon') {
			learnUpon.addUser(person);
			return;
		}
		const { email, ...names } = person;
		const user = threeSixtyLearning.addUser({ mail: email, ...names });
		threeSixtyLearning.addMembership(threeSixtyLearning.rootGroup, user._id);
	}

	/** The nth active person of the seed, the same at every start. */
	person(index: number): number {
		const ids = [...this.sandbox.personio.people.values()]
			.filter(({ email }) => email?.endsWith(SEED_DOMAIN))
			.map(({ id }) => id)
			.sort((a, b) => a - b);
		return ids[index] as number;
	}

	get(id: number) {
		const person = this.sandbox.personio.people.get(id);
		if (!person) throw new Error(`Nobody has the id ${id}`);
		return person;
	}

	/** A day on the calendar, so many days from today by the sandbox's clock. */
	day(offset: number): string {
		const at = this.sandbox.clock.now().getTime() + offset * 86_400_000;
		return new Date(at).toISOString().slice(0, 10);
	}
}

const SEED_DOMAIN = '@nordhafen.example';

/** People beside the 34 of the seed who never get an account: one has left, one has no address. */
export function addOddPeople({ sandbox: { personio } }: Company): void {
	personio.hire({
		firstName: 'Former',
		lastName: 'Employee',
		email: 'former@nordhafen-odd.example',
		status: 'inactive',
		terminationDate: '2025-03-31',
	});
	personio.hire({ firstName: 'Without', lastName: 'Address', email: '', status: 'active' });
}

/** `PUT /users/:id account_expires`: method, route and the fields written. */
export function describeWrite({ method, path, body }: Call): string {
	const route = path.replace(/^\/api\/v\d/, '').replace(/\/([1-9]\d*|[\da-f]{24})(?=\/|$)/g, '/:id');
	const fields = path.startsWith('/api/v1') ? wrappedFields(body) : fieldsWritten(body);
	return [method, route, ...(fields.length > 0 ? [fields.join(',')] : [])].join(' ');
}

/** LearnUpon wants the fields in the name of what they belong to. */
function wrappedFields(body: unknown): string[] {
	const [wrapped] = Object.values((body ?? {}) as Record<string, Record<string, unknown>>);
	return Object.keys(wrapped ?? {}).filter((field) => !field.endsWith('_id'));
}

/** Of an external id, the name under which it is kept. */
function fieldsWritten(body: unknown): string[] {
	const { platform, ...fields } = (body ?? {}) as Record<string, unknown>;
	return platform === undefined ? Object.keys(fields) : [String(platform)];
}
