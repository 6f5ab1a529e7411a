import {readFile, readdir} from 'node:fs/promises';
import path from 'node:path';

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

/**
 * The npm packages whose code is really in a bundle, each with its licence, by name and version.
 * Throws, naming every package, where a licence is missing or not acceptable in a program under MIT.
 */
export async function bundledPackages(root, metafile) {
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
export function packageFolderOf(file) {
	return /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

/** Whether an SPDX expression leaves a choice that we may take; a choice is `(A OR B)`. */
export function isAcceptable(expression) {
	const choices = expression.replace(/^\((.*)\)$/, '$1').split(' OR ');
	return choices.some((choice) => choice.split(' AND ').every((id) => acceptable.has(id)));
}

/** The text of `THIRD-PARTY-LICENSES.txt`: every package, then every licence text once, under the names it is for. */
export function licencesText(packages) {
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
