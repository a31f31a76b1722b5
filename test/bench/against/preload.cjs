/**
 * Loaded by n8n before everything else (`NODE_OPTIONS=--require`). Lets the package's own clock run as fast as
 * the limits of the sandbox, so that a documented minute takes a second on both sides, and collects garbage
 * when asked to, so that n8n at rest is measured without what its start has left.
 */
const Module = require('node:module');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

const CLOCK = 'n8n-nodes-personio-lms/dist/nodes/shared/transport/clock.js';
const speed = Number(process.env['BENCH_CLOCK_SPEED'] ?? 1);
const load = Module._extensions['.js'];

Module._extensions['.js'] = (module, filename) => {
	load(module, filename);
	if (!filename.endsWith(CLOCK)) return;
	module.exports.clock.speed = speed;
	console.log(`The clock of the package runs at ${module.exports.clock.speed} times its pace.`);
};

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
process.on('SIGUSR2', () => collect({ type: 'major', execution: 'sync', flavor: 'last-resort' }));
