import { PACKAGE } from './harness';
import { startStage, type Stage } from './start';

const read = (apiVersion: string) => ({
	type: `${PACKAGE}.personio`,
	parameters: { resource: 'employee', operation: 'getAll', returnAll: true, apiVersion },
});

describe.each(['v1', 'v2'])('the token of Personio %s', (apiVersion) => {
	let stage: Stage;
	beforeEach(async () => {
		stage = await startStage();
	});
	afterEach(async () => await stage.close());

	const logins = () =>
		stage.sandbox.personio.calls.filter(({ kind }) => kind === 'auth').map(({ path }) => path);

	it('is fetched once for each generation, not for each request', async () => {
		for (let run = 0; run < 3; run++) {
			expect((await stage.engine.run(read(apiVersion), [{}])).outputs[0]).toHaveLength(34);
		}
		expect(logins()).toEqual(['/v1/auth', '/v2/auth/token']);
	});

	it('is renewed once in its 25th hour, and the read goes on', async () => {
		await stage.engine.run(read(apiVersion), [{}]);
		stage.sandbox.personio.expireTokens();
		stage.sandbox.personio.clearCalls();

		const run = await stage.engine.run(read(apiVersion), [{}]);
		expect(run.error).toBeUndefined();
		expect(run.outputs[0]).toHaveLength(34);
		expect(logins()).toEqual(['/v1/auth', '/v2/auth/token']);
	});

	it('is renewed when it expires in the middle of a read', async () => {
		await stage.engine.run(read(apiVersion), [{}]);
		const { personio } = stage.sandbox;
		for (let n = 0; n < 200; n++) personio.hire({ status: 'active', email: `person${n}@example.com` });
		let pages = 0;
		personio.misbehave({
			match: ({ path }) => {
				if (/employees$|persons$/.test(path) && ++pages === 2) personio.expireTokens();
				return false;
			},
			do: 'timeout',
		});
		personio.clearCalls();
		const run = await stage.engine.run(read(apiVersion), [{}]);
		expect(run.outputs[0]).toHaveLength(234);
		expect(run.outputs[0]?.[0]?.json.roster).toMatchObject({ complete: true });
		expect(logins().length).toBeLessThanOrEqual(4);
	});

	it('keeps its secrets when the keys are revoked, and says so in a sentence', async () => {
		await stage.engine.run(read(apiVersion), [{}]);
		const { personio } = stage.sandbox;
		personio.expireTokens();
		personio.revokeCredentials();
		const run = await stage.engine.run(read(apiVersion), [{}]);
		expect(run.error?.message).toMatch(/Personio refused the keys/);
		const everything = JSON.stringify([run.raw, run.error?.description, run.error?.message]);
		expect(everything).not.toContain(personio.credentials.clientSecret);
		expect(everything).not.toContain('papi-');
	});

	it('is not renewed over and over when only a right is missing', async () => {
		stage.sandbox.personio.denyEmployees(true);
		const run = await stage.engine.run(read(apiVersion), [{}]);
		expect(run.error?.description).toMatch(/may read Employees/);
		expect(logins().length).toBeLessThanOrEqual(4);
	});
});
