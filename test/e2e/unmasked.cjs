// Loaded into an n8n that is to show what our nodes would give away if they masked nothing.
const Module = require('node:module');

const load = Module._load;
Module._load = function loaded(...args) {
	const exported = load.apply(this, args);
	if (typeof exported?.withoutSecrets === 'function') exported.withoutSecrets = (text) => text;
	return exported;
};
