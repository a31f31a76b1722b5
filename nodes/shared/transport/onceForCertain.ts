import type { VendorResponse } from './vendor';
import { orVendorError, VendorError } from './vendorError';

/**
 * Sends a POST once for certain: where no proper answer came, `look` tells whether it took effect, and only
 * if it did not it is sent again.
 *
 * @param look what the POST has made, `undefined` if nothing
 */
export async function onceForCertain<Found>(
	send: () => Promise<VendorResponse>,
	look: () => Promise<Found | undefined>,
): Promise<{ answer: VendorResponse } | { found: Found }> {
	for (let attempt = 1; ; attempt++) {
		const outcome = await orVendorError(send());
		if (!(outcome instanceof VendorError)) return { answer: outcome };
		if (!outcome.uncertain) throw outcome;
		const found = await orVendorError(look());
		if (found instanceof VendorError) throw notLookedUp(outcome, found);
		if (found !== undefined) return { found };
		if (attempt === 3) {
			const { message, remedy, status, uncertain } = outcome;
			throw new VendorError(message, { remedy, status, uncertain, lookedUp: true });
		}
	}
}

/** As uncertain as before: what stood in the way of the look is what can be mended. */
const notLookedUp = ({ message, status }: VendorError, look: VendorError): VendorError =>
	new VendorError(`${message}. Whether it took effect could not be looked up: ${look.message}`, {
		remedy: look.remedy,
		status,
		uncertain: true,
	});
