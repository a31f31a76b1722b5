/** Personio's support asks for it when a call is to be looked up. */
export const APP_ID = { 'X-Personio-App-ID': 'N8N_PERSONIO_LMS' };

/**
 * A mark on a request, taken off before it is sent: send it without a token.
 *
 * Personio v1 answers an expired token with 403, and n8n renews a token on 401 alone. A call without a
 * token is answered with 401 by Personio, so repeating a refused call with this mark makes n8n fetch a
 * new token and send the call again with it, on every version of n8n.
 */
export const RENEW_TOKEN = 'x-renew-token';
