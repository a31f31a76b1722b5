import type { Sandbox } from '../sandbox';
import type { Credentials } from './harness';

/** What an operator would enter for the sandbox servers. */
export const credentialsOf = ({ personio, learnUpon, threeSixtyLearning }: Sandbox): Credentials => ({
	personioEmployeesApi: { baseUrl: personio.url, ...personio.credentials },
	learnUponApi: { portalUrl: learnUpon.url, ...learnUpon.credentials },
	threeSixtyLearningApi: {
		region: 'custom',
		baseUrl: threeSixtyLearning.url,
		...threeSixtyLearning.credentials,
	},
});
