import assert from 'node:assert/strict';

import { openForm, plain, submitForm, type FormPage } from '../n8n/forms';
import type { Checks } from './checks';
import type { Stage } from './stage';

export interface Explaining {
	/** The file of the template. */
	template: string;
	/** Whether the LMS knows the address, as an account or as an invitation. */
	isKnown(email: string): boolean;
}

const ONLY_LMS = 'only-lms@nordhafen-new.example';
const YES = 'Yes, for this person';

/** One person by a form: why, and if wanted just this one. */
export async function explanations(
	checks: Checks,
	stage: Stage,
	{ template, isKnown }: Explaining,
): Promise<void> {
	const { personio } = stage.sandbox;
	const joiner = (firstName: string) =>
		personio.hire({
			firstName,
			lastName: 'Neuling',
			email: `${firstName.toLowerCase()}.neuling@nordhafen-new.example`,
			status: 'active',
			department: stage.company.get(stage.company.person(3)).department,
		}).email as string;
	const [wanted, other] = [joiner('Anna'), joiner('Berta')];
	stage.company.addStranger({ email: ONLY_LMS, firstName: 'Only', lastName: 'Here' });
	const ask = async (url: string, email: string): Promise<FormPage> => {
		stage.clearCalls();
		const page = await submitForm(await openForm(url), { 'E-Mail Address': email });
		assert.ok(page, 'No page came.');
		return page;
	};
	/** The page with the explanation, and the one after the answer. */
	const askAndAnswer = async (email: string, value: string): Promise<{ page: FormPage; end: FormPage }> =>
		await stage.withForm(template, async (url) => {
			const page = await ask(url, email);
			const end = await submitForm(page, { 'Carry it out?': value });
			assert.ok(end?.isEnd, 'No page came at the end.');
			return { page, end };
		});

	await checks.run('the form explains a joiner, and "No" changes nothing', async () => {
		const { page, end } = await askAndAnswer(wanted, 'No');
		assert.deepEqual(
			page.fields.filter(({ kind }) => kind === 'select').map(({ label, options }) => [label, options]),
			[['Carry it out?', ['No', YES]]],
		);
		const text = page.fragments.map(plain).join(' ');
		const [latest] = await stage.n8n.client.executions(stage.template(template).id);
		const { explanation } =
			(await stage.n8n.client.execution(latest?.id ?? '')).itemsOf('Explain')[0]?.json ?? {};
		assert.match(text, explanation === undefined ? /1 to invite/ : /Neuling/);
		assert.equal(end.title, 'Nothing was changed');
		assert.deepEqual(stage.writes(), []);
		return `${JSON.stringify(page.title)}: ${JSON.stringify(text.slice(0, 600))}`;
	});
	await checks.run('"Yes" with dry run on changes nothing either', async () => {
		const { end } = await askAndAnswer(wanted, YES);
		assert.deepEqual(stage.writes(), []);
		assert.match(end.title, /^DRY RUN/);
		return JSON.stringify(end.text);
	});
	await checks.run('"Yes" with dry run off invites just this person, and no other joiner', async () => {
		await stage.setParameters(template, 'Plan for This Person', { dryRun: false });
		const { end } = await askAndAnswer(wanted, YES);
		assert.equal(isKnown(wanted), true);
		assert.equal(isKnown(other), false);
		return `${stage.writes().join(', ')}; ${JSON.stringify(end.text)}`;
	});
	await checks.run('an address that nobody has, and one that only the LMS has: a page says so', async () => {
		const pages = await stage.withForm(template, async (url) => [
			await ask(url, 'nobody@nordhafen-new.example'),
			await ask(url, ONLY_LMS),
		]);
		for (const page of pages) {
			assert.equal(page.isEnd, true);
			assert.equal(page.title, 'Personio knows nobody with this address');
		}
		assert.deepEqual(stage.writes(), []);
		return JSON.stringify(pages[0]?.text);
	});
	await checks.run('an address that only the account has: the person behind it is explained', async () => {
		const { id, email } = stage.company.get(stage.company.person(5));
		personio.change(id, { email: 'moved@nordhafen-new.example' });
		const { page } = await askAndAnswer(email as string, 'No');
		personio.change(id, { email: email as string });
		const text = page.fragments.map(plain).join(' ');
		assert.match(text, /moved@nordhafen-new\.example/);
		assert.deepEqual(stage.writes(), []);
		return JSON.stringify(text.slice(0, 300));
	});
}
