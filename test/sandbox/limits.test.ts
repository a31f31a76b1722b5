import type { Sandbox, SandboxOptions } from '.';
import { startSandbox } from '.';
import type { Limiter } from './core/rateLimit';
import { LearnUponLimits } from './learnUpon/limits';
import type { LearnUponOptions } from './learnUpon/options';
import { LEARNUPON_DEFAULTS } from './learnUpon/options';
import { PersonioLimits } from './personio/limits';
import { PERSONIO_DEFAULTS } from './personio/options';
import { learnUponApi, personioV1, personioV2, refusal, threeSixtyLearningApi } from './testClients';
import { ThreeSixtyLearningLimits } from './threeSixtyLearning/limits';
import { THREE_SIXTY_LEARNING_DEFAULTS } from './threeSixtyLearning/options';

/** How many of so many calls pass. */
function passing(times: number, take: () => boolean): number {
	return Array.from({ length: times }, take).filter(Boolean).length;
}

describe('the limits of Personio', () => {
	let time: number;
	let limits: PersonioLimits;
	const wait = (seconds: number) => (time += seconds * 1000);

	beforeEach(() => {
		time = 1_000_000;
		limits = new PersonioLimits(PERSONIO_DEFAULTS, { now: () => time });
	});

	it('are 15 a second and 300 a minute for v1 employees', () => {
		const take = () => limits.takeV1(true);
		expect(passing(20, take)).toBe(15);
		wait(1);
		expect(passing(20, take)).toBe(15);
		for (let second = 0; second < 18; second++) {
			wait(1);
			passing(15, take);
		}
		wait(1);
		expect(passing(1, take)).toBe(0);
		wait(40);
		expect(passing(20, take)).toBe(15);
	});

	it('are 2000 a minute for all of v1', () => {
		expect(passing(2100, () => limits.takeV1(false))).toBe(2000);
	});

	it('close the v1 token endpoint for a minute after 60 calls', () => {
		const take = () => limits.takeAuth(1);
		expect(passing(61, take)).toBe(60);
		wait(59);
		expect(take()).toBe(false);
		wait(2);
		expect(take()).toBe(true);
	});

	it('slow the v2 token endpoint down to one a second after 150 calls', () => {
		const take = () => limits.takeAuth(2);
		expect(passing(151, take)).toBe(150);
		expect(passing(5, take)).toBe(1);
		wait(1);
		expect(passing(5, take)).toBe(1);
		wait(61);
		expect(passing(5, take)).toBe(5);
	});

	it('are a bucket for each v2 endpoint', () => {
		const take = (endpoint: string) => limits.takeV2(endpoint).allowed;
		expect(passing(120, () => take('/v2/persons'))).toBe(100);
		expect(take('/v2/workplaces')).toBe(true);
		wait(1);
		expect(passing(40, () => take('/v2/persons'))).toBe(30);
	});
});

describe('the limits of LearnUpon', () => {
	let time: number;
	const limiter = (options: Partial<LearnUponOptions> = {}): Limiter =>
		new LearnUponLimits({ ...LEARNUPON_DEFAULTS, ...options }, { now: () => time });

	it('are 300 in any minute, or in a minute by the clock', () => {
		for (const [rateWindow, freedAfter] of [
			['sliding', 60],
			['fixed', 10],
		] as const) {
			time = 50_000;
			const limits = limiter({ rateWindow });
			expect(passing(310, () => limits.take())).toBe(300);
			time += freedAfter * 1000 - 1;
			expect(limits.take()).toBe(false);
			time += 1;
			expect(limits.take()).toBe(true);
		}
	});

	it('are so many in a week', () => {
		time = 0;
		const limits = limiter({ ratePerWeek: 350 });
		passing(300, () => limits.take());
		time += 120_000;
		expect(passing(100, () => limits.take())).toBe(50);
	});
});

