import { DateTime } from 'luxon';
import { pick } from './quirks';
import type { PersonioOptions } from './options';

const ZONES: Record<string, string> = {
	dublin: 'Europe/Dublin',
	lissabon: 'Europe/Lisbon',
	lisbon: 'Europe/Lisbon',
	london: 'Europe/London',
	wien: 'Europe/Vienna',
	vienna: 'Europe/Vienna',
	zürich: 'Europe/Zurich',
	zurich: 'Europe/Zurich',
	helsinki: 'Europe/Helsinki',
	bukarest: 'Europe/Bucharest',
	'new york': 'America/New_York',
	'san francisco': 'America/Los_Angeles',
	'são paulo': 'America/Sao_Paulo',
	bengaluru: 'Asia/Kolkata',
	tokyo: 'Asia/Tokyo',
	sydney: 'Australia/Sydney',
	auckland: 'Pacific/Auckland',
};

/** Facts §2.2: the offset is the office's; without an office, and for remote people, Europe/Berlin. */
export function zoneOf(office: string | null, options: PersonioOptions): string {
	if (office === null) return 'Europe/Berlin';
	return options.officeZones[office] ?? ZONES[office.toLowerCase()] ?? 'Europe/Berlin';
}

// Offsets are looked up for every date of every record; a large roster would spend most of its time here.
const midnights = new Map<string, string>();
const offsets = new Map<string, number>();

export function localMidnight(date: string, zone: string): string {
	const key = `${zone} ${date}`;
	let text = midnights.get(key);
	if (text === undefined) {
		text = DateTime.fromISO(date, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ssZZ");
		midnights.set(key, text);
	}
	return text;
}

export function localInstant(instant: string, zone: string): string {
	const time = Date.parse(instant);
	// Zones change their offset at a full hour of UTC.
	const key = `${zone} ${Math.floor(time / 3_600_000)}`;
	let offset = offsets.get(key);
	if (offset === undefined) {
		offset = DateTime.fromMillis(time, { zone }).offset;
		offsets.set(key, offset);
	}
	const local = new Date(time + offset * 60_000).toISOString().slice(0, 19);
	const pad = (number: number) => String(number).padStart(2, '0');
	const size = Math.abs(offset);
	return `${local}${offset < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

/** A calendar date as v1 writes it. */
export function v1Date(date: string, zone: string, seed: string, options: PersonioOptions): string {
	const form =
		options.dateForm === 'mixed'
			? pick(seed, ['rfc3339', 'compactOffset', 'plain'] as const)
			: options.dateForm;
	if (form === 'plain') return date;
	const text = localMidnight(date, zone);
	return form === 'compactOffset' ? text.replace(/:(\d\d)$/, '$1') : text;
}

export function plusDays(date: string, days: number): string {
	return DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toISODate()!;
}

/** Six months less a day, the usual German probation. */
export function probationEnd(hireDate: string): string {
	return DateTime.fromISO(hireDate, { zone: 'utc' }).plus({ months: 6 }).minus({ days: 1 }).toISODate()!;
}
