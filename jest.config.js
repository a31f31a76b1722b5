// n8n's engine would log every error that a test provokes.
process.env.N8N_LOG_LEVEL ??= 'silent';

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	// Tests of n8n's engine and of thousands of histories take their time on a small machine.
	testTimeout: 60_000,
	// On two cores it would be one worker.
	maxWorkers: '100%',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022' } }] },
	modulePathIgnorePatterns: ['<rootDir>/dist/package.json'],
};
