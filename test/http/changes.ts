import type { Change } from '../../nodes/shared/item';

/** A change of something that was empty. */
export const to = (field: string, value: Change['to'], label?: string): Change => ({
	field,
	from: null,
	to: value,
	...(label !== undefined && { label }),
});
