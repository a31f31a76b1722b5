import type { Call, Inbound, Outcome } from './http';
import type { Deed } from './misdeeds';
import { deedName, misdeed } from './misdeeds';
import type { Vendor } from './vendor';

export interface CallPattern {
	method?: string;
	/** A whole path, where `*` stands for anything, or a regular expression. */
	path?: string | RegExp;
}

export interface Misbehaviour {
	/** Without it every call matches. The call's status is still 0 here. */
	match?: ((call: Call) => boolean) | CallPattern;
	/** How many matching calls are hit; without it all of them. */
	times?: number;
	/** How many matching calls go unharmed first. */
	skip?: number;
	do: Deed;
}

interface Rule {
	matches: (call: Call) => boolean;
	skip: number;
	times: number;
	deed: Deed;
}

/** The rules of one server. All that match a call apply, the first added being the outermost. */
export class Misbehaviours {
	private rules: Rule[] = [];

	constructor(private readonly vendor: Vendor) {}

	add(misbehaviour: Misbehaviour): () => void {
		const name = deedName(misbehaviour.do);
		if (!this.vendor.deeds.has(name)) {
			throw new Error(`${this.vendor.name} has nothing that "${name}" could spoil`);
		}
		const rule: Rule = {
			matches: matcher(misbehaviour.match),
			skip: misbehaviour.skip ?? 0,
			times: misbehaviour.times ?? Infinity,
			deed: misbehaviour.do,
		};
		this.rules.push(rule);
		return () => {
			this.rules = this.rules.filter((other) => other !== rule);
		};
	}

	clear(): void {
		this.rules = [];
	}

	async answer(call: Call, request: Inbound): Promise<Outcome> {
		const hits = this.rules.filter((rule) => spend(rule, call));
		const context = { call, request, vendor: this.vendor };
		return await hits.reduceRight<() => Outcome | Promise<Outcome>>(
			(inner, rule) => () => misdeed(rule.deed)(context, async () => await inner()),
			() => this.vendor.answer(request),
		)();
	}
}

function spend(rule: Rule, call: Call): boolean {
	if (rule.times <= 0 || !rule.matches(call)) return false;
	if (rule.skip > 0) {
		rule.skip--;
		return false;
	}
	rule.times--;
	return true;
}

function matcher(match: Misbehaviour['match']): (call: Call) => boolean {
	if (typeof match === 'function') return match;
	const method = match?.method?.toUpperCase();
	const path = match?.path === undefined ? undefined : pathPattern(match.path);
	return (call) => (!method || call.method === method) && (!path || path.test(call.path));
}

function pathPattern(path: string | RegExp): RegExp {
	if (path instanceof RegExp) return new RegExp(path.source, path.flags.replace(/[gy]/g, ''));
	const literal = path.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*');
	return new RegExp(`^${literal}$`);
}
