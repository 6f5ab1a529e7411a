import type {BucketReference, Objects} from '../../aws/ports.js';
import {
	reportFilesIn,
	reportManifestKey,
	type TaskResult,
	taskResultIn,
	unreadableReport,
} from '../../domain/batch/completion-report.js';
import {csvReader} from '../../domain/batch/csv-rows.js';
import {ProblemError} from '../../domain/problem.js';

/** As much of an object is asked for at once: far below what an answer may be, so that a report may have any size. */
const pieceBytes = 1024 * 1024;

/** The text of an object, piece by piece; a character is never cut. */
export async function* textOf(
	objects: Pick<Objects, 'read'>,
	reference: BucketReference,
	key: string,
	signal?: AbortSignal,
): AsyncGenerator<string, void> {
	const decoder = new TextDecoder();
	for (let from = 0; ;) {
		const {bytes, sizeBytes} = await objects.read(reference, {key, from, count: pieceBytes}, signal);
		from += bytes.length;
		const isLast = from >= sizeBytes || bytes.length === 0;
		yield decoder.decode(bytes, {stream: !isLast});
		if (isLast) return;
	}
}

/**
 * What the completion report of a job tells of the objects that failed, piece by piece: its manifest, then each of its files. Those of what
 * went well are not read: the job itself counts them. Throws the problem of a report that cannot be read.
 */
export async function* readReport(
	objects: Pick<Objects, 'read'>,
	reference: BucketReference,
	{prefix, jobId}: {readonly prefix: string; readonly jobId: string},
	signal?: AbortSignal,
): AsyncGenerator<readonly TaskResult[], void> {
	let manifest = '';
	for await (const text of textOf(objects, reference, reportManifestKey(prefix, jobId), signal))
		manifest += text;
	for (const {bucket, key, isOfFailed} of reportFilesIn(manifest)) {
		if (bucket !== reference.bucket)
			throw new ProblemError(
				unreadableReport(`Its manifest names a file in ${bucket}, not in ${reference.bucket}.`),
			);
		if (!isOfFailed) continue;
		const reader = csvReader();
		for await (const text of textOf(objects, reference, key, signal)) yield resultsIn(reader.push(text), key);
		yield resultsIn(reader.end(), key);
	}
}

function resultsIn(rows: ReadonlyArray<readonly string[]>, file: string): readonly TaskResult[] {
	return rows.map((row) => {
		const result = taskResultIn(row);
		if (!result) throw new ProblemError(unreadableReport(`${file} has a row that is none of a report.`));
		return result;
	});
}
