import type { Gap } from '../../shared/item';
import { VendorError } from '../../shared/transport/vendorError';

/** Where a list is not whole. */
export interface GapFound extends Gap {
	/** What to do, where it is more than to run again. */
	remedy?: string;
	/** The failure of the call, where there was one. */
	cause?: VendorError;
}

/** Told of each place where a list is not whole, by which the list goes on or fails. */
export type OnGap = (gap: GapFound) => void;

const AGAIN = 'Run again later.';

/** For a step that applies something: it must not act on a list with holes. */
export const failing: OnGap = ({ message, remedy = AGAIN, cause }) => {
	throw cause ?? new VendorError(message, { remedy: `Nothing was changed. ${remedy}` });
};

/** For a plan: whoever was delivered is certain, and what a hole may hide is held. */
export const collecting =
	(gaps: Gap[]): OnGap =>
	({ code, message, remedy = AGAIN }) => {
		const sentence = message.replace(/[^.!?…]$/, '$&.');
		gaps.push({ code, message: `${sentence} ${remedy}` });
	};

/** Passes gaps on and remembers whether there were any. */
export function watching(onGap: OnGap): { onGap: OnGap; isWhole: () => boolean } {
	let isWhole = true;
	return {
		onGap(gap) {
			isWhole = false;
			onGap(gap);
		},
		isWhole: () => isWhole,
	};
}
