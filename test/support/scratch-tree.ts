import {execFile} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** A change to a file of the tree: text put in front of every place in it, or, where none is named, a whole new file. */
export type Edit = {readonly file: string; readonly before?: string; readonly put: string};

/** Changed files as they would be, by their paths. Throws where a place to put something is not there, or a new file is. */
export function scratchTree(edits: readonly Edit[]): ReadonlyMap<string, string> {
	const files = new Map<string, string>();
	for (const {file, before, put} of edits) {
		if (before === undefined) {
			if (existsSync(path.join(root, file))) throw new Error(`${file} is there already.`);
			files.set(file, put);
			continue;
		}

		const text = files.get(file) ?? readFileSync(path.join(root, file), 'utf8');
		if (text.split(before).length !== 2) throw new Error(`${file} has not one place “${before}”.`);
		files.set(
			file,
			text.replace(before, () => put + before),
		);
	}

	return files;
}

/** The source files of the tree, by their paths in it. */
export const sourceFiles = async (): Promise<readonly string[]> =>
	(await readdir(path.join(root, 'source'), {recursive: true}))
		.filter((name) => /[.]tsx?$/.test(name))
		.map((name) => path.join('source', name));

/** What the compiler says of a file. */
export type Complaint = {readonly file: string; readonly message: string};

/** What `npm run lint` says of these files of a scratch copy of the tree, its rules apart: what the compiler does. */
export async function complaints(
	tree: ReadonlyMap<string, string>,
	files: readonly string[],
): Promise<readonly Complaint[]> {
	const folder = await mkdtemp(path.join(tmpdir(), 's3-replicate-scratch-'));
	try {
		for (const name of ['source', 'package.json', 'tsconfig.json'])
			await cp(path.join(root, name), path.join(folder, name), {recursive: true});
		await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
		for (const [file, text] of tree) {
			await mkdir(path.dirname(path.join(folder, file)), {recursive: true});
			await writeFile(path.join(folder, file), text);
		}

		await writeFile(
			path.join(folder, '.oxlintrc.json'),
			JSON.stringify({
				options: {typeAware: true, typeCheck: true},
				categories: {correctness: 'off'},
			}),
		);
		return await oxlint(folder, files);
	} finally {
		await rm(folder, {recursive: true, force: true});
	}
}

async function oxlint(folder: string, files: readonly string[]): Promise<readonly Complaint[]> {
	const program = path.join(root, 'node_modules/oxlint/bin/oxlint');
	const said = await new Promise<string>((resolve) => {
		execFile(
			process.execPath,
			[program, '--format', 'json', ...files],
			{cwd: folder, maxBuffer: 64 * 1024 * 1024},
			(_error, stdout) => resolve(stdout),
		);
	});
	const {diagnostics, number_of_files: read} = JSON.parse(said) as {
		readonly diagnostics: ReadonlyArray<{readonly filename: string; readonly message: string}>;
		readonly number_of_files: number;
	};
	if (read !== files.length) throw new Error(`Of ${files.length} files it read ${read}.`);
	return diagnostics.map(({filename, message}) => ({file: filename, message}));
}
