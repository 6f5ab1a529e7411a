import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';

/** Every file of a folder of sources by its path, without its comments: what a comment names does nothing. */
export async function sourceTexts(folder: string): Promise<ReadonlyMap<string, string>> {
	const names = await readdir(folder, {recursive: true});
	const files = names.filter((name) => /[.]tsx?$/.test(name) && !name.endsWith('.d.ts')).sort();
	const texts = await Promise.all(files.map(async (name) => readFile(path.join(folder, name), 'utf8')));
	return new Map(files.map((name, index) => [name, withoutComments(name, texts[index] ?? '')]));
}

/** A TypeScript text without its comments, its strings and expressions as they are. */
export function withoutComments(name: string, text: string): string {
	const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, false, scriptKind(name));
	const ranges = new Map<number, number>();
	const visit = (node: ts.Node): void => {
		for (const {pos, end} of ts.getLeadingCommentRanges(text, node.pos) ?? []) ranges.set(pos, end);
		for (const {pos, end} of ts.getTrailingCommentRanges(text, node.end) ?? []) ranges.set(pos, end);
		ts.forEachChild(node, visit);
	};
	visit(file);
	let left = '';
	let from = 0;
	for (const [pos, end] of [...ranges].sort(([one], [other]) => one - other)) {
		if (pos < from) continue;
		left += text.slice(from, pos);
		from = end;
	}

	return left + text.slice(from);
}

/** How TypeScript reads a file of this name. */
export function scriptKind(name: string): ts.ScriptKind {
	return name.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
}
