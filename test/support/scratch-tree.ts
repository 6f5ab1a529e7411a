import {readFileSync} from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.resolve(import.meta.dirname, '../..');

/** A change to a file of the tree: text put in front of every place in it, or, where none is named, a whole new file. */
export type Edit = {readonly file: string; readonly before?: string; readonly put: string};

/** Changed files as they would be, by their paths. Throws where a place to put something is not there, or a new file is. */
export function scratchTree(edits: readonly Edit[]): ReadonlyMap<string, string> {
	const files = new Map<string, string>();
	for (const {file, before, put} of edits) {
		if (before === undefined) {
			if (ts.sys.fileExists(path.join(root, file))) throw new Error(`${file} is there already.`);
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

/** What the compiler says of a file. */
export type Complaint = {readonly file: string; readonly message: string};

/** Checks trees that differ in a few files: what is alike is read once. */
export function createScratchCompiler() {
	const config = ts.getParsedCommandLineOfConfigFile(
		path.join(root, 'tsconfig.json'),
		{incremental: false, tsBuildInfoFile: undefined},
		{...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined},
	);
	if (!config) throw new Error('tsconfig.json cannot be read.');
	const {options, fileNames} = config;
	const host = ts.createCompilerHost(options, true);
	const read = new Map<string, ts.SourceFile | undefined>();
	const sources = fileNames.filter((name) => path.relative(root, name).startsWith(`source${path.sep}`));
	let last: ts.Program | undefined;

	return {
		/** The files of `source/`, by their paths in the tree. */
		sources: sources.map((name) => path.relative(root, name)),
		/** What the compiler says of these files of a tree. */
		complaints(tree: ReadonlyMap<string, string>, files: readonly string[]): readonly Complaint[] {
			const changed = new Map([...tree].map(([file, text]) => [path.join(root, file), text]));
			const program = ts.createProgram({
				rootNames: [...new Set([...sources, ...changed.keys()])],
				options,
				oldProgram: last,
				host: {
					...host,
					fileExists: (name) => changed.has(name) || host.fileExists(name),
					readFile: (name) => changed.get(name) ?? host.readFile(name),
					getSourceFile(name, languageVersion) {
						const text = changed.get(name);
						if (text !== undefined) return ts.createSourceFile(name, text, languageVersion, true);
						if (!read.has(name)) read.set(name, host.getSourceFile(name, languageVersion));
						return read.get(name);
					},
				},
			});
			last = program;
			return files.flatMap((file) => {
				const source = program.getSourceFile(path.join(root, file));
				return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
					({messageText}) => ({file, message: ts.flattenDiagnosticMessageText(messageText, '\n')}),
				);
			});
		},
	};
}
