import {mkdir, rm} from 'node:fs/promises';
import path from 'node:path';
import {build, type Plugin} from 'esbuild';
import {afterAll, beforeAll} from 'vitest';

/** Ink's bridge to the devtools needs packages that nobody installs here. */
const withoutDevtools: Plugin = {
	name: 'without-devtools',
	setup({onLoad}) {
		onLoad({filter: /[\\/]ink[\\/]build[\\/]devtools\.js$/}, () => ({contents: ''}));
	},
};

/**
 * Bundles a program of `test/fixtures/` once for all tests of a file: started from its sources, each start of it would be compiled anew
 * and load React's slow development build, which costs seconds of CPU.
 * @param name the file's name in `test/fixtures/`
 * @returns the path of the bundle, there from the first test on
 */
export function bundledFixture(name: string): string {
	const cache = path.resolve('node_modules/.cache');
	const file = path.join(cache, `s3-replicate-fixture-${process.pid}`, `${path.parse(name).name}.mjs`);
	beforeAll(async () => {
		await mkdir(cache, {recursive: true});
		await build({
			entryPoints: [path.resolve('test/fixtures', name)],
			outfile: file,
			bundle: true,
			format: 'esm',
			platform: 'node',
			target: 'node20',
			mainFields: ['module', 'main'],
			jsx: 'automatic',
			tsconfigRaw: {},
			minifySyntax: true,
			define: {'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"'},
			plugins: [withoutDevtools],
			banner: {
				js: "import {createRequire as makeRequire__} from 'node:module';const require=makeRequire__(import.meta.url);",
			},
			logLevel: 'warning',
		});
	});
	afterAll(async () => rm(path.dirname(file), {recursive: true, force: true}));
	return file;
}
