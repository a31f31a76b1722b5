import { createRequire } from 'node:module';

import type * as Pacer from '../../nodes/shared/transport/pacer';

/** The built file that the nodes under test use too, so that both have the same pacers. */
const { pacerOf } = createRequire(__filename)('../../dist/nodes/shared/transport/pacer') as typeof Pacer;

/**
 * Lets calls to 360Learning start as fast as they can, where a test is not about pace: the account's pacers
 * are made here, without limits, before a node asks for them.
 */
export function withoutPace(): void {
	const account = 'threeSixtyLearning threeSixtyLearningApi';
	pacerOf(account, []);
	pacerOf(`${account} writes`, []);
}
