import {runAgain} from '../../domain/text/run-again.js';
import {constants} from 'node:fs';
import {chmod, type FileHandle, open, readdir, rm} from 'node:fs/promises';
import path from 'node:path';
import {readRegularFile} from '../../aws/transport/read-regular-file.js';
import {fixable, ProblemError} from '../../domain/problem.js';
import {hasNotBegun, readRecord} from '../../domain/record/read-record.js';
import {reopened} from '../../domain/record/reopened.js';
import type {ReadRecord, RecordLine} from '../../domain/record/run-record.js';
import {quoted} from '../../domain/text/shell-word.js';
import {jsonText} from '../../domain/text/visible-text.js';
import type {RecordStore, RecordWriter} from '../../engine/record/record-store.js';
import {makeFolder} from './make-folder.js';
import {lockRecord} from '../lock/lock-record.js';

const extension = '.jsonl';
/** A run has a line or two for each change and each file. */
const limitBytes = 256 * 1_048_576;

type Append = (handle: FileHandle, text: string) => Promise<void>;

/** The records of runs as files below a state directory: `runs/<run id>.jsonl`, readable by their owner alone. */
export function recordFiles(
	directory: string,
	append: Append = async (handle, text) => handle.appendFile(text),
): RecordStore {
	const folder = path.join(directory, 'runs');
	const fileOf = (runId: string): string => path.join(folder, `${runId}${extension}`);

	async function read(runId: string): Promise<ReadRecord | undefined> {
		if (!/^[\w-]+$/.test(runId)) return undefined;
		const file = fileOf(runId);
		try {
			return readRecord(runId, file, (await readRegularFile(file, limitBytes)).text);
		} catch (error) {
			const {code, message} = error as NodeJS.ErrnoException;
			if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
			return {ok: false, runId, problem: notReadable(file, message)};
		}
	}

	return {
		async create(header) {
			return writing(folder, async () => {
				await makeFolder(folder);
				await chmod(folder, 0o700);
				const file = fileOf(header.runId);
				const handle = await open(file, 'ax', 0o600);
				await handle.close();
				const writer = fileWriter(file, append);
				try {
					await writer.append(header);
				} catch (error) {
					await rm(file, {force: true}).catch(() => undefined);
					throw error;
				}

				await flushFolder(folder);
				return writer;
			});
		},
		async extend(runId) {
			const file = fileOf(runId);
			return writing(file, async () => {
				const {text} = await readRegularFile(file, limitBytes);
				const handle = await open(file, 'r+');
				try {
					// A line that was cut off goes, or the next would be written behind it.
					await handle.truncate(Buffer.byteLength(text.slice(0, text.lastIndexOf('\n') + 1)));
				} finally {
					await handle.close();
				}

				return fileWriter(file, append);
			});
		},
		async lock(runId) {
			const file = path.join(folder, `${runId}.lock`);
			return writing(file, async () => {
				await makeFolder(folder);
				return lockRecord(file, runId);
			});
		},
		async list() {
			let names: readonly string[];
			try {
				names = await readdir(folder);
			} catch (error) {
				const {code, message} = error as NodeJS.ErrnoException;
				if (code === 'ENOENT') return [];
				throw new ProblemError(
					fixable('record-unreadable', `Cannot read the records in ${folder}`, message, [
						'Make the folder readable for you.',
						'Name another one with the environment variable S3_REPLICATE_STATE_DIR.',
					]),
				);
			}

			const runIds = names
				.filter((name) => name.endsWith(extension))
				.map((name) => name.slice(0, -extension.length));
			const found = await Promise.all(runIds.map(read));
			return reopened(
				found
					.flatMap((record) => (record === undefined || hasNotBegun(record) ? [] : [record]))
					.sort((left, right) => startOf(right) - startOf(left) || (left.runId < right.runId ? 1 : -1)),
			);
		},
		read,
	};
}

/** When a run began; of one that cannot be read, what its name says. */
function startOf(found: ReadRecord): number {
	if (found.ok) return found.record.header.at;
	const [, year, month, day, hour, minute, second] =
		/^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)/.exec(found.runId) ?? [];
	return year === undefined ? 0 : Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** One line after the other, each on the disk before the next. A file that somebody took away is not made anew. */
function fileWriter(file: string, append: Append): RecordWriter {
	let last: Promise<unknown> = Promise.resolve();
	return {
		async append(line: RecordLine) {
			const written = last.then(async () =>
				writing(file, async () => {
					const handle = await open(
						file,
						constants.O_WRONLY | constants.O_APPEND | (constants.O_NONBLOCK ?? 0),
					);
					try {
						const {size} = await handle.stat();
						try {
							await append(handle, `${jsonText(line)}\n`);
							await handle.datasync();
						} catch (error) {
							// Of a line that did not fit a part may be there: the next would be written behind it.
							await handle.truncate(size).catch(() => undefined);
							throw error;
						}
					} finally {
						await handle.close();
					}
				}),
			);
			last = written.catch(() => undefined);
			return written;
		},
	};
}

/** A new file's name has to be on the disk as well. */
async function flushFolder(folder: string): Promise<void> {
	// Windows has no such thing.
	if (process.platform === 'win32') return;
	const handle = await open(folder, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

async function writing<T>(place: string, write: () => Promise<T>): Promise<T> {
	try {
		return await write();
	} catch (error) {
		if (error instanceof ProblemError) throw error;
		const {code = '', message = String(error)} = error as NodeJS.ErrnoException;
		throw new ProblemError(notWritable(place, message, code));
	}
}

/** What lets a place be written, by node's code of what keeps it from that. Source: open(2), mkdir(2), write(2). */
const writableSteps: Readonly<Record<string, string>> = {
	...{ENOSPC: 'Make room on the disk.', EDQUOT: 'Make room: this user has used up the quota.'},
	EROFS: 'Its file system is read-only: mount it for writing, or take another place.',
};

function notWritable(place: string, cause: string, code: string) {
	return fixable(
		'record-not-writable',
		`Cannot write the record of this run to ${place}`,
		`${cause}. Without its record a change cannot be undone, so it is not made.`,
		[
			writableSteps[code] ?? `Make it writable for you, for example: chmod u+rwX ${quoted(place)}`,
			'Name another one with the environment variable S3_REPLICATE_STATE_DIR.',
			runAgain('Then run this again'),
		],
	);
}

function notReadable(place: string, cause: string) {
	return fixable('record-unreadable', `Cannot read the record ${place}`, cause, [
		'Make it readable for you.',
		'Other runs are not concerned: s3-replicate runs',
	]);
}
