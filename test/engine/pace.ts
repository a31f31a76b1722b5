import { pacerOf } from '../../dist/nodes/shared/transport/pacer';

/**
 * Lets calls to 360Learning start as fast as they can, where a test is not about pace: the account's pacer
 * is made here before the node asks for it, without limits.
 */
export function withoutPace(): void {
	const account = 'threeSixtyLearning threeSixtyLearningApi';
	pacerOf(account, []);
	pacerOf(`${account} writes`, []);
}
