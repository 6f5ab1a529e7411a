import {createHash} from 'node:crypto';
import {readFile, stat} from 'node:fs/promises';
import {ownManifestIn} from '../../domain/batch/own-manifest.js';
import type {WantedObjects} from '../../domain/batch/plan-batch.js';
import {limits} from '../../domain/limits.js';
import {fixable, messageOf, type Problem, ProblemError} from '../../domain/problem.js';
import {sizeText} from '../../domain/text/duration-text.js';

/** A manifest of one's own, read and checked. */
type ReadManifest = {
	readonly body: Uint8Array;
	readonly described: NonNullable<WantedObjects['manifest']>;
};

/** Reads a manifest of one's own and checks each of its rows. Throws the problem of one that S3 Batch Operations would not take. */
export async function readManifest(file: string, sourceBucket: string): Promise<ReadManifest> {
	const body = await bytesOf(file);
	const read = ownManifestIn(file, piecesOf(body), sourceBucket);
	if (!read.ok) throw new ProblemError(read.problem);
	const {fields, count} = read.manifest;
	return {body, described: {fields, rows: count, md5: createHash('md5').update(body).digest('hex')}};
}

async function bytesOf(file: string): Promise<Uint8Array> {
	try {
		const {size} = await stat(file);
		if (size > limits.inMemoryBytes) throw new ProblemError(tooLarge(file, size));
		return await readFile(file);
	} catch (error) {
		if (error instanceof ProblemError) throw error;
		throw new ProblemError(
			fixable('manifest', `Cannot read ${file}`, messageOf(error), [
				'Check the name, and that you may read it.',
			]),
		);
	}
}

function* piecesOf(body: Uint8Array): Generator<string> {
	const decoder = new TextDecoder();
	const pieceBytes = 1024 * 1024;
	for (let from = 0; from < body.length; from += pieceBytes)
		yield decoder.decode(body.subarray(from, from + pieceBytes), {stream: true});
	yield decoder.decode();
}

function tooLarge(file: string, size: number): Problem {
	return fixable(
		'manifest',
		`Cannot use ${file}: too large for a manifest`,
		`It has ${sizeText(size)}; this program sends at most ${sizeText(limits.inMemoryBytes)}.`,
		[
			'Split it, and copy part by part.',
			'Or choose by --prefix, --created-after and --status: S3 lists then.',
		],
	);
}
