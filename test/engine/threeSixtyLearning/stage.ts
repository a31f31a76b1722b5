import { openApiChecker } from '../../sandbox/threeSixtyLearning/openApi';
import { startStage, type Stage } from '../start';
import type { SandboxOptions } from '../../sandbox';

/** The folder of the vendor's own description, where there is one. */
const OPENAPI = process.env['THREE_SIXTY_LEARNING_OPENAPI'];

/** Fails for every call that the vendor's own description does not allow. */
export function expectDocumentedCalls({ sandbox }: Stage): void {
	if (OPENAPI === undefined) return;
	const check = openApiChecker(OPENAPI);
	const violations = sandbox.threeSixtyLearning.calls.flatMap((call) =>
		call.kind === 'auth' ? [] : check(call).map((text) => `${call.method} ${call.path}: ${text}`),
	);
	expect(violations).toEqual([]);
}

export const startLearning = async (options: SandboxOptions = {}): Promise<Stage> =>
	await startStage(options);

/** The parameters of a plan for 360Learning. */
export const planFor = ({ sandbox }: Stage, over: object = {}) => ({
	platform: 'threeSixtyLearning',
	dryRun: false,
	newLearners: 'invite',
	rootGroup: sandbox.threeSixtyLearning.syncRoot,
	...over,
});

/** What somebody's account looks like from outside, found by the address. */
export function accountOf({ sandbox }: Stage, email: string) {
	const { users, memberships, groups, managers, values, customFields, externalIds } =
		sandbox.threeSixtyLearning;
	const user = [...users.values()].find(({ mail }) => mail?.toLowerCase() === email.toLowerCase());
	if (!user) throw new Error(`There is no account ${email}`);
	return {
		...user,
		groups: memberships
			.filter(({ userId }) => userId === user._id)
			.map(({ groupId }) => groups.get(groupId)?.name ?? '')
			.sort(),
		managers: (managers.get(user._id) ?? []).map((id) => users.get(id)?.mail ?? ''),
		values: Object.fromEntries(
			(values.get(user._id) ?? []).map(({ customFieldId, value }) => [
				customFields.get(customFieldId)?.name ?? '',
				value,
			]),
		),
		link: [...externalIds.values()].find(
			({ platform, targetId }) => platform === 'personio-n8n' && targetId === user._id,
		)?.value,
	};
}
