import { asideAddress } from '../../nodes/LmsSync/sync/addresses';
import { learnerId, type SyncItem } from '../../nodes/shared/item';
import type { Facts } from '../safety/facts';
import type { Ended } from './canvas';
import { PEOPLE, type Person } from './company';
import type { World } from './world';

/** What a run has written that is neither as before nor as it is to be. */
export function wrongFacts({ start, reference, known }: World, after: Facts): string[] {
	const wrong: string[] = [];
	for (const key of new Set([...start.keys(), ...after.keys()])) {
		const [from, to, wanted] = [start.get(key), after.get(key), reference.get(key)];
		if (to === from || to === wanted || isOnTheWay(key, { from, to, wanted }, known)) continue;
		wrong.push(`${key}: ${from ?? '–'} → ${to ?? '–'}, and not ${wanted ?? '–'}`);
	}
	return wrong;
}

interface Change {
	from: string | undefined;
	to: string | undefined;
	wanted: string | undefined;
}

/** What may be half done when a run ends. */
function isOnTheWay(key: string, { from, to, wanted }: Change, known: World['known']): boolean {
	const number = (text: string | undefined) => Number(text ?? 0);
	if (key.startsWith('mail ')) return number(from) <= number(to) && number(to) <= number(wanted);
	// Somebody who comes back is an invited account until it is activated, and so is a new one.
	if (key.endsWith(': status')) return to === 'invited' && wanted === 'active' && from !== 'active';
	if (/: (e?mail)$/.test(key)) {
		const ids = [...known].filter(([, name]) => key.startsWith(`${name}: `)).map(([id]) => id);
		return ids.some((id) => to === asideAddress(learnerId(id)));
	}
	const [id, , manager] = (wanted ?? '').split('.');
	return key.endsWith('personio-n8n-mark') && to === `${id}.0.${manager}`;
}

/** The people whom facts are about. */
export function concerned(lines: string[]): Person[] {
	const subjects = lines.map((line) => line.split(/: | in | is | reports to /)[0] ?? '');
	return PEOPLE.filter(({ addresses }) =>
		subjects.some((subject) => addresses.some((address) => subject.endsWith(` ${address}`))),
	);
}

const says = (text: string, { addresses, lastNames }: Person): boolean =>
	addresses.some((address) => text.includes(address)) ||
	lastNames.some((name) => new RegExp(`\\bTest ${name}\\b`).test(text));

const isAbout = ({ employee, learner }: SyncItem, { id }: Person): boolean =>
	employee?.id === String(id) || learner?.link === String(id);

/** Whether the report tells of somebody that not everything was done. */
export function isTold({ report, results }: Ended, person: Person): boolean {
	const entries = [...(report?.failed ?? []), ...(report?.held ?? [])];
	return (
		entries.some(({ who, message }) => says(who, person) || says(message, person)) ||
		results.some(
			(item) =>
				isAbout(item, person) &&
				(item.decision?.notes !== undefined || item.outcomes?.some(({ status }) => status === 'skipped')),
		)
	);
}

/** What no operator should have to read. */
const RAW =
	/undefined|\bnull\b|\bNaN\b|\[object|is not a function|is not iterable|Cannot read|Cannot convert|Unexpected (token|end)|in JSON at|\bE(CONN|TIMEDOUT|PIPE|AI_)\w*|status code \d|socket hang up|AxiosError/;

const hasRemedy = (text: string): boolean =>
	text.split(/[.!?](?:\s|$)/).filter((part) => part.trim()).length > 1;

/** Sentences of a run that do not tell what happened and what to do. */
export function unclear({ error, report }: Ended): string[] {
	const texts = [
		...(error ? [`${error.message.replace(/\.$/, '')}. ${error.description}`.trim()] : []),
		...(report?.failed ?? []).map(({ message }) => message),
		...(report?.alerts ?? []).map(({ message }) => message),
	];
	const isOdd = error !== undefined && !/^Node(Operation|Api)Error$/.test(error.name);
	return [
		...(isOdd ? [`${error.name}: ${error.message}`] : []),
		...texts.filter((text) => RAW.test(text) || text.length < 30 || !hasRemedy(text)),
	];
}
