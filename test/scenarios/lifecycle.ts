import type { Company, PlatformName } from './company';

/** One thing that happens to somebody, and what the next run has to write because of it. */
export interface Scenario {
	/** As a sentence about a person. */
	name: string;
	change(company: Company): void;
	/** Writes to each LMS as `describeWrite` puts them, in order. */
	writes: Record<PlatformName, string[]>;
	/** Codes of what is held, without those that stay from scenarios before. */
	held?: string[];
}

const JOIN = 'POST /group_memberships';
const JOIN_360 = 'POST /groups/:id/learner/:id';
const LEAVE_360 = 'DELETE /groups/:id/learner/:id';
const LEAVE = 'DELETE /group_memberships/0';

export const LIFECYCLE: Scenario[] = [
	{
		name: 'somebody marries and has a new last name',
		change: (company) =>
			company.sandbox.personio.change(company.person(3), { lastName: 'von der Heide-Größmann' }),
		writes: { learnUpon: ['PUT /users/:id last_name'], threeSixtyLearning: ['PATCH /users/:id lastName'] },
	},
	{
		name: 'somebody has a new e-mail address',
		change: (company) =>
			company.sandbox.personio.change(company.person(3), { email: 'heide@nordhafen-new.example' }),
		writes: { learnUpon: ['PUT /users/:id email'], threeSixtyLearning: ['PATCH /users/:id mail'] },
	},
	{
		name: 'an e-mail address is written in other letter case',
		change: (company) => {
			const id = company.person(4);
			company.sandbox.personio.change(id, { email: company.get(id).email?.toUpperCase() ?? '' });
		},
		writes: { learnUpon: [], threeSixtyLearning: [] },
	},
	{
		name: 'somebody moves to another department',
		change: (company) => {
			const departments = [...company.sandbox.personio.people.values()].map(({ department }) => department);
			const id = company.person(5);
			const other = departments.find((each) => each && each !== company.get(id).department);
			company.sandbox.personio.change(id, { department: other ?? null });
		},
		writes: {
			learnUpon: [JOIN, LEAVE],
			threeSixtyLearning: [
				'PUT /users/:id/custom-fields/values customValues',
				'PUT /external-ids/:id personio-n8n-mark',
				JOIN_360,
				LEAVE_360,
			],
		},
	},
	{
		name: 'somebody will leave in 20 days',
		change: (company) =>
			company.sandbox.personio.change(company.person(6), { terminationDate: company.day(20) }),
		writes: {
			learnUpon: ['PUT /users/:id account_expires'],
			threeSixtyLearning: ['PATCH /users/:id toBeDeactivatedAt'],
		},
	},
	{
		name: 'that termination is withdrawn',
		change: (company) => company.sandbox.personio.change(company.person(6), { terminationDate: null }),
		writes: {
			learnUpon: ['PUT /users/:id account_expires'],
			threeSixtyLearning: ['PATCH /users/:id toBeDeactivatedAt'],
		},
	},
	{
		name: "somebody's last day was yesterday",
		change: (company) =>
			company.sandbox.personio.change(company.person(7), { terminationDate: company.day(-1) }),
		writes: { learnUpon: ['PUT /users/:id enabled'], threeSixtyLearning: ['DELETE /users/:id'] },
	},
	{
		name: 'a day later Personio has set the leaver to inactive',
		change: (company) => company.sandbox.personio.change(company.person(7), { status: 'inactive' }),
		writes: { learnUpon: [], threeSixtyLearning: [] },
	},
	{
		name: 'the leaver is hired again',
		change: (company) =>
			company.sandbox.personio.change(company.person(7), {
				status: 'active',
				terminationDate: null,
				hireDate: company.day(-1),
			}),
		writes: {
			learnUpon: ['PUT /users/:id enabled'],
			threeSixtyLearning: [
				'POST /users mail,membership',
				'PUT /users/:id/activate',
				JOIN_360,
				'POST /users/:id/managers/:id',
			],
		},
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
		writes: {
			learnUpon: ['POST /portal_invite email,first_name,last_name,CustomData'],
			threeSixtyLearning: [
				'POST /users mail,firstName,lastName,membership',
				'POST /external-ids personio-n8n',
				'PUT /users/:id/custom-fields/values customValues',
				'POST /external-ids personio-n8n-mark',
				JOIN_360,
			],
		},
	},
	{
		name: 'somebody is set to inactive by hand, without a date',
		change: (company) => company.sandbox.personio.change(company.person(8), { status: 'inactive' }),
		writes: { learnUpon: ['PUT /users/:id enabled'], threeSixtyLearning: ['DELETE /users/:id'] },
	},
	{
		name: 'two people exchange their e-mail addresses',
		change: (company) => {
			const [a, b] = [company.person(9), company.person(10)];
			const [first, second] = [company.get(a).email ?? '', company.get(b).email ?? ''];
			company.sandbox.personio.change(a, { email: second });
			company.sandbox.personio.change(b, { email: first });
		},
		writes: {
			learnUpon: ['PUT /users/:id email', 'PUT /users/:id email', 'PUT /users/:id email'],
			threeSixtyLearning: ['PATCH /users/:id mail', 'PATCH /users/:id mail', 'PATCH /users/:id mail'],
		},
	},
	{
		name: 'somebody without an e-mail address is hired',
		change: (company) =>
			company.sandbox.personio.hire({ firstName: 'Ohne', lastName: 'Adresse', email: '', status: 'active' }),
		writes: { learnUpon: [], threeSixtyLearning: [] },
		held: ['noEmail'],
	},
	{
		name: 'somebody is hired whose address an account of the LMS alone has',
		change: (company) => {
			company.addStranger({
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
		writes: {
			learnUpon: ['PUT /users/:id CustomData', JOIN, JOIN],
			threeSixtyLearning: [
				'POST /external-ids personio-n8n',
				'PUT /users/:id/custom-fields/values customValues',
				'POST /external-ids personio-n8n-mark',
				JOIN_360,
				JOIN_360,
			],
		},
	},
	{
		name: 'somebody leaves whose invitation is still open',
		change: (company) => {
			const starter = [...company.sandbox.personio.people.values()].find(
				({ lastName }) => lastName === 'Neumann',
			);
			company.sandbox.personio.change((starter as { id: number }).id, { status: 'inactive' });
		},
		writes: { learnUpon: ['DELETE /group_invites/:id'], threeSixtyLearning: ['DELETE /users/:id'] },
	},
];

/** What only an LMS with managers, owners and deleted accounts has to deal with. */
export const LIFECYCLE_360: Scenario[] = [
	{
		name: 'the leaver is hired again with another address and another department',
		change: (company) => {
			const { personio } = company.sandbox;
			const id = company.person(8);
			const other = company.get(company.person(3)).department;
			personio.change(id, {
				status: 'active',
				hireDate: company.day(-1),
				email: 'again@nordhafen-new.example',
				department: other ?? null,
			});
		},
		writes: {
			learnUpon: [],
			threeSixtyLearning: [
				'POST /users mail,membership',
				'PUT /users/:id/activate',
				'PATCH /users/:id mail',
				'PUT /users/:id/custom-fields/values customValues',
				JOIN_360,
				'POST /users/:id/managers/:id',
				'PUT /external-ids/:id personio-n8n-mark',
			],
		},
	},
	{
		name: "somebody else is hired with a leaver's old address",
		change: (company) => {
			const { personio } = company.sandbox;
			const leaver = company.person(14);
			const email = company.get(leaver).email ?? '';
			personio.change(leaver, { status: 'inactive', email: null });
			personio.hire({ firstName: 'Erbin', lastName: 'Adresse', email, status: 'active' });
		},
		writes: { learnUpon: [], threeSixtyLearning: ['DELETE /users/:id'] },
		held: ['linkedToOther'],
	},
	{
		name: 'the same in the next run, when the account of the leaver has ended',
		change: () => undefined,
		writes: { learnUpon: [], threeSixtyLearning: [] },
	},
	{
		name: 'the owner of the platform is an employee, and leaves',
		change: (company) =>
			company.sandbox.personio.hire({
				firstName: 'Academy',
				lastName: 'Owner',
				email: 'academy-owner@nordhafen.example',
				status: 'inactive',
				terminationDate: company.day(-3),
			}),
		writes: { learnUpon: [], threeSixtyLearning: [] },
		held: ['ownerAccount'],
	},
	{
		name: 'a manager is hired together with somebody who reports to them',
		change: (company) => {
			const { personio } = company.sandbox;
			const department = company.get(company.person(3)).department;
			const report = personio.hire({
				firstName: 'Ada',
				lastName: 'Bericht',
				email: 'ada@nordhafen-new.example',
				status: 'active',
				department,
			});
			const manager = personio.hire({
				firstName: 'Max',
				lastName: 'Leiter',
				email: 'max@nordhafen-new.example',
				status: 'active',
				department,
			});
			personio.change(report.id, { supervisorId: manager.id });
		},
		writes: {
			learnUpon: [],
			threeSixtyLearning: [
				'POST /users mail,firstName,lastName,membership',
				'POST /external-ids personio-n8n',
				'PUT /users/:id/custom-fields/values customValues',
				'POST /external-ids personio-n8n-mark',
				'POST /users mail,firstName,lastName,membership',
				'POST /external-ids personio-n8n',
				'PUT /users/:id/custom-fields/values customValues',
				JOIN_360,
				JOIN_360,
				'POST /users/:id/managers/:id',
				'POST /external-ids personio-n8n-mark',
			],
		},
	},
	{
		name: 'two people are entered as each other’s supervisor',
		change: (company) => {
			const { personio } = company.sandbox;
			const { people } = personio;
			const find = (name: string) => [...people.values()].find(({ lastName }) => lastName === name)?.id ?? 0;
			personio.change(find('Leiter'), { supervisorId: find('Bericht') });
		},
		writes: { learnUpon: [], threeSixtyLearning: [] },
		held: ['managerCycle'],
	},
];
