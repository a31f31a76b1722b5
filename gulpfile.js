const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { dest, parallel, series, src, watch } = require('gulp');

/** What tsc does not carry: icons and codex files. n8n looks for both beside the compiled node. */
const ASSETS = ['nodes/**/*.svg', 'nodes/**/*.node.json'];

const clean = () => rm('dist', { recursive: true, force: true });

const compile = () => spawn(process.execPath, [require.resolve('typescript/bin/tsc')], { stdio: 'inherit' });

const assets = () => src(ASSETS, { base: '.', encoding: false }).pipe(dest('dist'));

exports.build = series(clean, parallel(compile, assets));
exports.watch = () =>
	watch(['nodes/**/*', 'credentials/**/*'], { ignoreInitial: false }, parallel(compile, assets));
