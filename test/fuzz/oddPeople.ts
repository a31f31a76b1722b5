import fc from 'fast-check';

import { oddText } from './arbitraries';
import type { World } from './world';

export const oddNames = fc.array(oddText, { minLength: 1, maxLength: 3 });

/** People whom nobody should be called. */
export const hiring =
	(texts: string[]) =>
	(world: World): void =>
		texts.forEach((text, index) =>
			world.personio.hire({
				firstName: text,
				lastName: texts[(index + 1) % texts.length] ?? text,
				email: index % 2 ? `odd${index}@example.com` : text,
				status: 'active',
				department: text,
				position: text,
				terminationDate: null,
			}),
		);
