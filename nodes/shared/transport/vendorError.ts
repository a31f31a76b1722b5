interface VendorErrorDetails {
	/** What to do about it. */
	remedy?: string | undefined;
	/** HTTP status, absent where no answer came. */
	status?: number | undefined;
	/** The call may have taken effect although no proper answer came. */
	uncertain?: boolean;
}

/** A vendor refused a call or did not answer it. The message says what happened, `remedy` what to do. */
export class VendorError extends Error {
	readonly remedy: string | undefined;

	readonly status: number | undefined;

	readonly uncertain: boolean;

	constructor(message: string, { remedy, status, uncertain = false }: VendorErrorDetails = {}) {
		super(message);
		this.name = 'VendorError';
		this.remedy = remedy;
		this.status = status;
		this.uncertain = uncertain;
	}
}

/** The result of a call, or the VendorError that came instead. Any other error is thrown on. */
export async function orVendorError<Result>(call: Promise<Result>): Promise<Result | VendorError> {
	return await call.catch((error: unknown) => {
		if (error instanceof VendorError) return error;
		throw error;
	});
}
