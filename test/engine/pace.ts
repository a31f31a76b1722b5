import { createRequire } from 'node:module';

import type * as Clock from '../../nodes/shared/transport/clock';

/** The built file that the nodes under test use too, so that both have the same clock. */
export const { clock } = createRequire(__filename)('../../dist/nodes/shared/transport/clock') as typeof Clock;

/**
 * Lets the clock of the nodes run a thousand times faster, where a test is not about pace: documented
 * limits and waits between repetitions then hardly count.
 *
 * @param speed less of it where runs have to wait for each other
 * @returns takes it back
 */
export function withoutPace(speed = 1000): () => void {
	clock.speed = speed;
	return () => {
		clock.speed = 1;
	};
}
