import { companyOf, type PersonInput, type Sandbox } from '../../sandbox';
import type { PlatformName } from '../../scenarios/company';

/** 300 people and what happens to them: the same at every start, so that two lives can be compared. */
const PEOPLE = 300;
const FIRST_ID = 300_001;
const DAY_MS = 86_400_000;

/** By their number in the company. Nobody stands in two lists, and none is a boss or had left before. */
const EARLY_LEAVERS = [100, 101, 102];
const BACK = EARLY_LEAVERS.slice(0, 2);
const LEAVERS = [110, 111, 112, 113, 115, 116, 117];
const ENDING = [120, 121, 122, 123];
const RENAMED = [130, 131, 132, 133, 135, 136, 137, 138, 140, 141, 142, 143];
const MOVED = [150, 152, 153, 154, 155, 156, 157, 158, 160, 161, 162, 163];
const NEW_ADDRESS = [170, 171, 172, 173];
const EXCHANGE: ReadonlyArray<[number, number]> = [
	[180, 181],
	[182, 183],
];
const NEW_BOSS = [190, 191, 192, 193, 195];
/** They do not accept their invitation for a long time. */
const SLOW = [200, 201, 202];
const SLOW_LEAVER = 200;
const SLOW_NEW_ADDRESS = 201;
const JOINERS = 12;

const idOf = (number: number): number => FIRST_ID + number;
const day = (offset: number): string => new Date(Date.now() + offset * DAY_MS).toISOString().slice(0, 10);

export const company = (): PersonInput[] => companyOf(PEOPLE);

/** What happens between two runs, in the order of the runs. */
export type Chapter = 'first load' | 'after acceptance' | 'mixed day';

export const CHAPTERS: readonly Chapter[] = ['first load', 'after acceptance', 'mixed day'];

export function happen(chapter: Chapter, sandbox: Sandbox, platform: PlatformName): void {
	if (chapter === 'after acceptance') accept(sandbox, platform);
	if (chapter === 'mixed day') liveThrough(sandbox);
}

/** Nearly everybody accepts, and three people leave. */
function accept({ personio, learnUpon, threeSixtyLearning }: Sandbox, platform: PlatformName): void {
	const slow = new Set(SLOW.map((number) => personio.people.get(idOf(number))?.email));
	if (platform === 'learnUpon') {
		for (const { id, email, status } of [...learnUpon.invites.values()]) {
			if (status === 'sent' && !slow.has(email)) learnUpon.acceptInvite(id);
		}
	} else {
		for (const { _id, mail, status } of [...threeSixtyLearning.users.values()]) {
			if (status === 'invited' && !slow.has(mail)) threeSixtyLearning.acceptInvitation(_id);
		}
	}
	for (const number of EARLY_LEAVERS) {
		personio.change(idOf(number), { status: 'inactive', terminationDate: day(-1) });
	}
}

/** Joiners, changes, leavers, people who come back, exchanged addresses, another department. */
function liveThrough({ personio }: Sandbox): void {
	for (const number of BACK) {
		personio.change(idOf(number), { status: 'active', terminationDate: null, hireDate: day(-1) });
	}
	for (const number of [...LEAVERS, SLOW_LEAVER]) {
		personio.change(idOf(number), { status: 'inactive', terminationDate: day(-1) });
	}
	for (const number of ENDING) personio.change(idOf(number), { terminationDate: day(20) });
	for (const number of RENAMED) personio.change(idOf(number), { lastName: `Umbenannt-${number}` });
	MOVED.forEach((number, index) => {
		const department = index % 3 === 0 ? 'Neubau' : 'Recht';
		personio.change(idOf(number), { department });
	});
	for (const number of [...NEW_ADDRESS, SLOW_NEW_ADDRESS]) {
		personio.change(idOf(number), { email: `neu.${number}@grossfirma.example` });
	}
	for (const [one, other] of EXCHANGE) {
		const [a, b] = [one, other].map((number) => personio.people.get(idOf(number))?.email ?? '');
		personio.change(idOf(one), { email: b ?? '' });
		personio.change(idOf(other), { email: a ?? '' });
	}
	for (const number of NEW_BOSS) personio.change(idOf(number), { supervisorId: FIRST_ID });
	for (let index = 0; index < JOINERS; index++) {
		personio.hire({
			id: idOf(PEOPLE + index),
			firstName: 'Neu',
			lastName: `Dabei-${index}`,
			email: `neu.dabei.${index}@grossfirma.example`,
			status: index % 4 === 0 ? 'onboarding' : 'active',
			position: 'Analyst',
			department: index % 4 === 1 ? 'Neubau' : 'Vertrieb',
			office: 'Wien',
			supervisorId: idOf(index % 3),
			hireDate: day(index % 4 === 0 ? 10 : -1),
			createdAt: new Date(Date.now() - index * 1000).toISOString(),
		});
	}
}

/** Personio ids of all who may lose access at any moment of a life. */
export const MAY_LOSE_ACCESS: ReadonlySet<string> = new Set(
	[...EARLY_LEAVERS, ...LEAVERS, SLOW_LEAVER].map((number) => String(idOf(number))),
);

/** Only where an open invitation cannot be changed. */
export const NEW_ADDRESS_WHILE_INVITED: ReadonlySet<string> = new Set([String(idOf(SLOW_NEW_ADDRESS))]);

export const CAME_BACK: ReadonlySet<string> = new Set(BACK.map((number) => String(idOf(number))));
