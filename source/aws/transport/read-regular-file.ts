import {constants, type BigIntStats} from 'node:fs';
import {type FileHandle, open} from 'node:fs/promises';

/** What a text file was when it was read. */
type RegularText = {readonly text: string; readonly stats: BigIntStats};

const mebibyte = 1_048_576;

/**
 * Reads a text file, and only that: a FIFO without a writer would be waited for without end, a device may never end.
 * Takes the most bytes that are read. Throws an Error whose message says what is there instead, and node's own errors.
 * Source: open(2), O_NONBLOCK (a FIFO opens at once; regular files know no difference).
 */
export async function readRegularFile(file: string, limitBytes = 16 * mebibyte): Promise<RegularText> {
	const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(named);
	try {
		const stats = await handle.stat({bigint: true});
		if (!stats.isFile()) throw new Error(`It is ${kindOf(stats)}, no regular file`);
		return {text: await textWithin(handle, limitBytes), stats};
	} finally {
		await handle.close();
	}
}

/** A socket cannot be opened at all. Source: open(2), ENXIO. */
function named(error: unknown): never {
	if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
	throw new Error('It is a socket, no regular file', {cause: error});
}

/** In pieces: a file may grow while it is read, and what its length says of some files is not true. */
async function textWithin(handle: FileHandle, limitBytes: number): Promise<string> {
	const chunks: Buffer[] = [];
	let length = 0;
	for (;;) {
		const {buffer, bytesRead} = await handle.read(Buffer.allocUnsafe(65_536), 0, 65_536, length);
		if (bytesRead === 0) return Buffer.concat(chunks).toString('utf8');
		length += bytesRead;
		if (length > limitBytes) throw new Error(`It has more than ${limitBytes / mebibyte} MiB`);
		chunks.push(buffer.subarray(0, bytesRead));
	}
}

function kindOf(stats: BigIntStats): string {
	if (stats.isDirectory()) return 'a folder';
	if (stats.isFIFO()) return 'a FIFO';
	if (stats.isSocket()) return 'a socket';
	return 'a device';
}
