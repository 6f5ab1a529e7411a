import {chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {bundledPackages, licencesText, packageFolderOf} from './scripts/third-party-licences.js';

const root = path.dirname(fileURLToPath(import.meta.url));
const {version} = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));

/** Bundled CommonJS asks for Node's own modules with `require`, which an ES module does not have. */
const requireLine =
	"import {createRequire as makeRequire__} from 'node:module';const require=makeRequire__(import.meta.url);\n";

/** Ink's devtools bridge (and with it react-devtools-core and ws) is for those who write Ink programs. */
const withoutDevtools = {
	name: 'without-devtools',
	setup({onResolve, onLoad}) {
		onResolve({filter: /^(\.\/devtools\.js|react-devtools-core)$/}, (args) => ({
			path: args.path,
			namespace: 'nothing',
		}));
		onLoad({filter: /.*/, namespace: 'nothing'}, () => ({contents: ''}));
	},
};

const {outputFiles, metafile, warnings} = await build({
	absWorkingDir: root,
	entryPoints: ['source/cli.tsx'],
	outdir: 'dist',
	entryNames: '[name]',
	chunkNames: 'chunks/[name]-[hash]',
	bundle: true,
	splitting: true,
	format: 'esm',
	platform: 'node',
	target: 'node20',
	// The SDK as CommonJS builds faster, but `await import()` of bundled CommonJS gives `default` and no names.
	mainFields: ['module', 'main'],
	minify: true,
	legalComments: 'none',
	jsx: 'automatic',
	// Not tsconfig's `verbatimModuleSyntax`, with which an import of types alone still loads the file.
	tsconfigRaw: {},
	define: {
		__VERSION__: JSON.stringify(version),
		'process.env.NODE_ENV': '"production"',
		'process.env.DEV': '"false"',
	},
	plugins: [withoutDevtools],
	metafile: true,
	write: false,
	logLevel: 'warning',
}).catch(() => process.exit(1)); // Esbuild has already said what is wrong.

if (warnings.length > 0) throw new Error('The bundle has warnings: see above.');

assertLight(metafile, 'dist/cli.js');

// A build is made aside and swapped in whole, so that nobody ever sees half of one.
const cache = path.join(root, 'node_modules/.cache');
await mkdir(cache, {recursive: true});
const workshop = await mkdtemp(path.join(cache, 's3-replicate-build-'));
try {
	const fresh = path.join(workshop, 'fresh');
	await mkdir(path.join(fresh, 'chunks'), {recursive: true});
	const entry = path.join(root, 'dist/cli.js');
	await Promise.all([
		...outputFiles.map(async (file) => {
			const first = file.path === entry ? '#!/usr/bin/env node\n' : '';
			const second = file.text.includes('Dynamic require of') ? requireLine : '';
			await writeFile(
				path.join(fresh, path.relative(path.dirname(entry), file.path)),
				first + second + file.text,
			);
		}),
		bundledPackages(root, metafile).then(async (packages) =>
			writeFile(path.join(fresh, 'THIRD-PARTY-LICENSES.txt'), licencesText(packages)),
		),
	]);
	await chmod(path.join(fresh, 'cli.js'), 0o755);
	await swapIn(fresh, path.join(root, 'dist'), path.join(workshop, 'old'));
} finally {
	await rm(workshop, {recursive: true, force: true});
}

/** Throws where the entry loads a package before it has read its arguments: `--version` and `--help` answer at once. */
function assertLight({outputs}, entry) {
	const loaded = new Set([entry]);
	for (const name of loaded) {
		for (const {path: next, kind} of outputs[name]?.imports ?? []) {
			if (kind === 'import-statement') loaded.add(next);
		}
	}

	const inputs = [...loaded].flatMap((name) => Object.entries(outputs[name]?.inputs ?? {}));
	const heavy = inputs.filter(([input, {bytesInOutput}]) => bytesInOutput > 0 && packageFolderOf(input));
	if (heavy.length > 0)
		throw new Error(`The entry loads at once: ${heavy.map(([input]) => input).join(', ')}`);
}

/** Puts `fresh` where `target` is. Another build may do the same at the same time: the later one wins. */
async function swapIn(fresh, target, old) {
	await rename(target, old).catch(unless('ENOENT'));
	try {
		await rename(fresh, target);
	} catch (error) {
		unless('ENOTEMPTY', 'EEXIST')(error);
		await rm(old, {recursive: true, force: true});
		await swapIn(fresh, target, old);
	}
}

function unless(...codes) {
	return (error) => {
		if (!codes.includes(error.code)) throw error;
	};
}
