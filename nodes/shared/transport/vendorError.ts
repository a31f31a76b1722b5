import { withoutSecrets } from './secrets';

interface VendorErrorDetails {
	/** What to do about it. */
	remedy?: string | undefined;
	/** HTTP status, absent where no answer came. */
	status?: number | undefined;
	/** The call may have taken effect although no proper answer came. */
	uncertain?: boolean;
	/** It was looked up since, and had not. */
	lookedUp?: boolean;
}

/**
 * A vendor refused a call or did not answer it. The message says what happened, `remedy` what to do. Neither
 * repeats a key or token, though the vendor may have repeated what it was sent.
 */
export class VendorError extends Error {
	readonly remedy: string | undefined;

	readonly status: number | undefined;

	readonly uncertain: boolean;

	readonly lookedUp: boolean;

	constructor(
		message: string,
		{ remedy, status, uncertain = false, lookedUp = false }: VendorErrorDetails = {},
	) {
		super(withoutSecrets(message));
		this.name = 'VendorError';
		this.remedy = remedy === undefined ? undefined : withoutSecrets(remedy);
		this.status = status;
		this.uncertain = uncertain;
		this.lookedUp = lookedUp;
	}
}

/** The result of a call, or the VendorError that came instead. Any other error is thrown on. */
export async function orVendorError<Result>(call: Promise<Result>): Promise<Result | VendorError> {
	return await call.catch((error: unknown) => {
		if (error instanceof VendorError) return error;
		throw error;
	});
}
