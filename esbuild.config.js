import {chmod, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const root = path.dirname(fileURLToPath(import.meta.url));
const {version, devDependencies} = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));

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

// What may be in a program under MIT.
const acceptable = new Set([
	'0BSD',
	'Apache-2.0',
	'BlueOak-1.0.0',
	'BSD-2-Clause',
	'BSD-3-Clause',
	'CC0-1.0',
	'ISC',
	'MIT',
	'Unlicense',
]);

/** Packages published without a licence file whose text no other package holds: who says `Copyright`, as their sources do. */
const copyrightLines = new Map([['yoga-layout', 'Copyright (c) Meta Platforms, Inc. and affiliates.']]);

const mitText = `Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.`;

/** What reads the arguments is loaded at once. */
const readsArguments = 'node_modules/commander/';

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
		__SDK_VERSION__: JSON.stringify(devDependencies['@aws-sdk/client-s3']),
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

/** Throws where the entry loads another package before it has read its arguments: `--version` and `--help` answer at once. */
function assertLight({outputs}, entry) {
	const loaded = new Set([entry]);
	for (const name of loaded) {
		for (const {path: next, kind} of outputs[name]?.imports ?? []) {
			if (kind === 'import-statement') loaded.add(next);
		}
	}

	const inputs = [...loaded].flatMap((name) => Object.entries(outputs[name]?.inputs ?? {}));
	const heavy = inputs.filter(
		([input, {bytesInOutput}]) =>
			bytesInOutput > 0 && packageFolderOf(input) && !input.startsWith(readsArguments),
	);
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

/**
 * The npm packages whose code is really in a bundle, each with its licence, by name and version.
 * Throws, naming every package, where a licence is missing or not acceptable in a program under MIT.
 */
async function bundledPackages(root, metafile) {
	const folders = new Set();
	for (const {inputs} of Object.values(metafile.outputs)) {
		for (const [input, {bytesInOutput}] of Object.entries(inputs)) {
			const folder = bytesInOutput > 0 ? packageFolderOf(input) : undefined;
			if (folder !== undefined) folders.add(folder);
		}
	}

	const read = await Promise.all([...folders].map(async (folder) => readPackage(path.resolve(root, folder))));
	const packages = read.map((one) =>
		one.texts.length > 0 ? one : {...one, texts: textsFromElsewhere(one, read)},
	);
	const refused = packages.filter(({licence, texts}) => !isAcceptable(licence) || texts.length === 0);
	if (refused.length > 0) {
		const list = refused.map(({id, licence, texts}) => `${id} (${licence}, ${texts.length} licence files)`);
		throw new Error(`These packages in the bundle have no acceptable licence: ${list.join(', ')}`);
	}

	return packages.sort((a, b) => a.id.localeCompare(b.id, 'en'));
}

/** The folder of the package that `file` belongs to, or undefined where it is our own. */
function packageFolderOf(file) {
	return /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

/** Whether an SPDX expression leaves a choice that we may take; a choice is `(A OR B)`. */
function isAcceptable(expression) {
	const choices = expression.replace(/^\((.*)\)$/, '$1').split(' OR ');
	return choices.some((choice) => choice.split(' AND ').every((id) => acceptable.has(id)));
}

/** The text of `THIRD-PARTY-LICENSES.txt`: every package, then every licence text once, under the names it is for. */
function licencesText(packages) {
	const rule = '-'.repeat(80);
	const namesByText = new Map();
	for (const {id, licence, texts} of packages) {
		const text = texts.join('\n\n');
		namesByText.set(text, [...(namesByText.get(text) ?? []), `${id}  ${licence}`]);
	}

	return [
		'This program contains code of the following packages. Each stays under its own licence.',
		'',
		...packages.map(({id, licence}) => `  ${id}  ${licence}`),
		...[...namesByText].flatMap(([text, names]) => ['', rule, ...names, rule, '', text]),
		'',
	].join('\n');
}

/** Some packages of a repository are published without the repository's licence file; the others hold it. */
function textsFromElsewhere({name, licence, repository}, packages) {
	if (licence === 'MIT' && copyrightLines.has(name)) return [`${copyrightLines.get(name)}\n\n${mitText}`];
	const isSister = (other) =>
		other.repository === repository && other.licence === licence && other.texts.length > 0;
	return repository === undefined ? [] : (packages.find(isSister)?.texts ?? []);
}

async function readPackage(folder) {
	const {name, version, license, repository} = JSON.parse(
		await readFile(path.join(folder, 'package.json'), 'utf8'),
	);
	const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice|copying)\b/i.test(file)).sort();
	const texts = await Promise.all(
		files.map(async (file) => (await readFile(path.join(folder, file), 'utf8')).trim()),
	);
	return {
		name,
		id: `${name} ${version}`,
		licence: license ?? 'no licence',
		repository: repository?.url ?? repository,
		texts,
	};
}
