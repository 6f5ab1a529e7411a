import {constants} from 'node:fs';
import {access, readFile, stat} from 'node:fs/promises';
import path from 'node:path';
import {limits} from '../../domain/limits.js';
import {fixable, ProblemError} from '../../domain/problem.js';
import {sizeText} from '../../domain/text/duration-text.js';
import type {LocalFiles} from '../../session/watch/local-files.js';

/**
 * The files that this process may read.
 *
 * @param home what `~` stands for
 */
export function localFiles(home: string | undefined): LocalFiles {
	return {
		async find(typed) {
			const file = pathOf(typed, home);
			if (file === '') throw refused('Cannot upload: no file is named', 'The path is empty.');
			const found = await stat(file).catch((error: unknown) => {
				throw unreadable(file, error);
			});
			if (found.isDirectory())
				throw refused('Cannot upload a folder', `${file} is a folder.`, 'Name one file in it.');
			// A pipe or a device has no end that is known.
			if (!found.isFile()) throw refused('Cannot upload this', `${file} is no regular file.`);
			if (found.size > limits.inMemoryBytes) throw tooLarge(file, found.size);
			await access(file, constants.R_OK).catch((error: unknown) => {
				throw unreadable(file, error);
			});
			return {
				name: path.basename(file),
				sizeBytes: found.size,
				async read() {
					const content = await readFile(file).catch((error: unknown) => {
						throw unreadable(file, error);
					});
					if (content.byteLength > limits.inMemoryBytes) throw tooLarge(file, content.byteLength);
					return content;
				},
			};
		},
	};
}

/** A path as terminals write a file that is dropped into them: in quotes, or with backslashes; `~` as a shell takes it. */
function pathOf(typed: string, home: string | undefined): string {
	const text = typed.trim();
	const [, quote, inside] = /^(['"])(.*)\1$/.exec(text) ?? [];
	const plain =
		quote === undefined
			? process.platform === 'win32'
				? text
				: text.replaceAll(/\\(.)/g, '$1')
			: (inside ?? '').replaceAll("'\\''", "'");
	if (plain === '') return '';
	const isHome = quote === undefined && home !== undefined && /^~(?=\/|$)/.test(plain);
	return path.resolve(isHome ? home + plain.slice(1) : plain);
}

function refused(headline: string, cause: string, next = 'Type the path of a file.'): ProblemError {
	return new ProblemError(fixable('cannot-upload-file', headline, cause, [next]));
}

function tooLarge(file: string, sizeBytes: number): ProblemError {
	return refused(
		'Cannot upload: the file is too large',
		`${file} has ${sizeText(sizeBytes)}; this uploads at most ${sizeText(limits.inMemoryBytes)}.`,
		'Choose a smaller file, or upload it with the AWS CLI.',
	);
}

const reasons: Readonly<Record<string, string>> = {
	ENOENT: 'There is no such file.',
	ENOTDIR: 'A part of the path is no folder.',
	EACCES: 'This user may not read it.',
	EPERM: 'This user may not read it.',
	ELOOP: 'Its links lead in a circle.',
	ENAMETOOLONG: 'The path is too long.',
};

function unreadable(file: string, error: unknown): ProblemError {
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	const headline = code === 'ENOENT' ? 'Cannot find the file' : 'Cannot read the file';
	return refused(headline, `${file}: ${reasons[code] ?? String(error)}`);
}
