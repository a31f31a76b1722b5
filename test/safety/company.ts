import type { PersonInput } from '../sandbox';

/**
 * A company in which everything is due at once, once for each page of a list: whoever is hidden by a fault
 * on one page has namesakes in fate on the others.
 */

export const PAGES = [1, 2, 3] as const;

/** How many people are on each page of Personio's list who are out of scope, and make it long. */
export interface Size {
	fillers: readonly [number, number, number];
	/** Fillers have departments and offices of their own, so that those lists are long, too. */
	ownUnits: boolean;
}

/** With eight others on each page: 100, 100 and 50 people. */
export const V1_SIZE: Size = { fillers: [92, 92, 42], ownUnits: false };
/** With eight others on each page: 50, 50 and 25 people, and more than 100 departments and offices. */
export const V2_SIZE: Size = { fillers: [42, 42, 17], ownUnits: true };
export const SMALL: Size = { fillers: [1, 1, 1], ownUnits: false };

export type Fate =
	'leaver' | 'mover' | 'renamed' | 'joiner' | 'namesake' | 'invited' | 'rehire' | 'ending' | 'missing';

const SLOT: Record<Fate, number> = {
	leaver: 1,
	mover: 2,
	renamed: 3,
	joiner: 4,
	namesake: 5,
	invited: 6,
	rehire: 7,
	ending: 8,
	missing: 9,
};

/** Behind the fillers of the page, so that a page that is cut short lacks them. */
const FIRST_FATE = 900;
const DAY_MS = 86_400_000;
const EPOCH = Date.UTC(2024, 0, 1);

export const day = (offset: number): string =>
	new Date(Date.now() + offset * DAY_MS).toISOString().slice(0, 10);

export const idOf = (fate: Fate, page: number): number => page * 1000 + FIRST_FATE + SLOT[fate];
export const addressOf = (fate: Fate, page: number): string => `${fate}.${page}@company.example`;
export const newAddressOf = (page: number): string => `renamed.${page}@company-new.example`;

/** Everybody's ids and times of creation rise or fall with the place, so that both lists have one order. */
const placed = (id: number): Pick<PersonInput, 'id' | 'createdAt'> => ({
	id,
	createdAt: new Date(EPOCH - id * 60_000).toISOString(),
});

function person(fate: Fate, page: number, more: PersonInput = {}): PersonInput {
	return {
		...placed(idOf(fate, page)),
		firstName: `${fate[0]?.toUpperCase()}${fate.slice(1)}`,
		lastName: `${fate}-${page}`,
		email: addressOf(fate, page),
		status: 'active',
		position: 'Staff',
		department: 'Sales',
		office: 'Main',
		hireDate: '2020-01-01',
		...more,
	};
}

/** Whoever has an account before anything happens. */
export function settled(page: number): PersonInput[] {
	return [
		person('leaver', page),
		person('mover', page, {
			department: `Old ${page}`,
			office: `Old Site ${page}`,
			supervisorId: idOf('ending', page),
		}),
		person('renamed', page, { supervisorId: idOf('ending', page) }),
		person('rehire', page),
		// Already where the mover goes to.
		person('ending', page, {
			department: `New ${page}`,
			office: `New Site ${page}`,
			terminationDate: day(60),
		}),
		person('missing', page),
	];
}

export const invited = (page: number): PersonInput => person('invited', page);

/** The end of the first employment of those who come back. */
export const ENDED: PersonInput = { status: 'inactive', terminationDate: day(-40) };

export function fillers({ fillers, ownUnits }: Size, page: number): PersonInput[] {
	return Array.from({ length: fillers[page - 1] ?? 0 }, (_, index) => {
		const id = page * 1000 + 1 + index;
		// The first one has what the mover of this page will have, so that both stand in the middle of lists.
		const [department, office] =
			index === 0
				? [`New ${page}`, `New Site ${page}`]
				: ownUnits
					? [`Unit ${id}`, `Site ${id}`]
					: ['Sales', 'Main'];
		return {
			...placed(id),
			firstName: 'Filler',
			lastName: `filler-${id}`,
			email: `filler.${id}@company.example`,
			status: 'active' as const,
			position: 'Filler',
			department: department ?? null,
			office: office ?? null,
			hireDate: '2020-01-01',
		};
	});
}

/** What Personio knows before anything happens, in the order of its lists. */
export function before(size: Size): PersonInput[] {
	const ended = new Set(PAGES.map((page) => idOf('rehire', page)));
	return PAGES.flatMap((page) => [...fillers(size, page), ...settled(page), invited(page)]).map((each) =>
		ended.has(each.id ?? 0) ? { ...each, ...ENDED } : each,
	);
}

interface Personio {
	hire(input: PersonInput): unknown;
	change(id: number, patch: PersonInput): unknown;
	remove(id: number): void;
}

/** What happens to everybody between two runs. */
export function happen(personio: Personio): void {
	for (const page of PAGES) {
		personio.change(idOf('leaver', page), { status: 'inactive', terminationDate: day(-1) });
		personio.change(idOf('mover', page), { department: `New ${page}`, office: `New Site ${page}` });
		personio.change(idOf('renamed', page), { email: newAddressOf(page) });
		personio.change(idOf('rehire', page), { status: 'active', terminationDate: null, hireDate: day(-1) });
		personio.hire(person('joiner', page, { supervisorId: idOf('mover', page) }));
		personio.hire(person('namesake', page));
		personio.remove(idOf('missing', page));
	}
}
