import { networkCause } from '../../../nodes/shared/transport/networkCause';

describe('a code of the network', () => {
	it.each([
		['ECONNREFUSED', 'the connection was refused'],
		['ENOTFOUND', 'the host name is not known'],
		['ETIMEDOUT', 'no answer in time'],
		['CERT_HAS_EXPIRED', 'its certificate is not trusted'],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'its certificate is not trusted'],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'its certificate is not trusted'],
		['EPROTO', 'no answer'],
		[undefined, 'no answer'],
	])('%s means: %s', (code, meaning) => {
		expect(networkCause(code)).toBe(meaning);
	});

	it.each(['ECONNREFUSED', 'ENOTFOUND', 'CERT_HAS_EXPIRED', 'EHOSTUNREACH'])(
		'%s does not appear in what it means, for n8n would put words of its own in the place',
		(code) => {
			expect(networkCause(code)).not.toContain(code);
		},
	);
});
