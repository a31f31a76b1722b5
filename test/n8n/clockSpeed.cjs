/**
 * Loaded by n8n before everything else (`NODE_OPTIONS=--require`): lets the package's own clock run as fast as
 * the limits of the sandbox, so that a documented minute takes a second on both sides.
 */
const Module = require('node:module');

const CLOCK = 'n8n-nodes-personio-lms/dist/nodes/shared/transport/clock.js';
const load = Module._extensions['.js'];

Module._extensions['.js'] = (module, filename) => {
	load(module, filename);
	if (filename.endsWith(CLOCK)) module.exports.clock.speed = Number(process.env['CLOCK_SPEED']);
};
