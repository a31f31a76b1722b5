import type { Call, Sandbox } from '../sandbox';

/** One thing that happens to somebody, and what the next run has to write because of it. */
export interface Scenario {
	/** As a sentence about a person. */
	name: string;
	change(company: Company): void;
	/** Writes to LearnUpon as `describeWrite` puts them, in order. */
	writes: string[];
	/** Codes of what is held, without those that stay from scenarios before. */
	held?: string[];
}

/** The demo company with handles for the people of the story. */
export class Company {
	constructor(readonly sandbox: Sandbox) {}

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
	const route = path.replace('/api/v1', '').replace(/\/[1-9]\d*/g, '/:id');
	const [wrapped] = Object.values((body ?? {}) as Record<string, Record<string, unknown>>);
	const fields = Object.keys(wrapped ?? {}).filter((field) => !field.endsWith('_id'));
	return [method, route, ...(fields.length > 0 ? [fields.join(',')] : [])].join(' ');
}

const JOIN = 'POST /group_memberships';
const LEAVE = 'DELETE /group_memberships/0';

export const LIFECYCLE: Scenario[] = [
	{
		name: 'somebody marries and has a new last name',
		change: (company) =>
			company.sandbox.personio.change(company.person(3), { lastName: 'von der Heide-Größmann' }),
		writes: ['PUT /users/:id last_name'],
	},
	{
		name: 'somebody has a new e-mail address',
		change: (company) =>
			company.sandbox.personio.change(company.person(3), { email: 'heide@nordhafen-new.example' }),
		writes: ['PUT /users/:id email'],
	},
	{
		name: 'an e-mail address is written in other letter case',
		change: (company) => {
			const id = company.person(4);
			company.sandbox.personio.change(id, { email: company.get(id).email?.toUpperCase() ?? '' });
		},
		writes: [],
	},
	{
		name: 'somebody moves to another department',
		change: (company) => {
			const departments = [...company.sandbox.personio.people.values()].map(({ department }) => department);
			const id = company.person(5);
			const other = departments.find((each) => each && each !== company.get(id).department);
			company.sandbox.personio.change(id, { department: other ?? null });
		},
		writes: [JOIN, LEAVE],
	},
	{
		name: 'somebody will leave in 20 days',
		change: (company) =>
			company.sandbox.personio.change(company.person(6), { terminationDate: company.day(20) }),
		writes: ['PUT /users/:id account_expires'],
	},
	{
		name: 'that termination is withdrawn',
		change: (company) => company.sandbox.personio.change(company.person(6), { terminationDate: null }),
		writes: ['PUT /users/:id account_expires'],
	},
	{
		name: "somebody's last day was yesterday",
		change: (company) =>
			company.sandbox.personio.change(company.person(7), { terminationDate: company.day(-1) }),
		writes: ['PUT /users/:id enabled'],
	},
	{
		name: 'a day later Personio has set the leaver to inactive',
		change: (company) => company.sandbox.personio.change(company.person(7), { status: 'inactive' }),
		writes: [],
	},
	{
		name: 'the leaver is hired again',
		change: (company) =>
			company.sandbox.personio.change(company.person(7), {
				status: 'active',
				terminationDate: null,
				hireDate: company.day(-1),
			}),
		writes: ['PUT /users/:id enabled'],
	},
	{
		name: 'somebody is hired for in two weeks',
		change: (company) =>
			company.sandbox.personio.hire({
				firstName: 'Jördis',
				lastName: 'Neumann',
				email: 'joerdis.neumann@nordhafen-new.example',
				status: 'onboarding',
				department: company.get(company.person(3)).department,
				hireDate: company.day(14),
			}),
		writes: ['POST /portal_invite email,first_name,last_name,CustomData'],
	},
	{
		name: 'somebody is set to inactive by hand, without a date',
		change: (company) => company.sandbox.personio.change(company.person(8), { status: 'inactive' }),
		writes: ['PUT /users/:id enabled'],
	},
	{
		name: 'two people exchange their e-mail addresses',
		change: (company) => {
			const [a, b] = [company.person(9), company.person(10)];
			const [first, second] = [company.get(a).email ?? '', company.get(b).email ?? ''];
			company.sandbox.personio.change(a, { email: second });
			company.sandbox.personio.change(b, { email: first });
		},
		writes: ['PUT /users/:id email', 'PUT /users/:id email', 'PUT /users/:id email'],
	},
	{
		name: 'somebody without an e-mail address is hired',
		change: (company) =>
			company.sandbox.personio.hire({ firstName: 'Ohne', lastName: 'Adresse', email: '', status: 'active' }),
		writes: [],
		held: ['noEmail'],
	},
	{
		name: 'somebody is hired whose address an account of LearnUpon alone has',
		change: (company) => {
			company.sandbox.learnUpon.addUser({
				email: 'Freelancer@nordhafen-new.example',
				firstName: 'Free',
				lastName: 'Lancer',
			});
			company.sandbox.personio.hire({
				firstName: 'Free',
				lastName: 'Lancer',
				email: 'freelancer@nordhafen-new.example',
				status: 'active',
				department: company.get(company.person(3)).department,
			});
		},
		writes: ['PUT /users/:id CustomData', JOIN, JOIN],
	},
	{
		name: 'somebody leaves whose invitation is still open',
		change: (company) => {
			const starter = [...company.sandbox.personio.people.values()].find(
				({ lastName }) => lastName === 'Neumann',
			);
			company.sandbox.personio.change((starter as { id: number }).id, { status: 'inactive' });
		},
		writes: ['DELETE /group_invites/:id'],
	},
];
