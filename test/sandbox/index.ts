import { seedLearnUpon, seedPersonio, seedThreeSixtyLearning } from './company';
import { Clock } from './core/clock';
import { learnUponAdmin, personioAdmin, threeSixtyLearningAdmin } from './admin';
import { LearnUponSandbox } from './learnUpon';
import type { LearnUponOptions } from './learnUpon/options';
import { PersonioSandbox } from './personio';
import type { PersonioOptions } from './personio/options';
import type { CustomAttributeInput, PersonInput } from './personio/types';
import { ThreeSixtyLearningSandbox } from './threeSixtyLearning';
import type { ThreeSixtyLearningOptions } from './threeSixtyLearning/options';

export { companyOf, demoCompany } from './company';
export type { Clock } from './core/clock';
export type { Call, CallKind } from './core/http';
export type { CallPattern, Misbehaviour } from './core/misbehaviour';
export type { Deed, PlainDeed, StatusDeed } from './core/misdeeds';
export type { LearnUponSandbox } from './learnUpon';
export type { LearnUponOptions } from './learnUpon/options';
export type { Snapshot } from './learnUpon/snapshot';
export type { CustomField, Group, Invite, Membership, User } from './learnUpon/types';
export type { PersonioSandbox } from './personio';
export type { PersonioOptions } from './personio/options';
export type { CustomAttribute, CustomAttributeInput, Person, PersonInput, Status } from './personio/types';
export type { ThreeSixtyLearningSandbox } from './threeSixtyLearning';
export type { Scope as ThreeSixtyLearningScope } from './threeSixtyLearning/auth';
export type { ThreeSixtyLearningOptions } from './threeSixtyLearning/options';
export type {
	Group as ThreeSixtyLearningGroup,
	User as ThreeSixtyLearningUser,
} from './threeSixtyLearning/types';

export interface SandboxOptions {
	/** `demo` (default): 34 people. A list of one's own is filled up with defaults. */
	company?: 'demo' | 'empty' | readonly PersonInput[];
	/** Known beside those of the demo tenant; their keys may then be used in `custom`. */
	customAttributes?: readonly CustomAttributeInput[];
	/** Where the sandbox's clock takes its time from; it can be moved on with `sandbox.clock`. */
	now?: () => Date;
	/** Both for all servers, unless their own options say otherwise. */
	rateLimits?: boolean;
	timeScale?: number;
	personio?: Partial<PersonioOptions>;
	learnUpon?: Partial<LearnUponOptions>;
	threeSixtyLearning?: Partial<ThreeSixtyLearningOptions>;
	/** 0 or nothing: any free port. */
	ports?: { personio?: number; learnUpon?: number; threeSixtyLearning?: number };
}

export interface Sandbox {
	personio: PersonioSandbox;
	learnUpon: LearnUponSandbox;
	threeSixtyLearning: ThreeSixtyLearningSandbox;
	clock: Clock;
	close(): Promise<void>;
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const clock = new Clock(options.now);
	const common = {
		...(options.rateLimits === undefined ? {} : { rateLimits: options.rateLimits }),
		...(options.timeScale === undefined ? {} : { timeScale: options.timeScale }),
	};
	const personio = new PersonioSandbox(clock, { ...common, ...options.personio });
	const learnUpon = new LearnUponSandbox(clock, { ...common, ...options.learnUpon });
	const threeSixtyLearning = new ThreeSixtyLearningSandbox(clock, {
		...common,
		...options.threeSixtyLearning,
	});
	for (const attribute of options.customAttributes ?? []) personio.addAttribute(attribute);
	const company = options.company ?? 'demo';
	seedPersonio(personio, company);
	seedLearnUpon(learnUpon, company);
	seedThreeSixtyLearning(threeSixtyLearning, company);
	const close = async () => {
		await Promise.all([personio.close(), learnUpon.close(), threeSixtyLearning.close()]);
	};
	try {
		const { ports } = options;
		await personio.listen(ports?.personio ?? 0, personioAdmin(personio, clock));
		await learnUpon.listen(ports?.learnUpon ?? 0, learnUponAdmin(learnUpon, clock));
		await threeSixtyLearning.listen(
			ports?.threeSixtyLearning ?? 0,
			threeSixtyLearningAdmin(threeSixtyLearning, clock),
		);
	} catch (error) {
		await close();
		throw error;
	}
	return { personio, learnUpon, threeSixtyLearning, clock, close };
}
