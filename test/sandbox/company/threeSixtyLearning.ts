import type { PersonInput } from '../personio/types';
import type { ThreeSixtyLearningSandbox } from '../threeSixtyLearning';

/** A platform before the first sync: an owner, a group for the sync, and two accounts that HR does not know. */
export function seedThreeSixtyLearning(
	platform: ThreeSixtyLearningSandbox,
	company: 'demo' | 'empty' | readonly PersonInput[],
): void {
	const root = platform.rootGroup;
	platform.groups.get(root)!.name = 'Nordhafen Academy';
	const owner = platform.addUser({
		mail: 'academy-owner@nordhafen.example',
		firstName: 'Academy',
		lastName: 'Owner',
		lastLoginDate: '2026-10-30T07:55:03.412Z',
	});
	platform.addMembership(root, owner._id, 'owner');
	platform.addMembership(root, owner._id, 'admin');
	platform.syncRoot = platform.addGroup({ name: 'Personio' })._id;
	if (company !== 'empty') addPartners(platform);
}

function addPartners(platform: ThreeSixtyLearningSandbox): void {
	const partners = platform.addGroup({ name: 'Partners', custom: 'Lernpartner GmbH' });
	const coach = platform.addUser({
		mail: 'coach@lernpartner.example',
		firstName: 'Ottilie',
		lastName: 'Sandström',
		lang: 'de',
		primaryGroupId: partners._id,
	});
	const trainee = platform.addUser({
		mail: 'Trainee@lernpartner.example',
		firstName: 'Balthasar',
		lastName: 'Quistgaard',
		phone: '+49 431 5550134',
		organization: 'Lernpartner GmbH',
		custom: 'Half-time',
	});
	platform.addMembership(partners._id, coach._id, 'coach');
	platform.addMembership(partners._id, coach._id);
	platform.addMembership(partners._id, trainee._id);
	platform.managers.set(trainee._id, [coach._id]);
	const centers = ['1000 Verwaltung', '2000 Vertrieb', '3000 Produkt', '9000 Partner'];
	const costCenter = platform.addCustomField({ name: 'Cost Center', authorizedValues: centers });
	const hobby = platform.addCustomField({ name: 'Hobby' });
	platform.values.set(trainee._id, [
		{ customFieldId: costCenter._id, type: 'string', value: '9000 Partner' },
		{ customFieldId: hobby._id, type: 'string', value: 'Segeln' },
	]);
}
