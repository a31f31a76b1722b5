const CAUSES: Record<string, string> = {
	ECONNABORTED: 'no answer in time',
	ECONNREFUSED: 'the connection was refused',
	ECONNRESET: 'the connection was cut',
	ENOTFOUND: 'the host name is not known',
	EAI_AGAIN: 'the host name could not be looked up',
	ETIMEDOUT: 'no answer in time',
	ETOOLARGE: 'the answer was too large',
	EPIPE: 'the connection was cut',
	// What n8n 1.x leaves of a fault is its text.
	aborted: 'the connection was cut',
	'socket hang up': 'the connection was cut',
	timeout: 'no answer in time',
};

/**
 * What a code of the network means, in words: n8n replaces a message that names such a code by one of
 * its own, which does not say who was called.
 */
export function networkCause(code: string | undefined): string {
	if (code === undefined) return 'no answer';
	if (/CERT|TLS|SSL|SIGNATURE|SELF_SIGNED/.test(code)) return 'its certificate is not trusted';
	return CAUSES[code] ?? 'no answer';
}