describe('the limits of 360Learning', () => {
	it('are 50 reads and 10 writes in any second, apart from each other', () => {
		let time = 1_000_000;
		const limits = new ThreeSixtyLearningLimits(THREE_SIXTY_LEARNING_DEFAULTS, { now: () => time });
		expect(passing(60, () => limits.take('read'))).toBe(50);
		expect(passing(20, () => limits.take('write'))).toBe(10);
		time += 999;
		expect(passing(1, () => limits.take('write'))).toBe(0);
		time += 1;
		expect(passing(20, () => limits.take('write'))).toBe(10);
	});
});

describe('a refusal for too many calls', () => {
	let sandbox: Sandbox;
	afterEach(() => sandbox.close());
	const start = async (options: SandboxOptions = {}) =>
		(sandbox = await startSandbox({ company: 'empty', ...options }));

	it('has no Retry-After, and a body in v1 only', async () => {
		const { personio } = await start();
		const path = '/v1/company/employees';
		const v1 = await personioV1(personio);
		const replies = await Promise.all(Array.from({ length: 18 }, () => v1.get(path)));
		const refused = replies.filter(({ status }) => status === 429);
		expect(refused.length).toBeGreaterThanOrEqual(1);
		expect(refused[0]!.data).toEqual({ success: false, error: { code: 429, message: expect.any(String) } });
		expect(refused[0]!.headers['retry-after']).toBeUndefined();
	});

	it('tells the state of the bucket in v2', async () => {
		const { personio } = await start();
		const v2 = await personioV2(personio);
		const replies = await Promise.all(Array.from({ length: 160 }, () => v2.get('/v2/persons')));
		const refused = replies.find(({ status }) => status === 429)!;
		expect(refused.data).toBe('');
		expect(refused.headers['x-ratelimit-remaining']).toBe('0');
		expect(refused.headers['retry-after']).toBeUndefined();
	});

	it('has no headers in LearnUpon, while good answers count down', async () => {
		const { learnUpon } = await start({ learnUpon: { ratePerMinute: 2 } });
		const api = learnUponApi(learnUpon);
		const remaining = (await api.get('/groups')).headers;
		expect(remaining['x-lu-rate-limit-remaining-minute']).toBe('1');
		expect(remaining['x-lu-rate-limit-remaining-week']).toBe('499999');
		await api.get('/groups');
		const refused = await api.get('/groups');
		expect([refused.status, refused.data.response_code]).toEqual([429, 429]);
		expect(Object.keys(refused.headers).filter((name) => /rate|retry/.test(name))).toEqual([]);
	});

	it('has a code but no headers in 360Learning, where tokens do not count', async () => {
		const { threeSixtyLearning } = await start({ threeSixtyLearning: { writesPerSecond: 2 } });
		for (let count = 0; count < 4; count++) await threeSixtyLearningApi(threeSixtyLearning);
		const api = await threeSixtyLearningApi(threeSixtyLearning);
		const replies = [await api.delete('/x'), await api.delete('/x'), await api.delete('/x')];
		expect(replies.map(({ status }) => status)).toEqual([404, 404, 429]);
		expect(refusal(replies[2]!)).toEqual([429, 'tooManyRequests']);
		expect(replies[2]!.headers['retry-after']).toBeUndefined();
		threeSixtyLearning.options.retryAfter = true;
		expect((await api.delete('/x')).headers['retry-after']).toBe('1');
		expect((await api.get('/groups')).status).toBe(200);
	});

	it('can be friendlier, over sooner, or not come at all', async () => {
		const { personio, learnUpon } = await start({
			timeScale: 600,
			personio: { rateLimits: false },
			learnUpon: { ratePerMinute: 1, retryAfter: true },
		});
		const api = learnUponApi(learnUpon);
		await api.get('/groups');
		expect((await api.get('/groups')).headers['retry-after']).toBe('60');
		await new Promise((resolve) => setTimeout(resolve, 110));
		expect((await api.get('/groups')).status).toBe(200);
		const v1 = await personioV1(personio);
		const replies = await Promise.all(Array.from({ length: 20 }, () => v1.get('/v1/company/employees')));
		expect(replies.every(({ status }) => status === 200)).toBe(true);
	});
});
