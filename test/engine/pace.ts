import { createRequire } from 'node:module';

import type * as Clock from '../../nodes/shared/transport/clock';

/** The built file that the nodes under test use too, so that both have the same clock. */
const { clock } = createRequire(__filename)('../../dist/nodes/shared/transport/clock') as typeof Clock;

/**
 * Lets the clock of the nodes run a thousand times faster, where a test is not about pace: documented
 * limits and waits between repetitions then hardly count.
 *
 * @returns takes it back
 */
export function withoutPace(): () => void {
	clock.speed = 1000;
	return () => {
		clock.speed = 1;
	};
}
