import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Bundles one of the bench's own programs as the program itself is: minified, with React for production. */
export async function bundleApp(entry: string, folder: string): Promise<string> {
	const outfile = path.join(folder, `${path.parse(entry).name}.mjs`);
	await build({
		absWorkingDir: root,
		entryPoints: [entry],
		outfile,
		bundle: true,
		format: 'esm',
		platform: 'node',
		target: 'node20',
		minify: true,
		jsx: 'automatic',
		mainFields: ['module', 'main'],
		tsconfigRaw: {},
		define: {
			__VERSION__: '"bench"',
			'process.env.NODE_ENV': '"production"',
			'process.env.DEV': '"false"',
		},
		banner: {
			js: "import {createRequire as makeRequire__} from 'node:module';const require=makeRequire__(import.meta.url);",
		},
		// Ink's bridge to the devtools, which the program is built without as well.
		plugins: [
			{
				name: 'without-devtools',
				setup({onResolve, onLoad}) {
					onResolve({filter: /^(\.\/devtools\.js|react-devtools-core)$/}, (args) => ({
						path: args.path,
						namespace: 'nothing',
					}));
					onLoad({filter: /.*/, namespace: 'nothing'}, () => ({contents: ''}));
				},
			},
		],
		logLevel: 'error',
	});
	return outfile;
}
