import type { LearnUponSandbox } from '../learnUpon';
import type { PersonioSandbox } from '../personio';
import type { PersonInput } from '../personio/types';
import { CUSTOM_ATTRIBUTES } from './attributes';
import { demoCompany } from './demo';

export { CUSTOM, CUSTOM_ATTRIBUTES } from './attributes';
export { demoCompany } from './demo';
export { companyOf } from './generated';
export { seedThreeSixtyLearning } from './threeSixtyLearning';

type Company = 'demo' | 'empty' | readonly PersonInput[];

export function seedPersonio(personio: PersonioSandbox, company: Company): void {
	for (const attribute of CUSTOM_ATTRIBUTES) personio.addAttribute(attribute);
	if (company === 'empty') return;
	for (const person of company === 'demo' ? demoCompany() : company) personio.hire(person);
}

/** A portal as an admin leaves it before the first sync: two accounts that HR does not know, three fields. */
export function seedLearnUpon(learnUpon: LearnUponSandbox, company: Company): void {
	learnUpon.addCustomField({ label: 'Personio ID', typeId: 1 });
	learnUpon.addCustomField({ label: 'Department', typeId: 1 });
	learnUpon.addCustomField({ label: 'Start Date', typeId: 7 });
	if (company === 'empty') return;
	const createdAt = '2024-02-19T09:12:44Z';
	const stamps = { createdAt, updatedAt: createdAt, lastSignInAt: '2026-10-30T07:55:03Z', signInCount: 212 };
	learnUpon.addUser({
		email: 'academy-admin@nordhafen.example',
		firstName: 'Academy',
		lastName: 'Admin',
		userType: 'admin',
		...stamps,
	});
	learnUpon.addUser({
		email: 'trainer@lernpartner.example',
		firstName: 'Ottilie',
		lastName: 'Sandström',
		language: 'de',
		...stamps,
	});
}
