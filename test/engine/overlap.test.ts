import type { INode } from 'n8n-workflow';

import { factsOf, knownOf, type Facts, type Known } from '../safety/facts';
import { live, type Live } from '../safety/live';
import { Random } from '../safety/random';
import type { PersonInput, Sandbox } from '../sandbox';
import type { PlatformName } from '../scenarios/company';
import { withoutPace } from './pace';
import { startStage, type Stage } from './start';

/**
 * Two runs of one workflow at the same time, as on two workers of n8n, which share no memory: the LMS answers
 * calls after a delay of chance, so that the two meet at any place. `OVERLAP_SEEDS` tries more of them.
 */

const SEEDS = Array.from({ length: Number(process.env['OVERLAP_SEEDS'] ?? 3) }, (_, index) => index + 1);

/** Limits would hold what another run has begun, and this is about those who are not held. */
const NO_LIMITS = Object.fromEntries(
	['Deactivation', 'GroupRemoval', 'Invitation', 'Creation', 'EmailChange'].flatMap((kind) => [
		[`max${kind}s`, 1000],
		[`max${kind}Percent`, 100],
	]),
);

const PEOPLE: PersonInput[] = Array.from({ length: 10 }, (_, index) => ({
	firstName: 'Person',
	lastName: `Number${index}`,
	email: addressOf(index),
	status: 'active',
	department: ['Sales', 'Finance', 'IT'][index % 3] as string,
	office: index % 2 === 0 ? 'Bonn' : 'Berlin',
}));

function addressOf(index: number): string {
	return `number${index}@overlap.example`;
}

interface Scenario {
	name: string;
	/** Before the two runs, after a first load where there is one. */
	change(sandbox: Sandbox): void;
	isLoaded: boolean;
	newLearners: 'invite' | 'create';
}

const idOf = ({ personio }: Sandbox, index: number): number =>
	[...personio.people.values()].find(({ lastName }) => lastName === `Number${index}`)?.id ?? 0;

/** Somebody of every kind whom a day brings. */
function usualDay(sandbox: Sandbox): void {
	const { personio, clock } = sandbox;
	const change = (index: number, patch: object) => personio.change(idOf(sandbox, index), patch);
	const day = (offset: number) =>
		new Date(clock.now().getTime() + offset * 86_400_000).toISOString().slice(0, 10);
	change(3, { lastName: 'Married' });
	change(4, { email: 'moved@overlap.example' });
	change(5, { department: 'Legal', supervisorId: idOf(sandbox, 1) });
	change(6, { office: 'Paris', department: 'Legal' });
	change(7, { terminationDate: day(-1) });
	change(8, { terminationDate: day(20) });
	change(9, { status: 'inactive' });
	personio.hire({ ...PEOPLE[0], lastName: 'Joiner', email: 'joiner@overlap.example', department: 'Legal' });
}

const SCENARIOS: Scenario[] = [
	{ name: 'a first load by invitations', change: () => {}, isLoaded: false, newLearners: 'invite' },
	{ name: 'a first load by accounts', change: () => {}, isLoaded: false, newLearners: 'create' },
	{ name: 'a usual day', change: usualDay, isLoaded: true, newLearners: 'invite' },
];

async function open(platform: PlatformName, { isLoaded, change, newLearners }: Scenario): Promise<Company> {
	const stage = await startStage({ company: [] });
	withoutPace(50);
	const { sandbox } = stage;
	const { personio } = sandbox;
	const people = PEOPLE.map((person) => personio.hire(person));
	for (const [index, { id }] of people.entries()) {
		if (index > 2) personio.change(id, { supervisorId: people[index % 3]?.id ?? null });
	}
	const company = new Company(stage, platform, {
		platform,
		dryRun: false,
		newLearners,
		createMissingGroups: true,
		groupLevels: { level: [{ field: 'office' }, { field: 'department' }] },
		limits: NO_LIMITS,
		...(platform === 'threeSixtyLearning' && {
			rootGroup: sandbox.threeSixtyLearning.syncRoot,
			fieldMapping: { field: [{ attribute: 'department', field: 'Department' }] },
		}),
	});
	if (isLoaded) {
		await company.run();
		company.accept();
		await company.run();
	}
	change(sandbox);
	company.begin();
	return company;
}

class Company {
	private known: Known = new Map();

	constructor(
		readonly stage: Stage,
		private readonly platform: PlatformName,
		private readonly plan: INode['parameters'],
	) {}

	get lms() {
		return this.stage.sandbox[this.platform];
	}

	/** Each with a memory of its own: n8n gives both what the one before has left. */
	async run(): Promise<Live> {
		return await live(this.stage.engine, { plan: this.plan });
	}

	begin(): void {
		this.known = knownOf(this.stage.sandbox, this.platform);
		this.lms.clearCalls();
	}

	accept(): void {
		this.stage.sandbox.learnUpon.acceptAllInvites();
		this.stage.sandbox.threeSixtyLearning.acceptAllInvitations();
	}

	/** Everybody to whom an invitation went, as often as one did. */
	invited(): string[] {
		const { learnUpon, threeSixtyLearning } = this.stage.sandbox;
		return [
			...[...learnUpon.invites.values()].map(({ email }) => email),
			...threeSixtyLearning.mails.filter(({ kind }) => kind === 'invitation').map(({ to }) => to),
		].sort();
	}

	writes(): string[] {
		return this.lms.writes().map(({ method, path, status }) => `${method} ${path} ${status}`);
	}

	/** What the LMS knows once the invitations are accepted and a run has put everybody into groups. */
	async end(): Promise<Facts> {
		this.accept();
		await this.run();
		return factsOf(this.stage.sandbox, this.platform, this.known);
	}
}

describe.each(['learnUpon', 'threeSixtyLearning'] as const)('%s', (platform) => {
	describe.each(SCENARIOS)('$name', (scenario) => {
		let reference: { facts: Facts; invited: string[] };

		beforeAll(async () => {
			const company = await open(platform, scenario);
			await company.run();
			reference = { invited: company.invited(), facts: await company.end() };
			await company.stage.close();
		});

		it.each(SEEDS)(
			'nobody is mailed twice, nothing is there twice, and nothing is left to do (seed %i)',
			async (seed) => {
				const random = new Random(seed);
				const company = await open(platform, scenario);
				for (const delay of [2, 5, 12])
					company.lms.misbehave({ match: () => random.chance(0.3), do: { delay } });
				const first = company.run();
				const calls = seed % 2 === 0 ? 0 : random.below(60);
				let isOver = false;
				void first.then(() => (isOver = true));
				while (company.lms.calls.length < calls && !isOver)
					await new Promise((resume) => setTimeout(resume, 1));
				const second = company.run();
				const both = [await first, await second];
				company.lms.behave();
				expect(both.map(({ error }) => error)).toEqual([undefined, undefined]);
				const failed = both.flatMap(({ outcomes }) => outcomes.filter(({ status }) => status === 'failed'));
				expect(failed).toEqual([]);

				company.lms.clearCalls();
				await company.run();
				expect(company.writes()).toEqual([]);
				expect(company.invited()).toEqual(reference.invited);
				expect(Object.fromEntries(await company.end())).toEqual(Object.fromEntries(reference.facts));
				await company.stage.close();
			},
		);
	});
});
