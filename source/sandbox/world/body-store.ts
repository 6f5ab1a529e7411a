import {randomBytes} from 'node:crypto';
import {createReadStream} from 'node:fs';
import {open, rm, unlink, type FileHandle} from 'node:fs/promises';
import {join} from 'node:path';
import {makePrivateFolder} from '../files/private-folder.js';

/** A run of bytes, in memory where it is short and else in a file. */
type Segment = Buffer | CompactBytes | FileBytes;

/** Bytes as a Latin-1 text: a buffer is several times as large as the few bytes that are in most objects. */
type CompactBytes = string;

type FileBytes = {readonly file: string; readonly length: number};

/** The bytes of an object; several versions (a source and its replicas) may share them. */
export type StoredBody = {
	readonly sizeBytes: number;
	/** Most bodies are one run, and are spared the list around it. */
	readonly content: Segment | readonly Segment[];
	/** Counted by the store. */
	holders: number;
};

/** Thrown where all bytes together would be more than the store may hold. */
export class StoreFullError extends Error {}

const maxMemoryBytes = 64 * 1024;
const maxCompactBytes = 1024;
const fileMode = 0o600;

/**
 * Holds the bytes of all objects and of uploads under way under one cap, so that a learner's upload cannot take the
 * machine down: short bodies in memory, others in files of a private folder.
 */
export class BodyStore {
	readonly #capBytes: number;
	readonly #keeper: Keeper = {
		reserve: (sizeBytes) => {
			if (this.#usedBytes + sizeBytes > this.#capBytes) throw new StoreFullError();
			this.#usedBytes += sizeBytes;
		},
		free: (sizeBytes) => {
			this.#usedBytes -= sizeBytes;
		},
		newFile: async () => {
			this.#folder ??= makePrivateFolder('bodies');
			return join(await this.#folder, randomBytes(12).toString('hex'));
		},
	};
	#usedBytes = 0;
	#folder: Promise<string> | undefined;

	constructor(capBytes: number) {
		this.#capBytes = capBytes;
	}

	/** Starts to take bytes in. */
	receive(): BodyWriter {
		return new BodyWriter(this.#keeper);
	}

	/** Makes one body of several; they are let go of, their bytes stay. */
	join(parts: readonly StoredBody[]): StoredBody {
		const body = {
			sizeBytes: parts.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0),
			content: parts.flatMap(segmentsOf),
			holders: 1,
		};
		for (const part of parts) part.holders = 0;
		return body;
	}

	/** Counts one more holder of the same bytes. */
	share(body: StoredBody): StoredBody {
		body.holders += 1;
		return body;
	}

	/** Lets go of the bytes; the last holder frees them. */
	release(body: StoredBody): void {
		if (body.holders === 0) return;
		body.holders -= 1;
		if (body.holders > 0) return;
		this.#usedBytes -= body.sizeBytes;
		for (const segment of segmentsOf(body)) {
			// The folder goes when the sandbox ends, and every file that is left with it.
			if (isFile(segment)) void unlink(segment.file).catch(() => undefined);
		}
	}

	/** Removes the folder. */
	async close(): Promise<void> {
		if (this.#folder !== undefined) await rm(await this.#folder, {recursive: true, force: true});
	}
}

type Keeper = {
	readonly reserve: (sizeBytes: number) => void;
	readonly free: (sizeBytes: number) => void;
	readonly newFile: () => Promise<string>;
};

/** Takes the bytes of one body in. */
export class BodyWriter {
	readonly #keeper: Keeper;
	#pieces: Buffer[] = [];
	#sizeBytes = 0;
	#file: {readonly path: string; readonly handle: FileHandle} | undefined;

	constructor(keeper: Keeper) {
		this.#keeper = keeper;
	}

	/** Throws StoreFullError where the bytes have no room. */
	write(piece: Buffer): void | Promise<void> {
		this.#keeper.reserve(piece.length);
		this.#sizeBytes += piece.length;
		if (this.#sizeBytes > maxMemoryBytes) return this.#writeToFile(piece);
		this.#pieces.push(piece);
	}

	async #writeToFile(piece: Buffer): Promise<void> {
		const {handle} = await this.#openFile();
		await handle.writeFile(piece);
	}

	/** Ends the body; the caller is its first holder. */
	async finish(): Promise<StoredBody> {
		await this.#file?.handle.close();
		const sizeBytes = this.#sizeBytes;
		const file = this.#file?.path;
		// A copy in any case: pieces are views of larger buffers, which would be kept with them.
		const content = file === undefined ? copyOf(this.#pieces, sizeBytes) : {file, length: sizeBytes};
		return {sizeBytes, content, holders: 1};
	}

	/** Gives up: nothing of it stays. */
	async abandon(): Promise<void> {
		this.#keeper.free(this.#sizeBytes);
		if (this.#file === undefined) return;
		await this.#file.handle.close();
		await unlink(this.#file.path);
	}

	async #openFile(): Promise<{readonly path: string; readonly handle: FileHandle}> {
		if (this.#file !== undefined) return this.#file;
		const path = await this.#keeper.newFile();
		this.#file = {path, handle: await open(path, 'wx', fileMode)};
		await this.#file.handle.writeFile(Buffer.concat(this.#pieces));
		this.#pieces = [];
		return this.#file;
	}
}

/** Reads the bytes from `firstByte` up to and with `lastByte`, piece by piece. */
export async function* readBytes(
	body: StoredBody,
	firstByte = 0,
	lastByte = body.sizeBytes - 1,
): AsyncGenerator<Buffer> {
	let offset = 0;
	for (const segment of segmentsOf(body)) {
		const start = Math.max(0, firstByte - offset);
		const end = Math.min(segment.length - 1, lastByte - offset);
		offset += segment.length;
		if (start > end) continue;
		if (isFile(segment)) yield* createReadStream(segment.file, {start, end}) as AsyncIterable<Buffer>;
		else yield bufferOf(segment).subarray(start, end + 1);
	}
}

/** The bytes where all of them are in memory in one run, so that short bodies need no stream. */
export function bytesInMemory(body: StoredBody): Buffer | undefined {
	const [segment, ...others] = segmentsOf(body);
	if (segment === undefined) return Buffer.alloc(0);
	return others.length > 0 || isFile(segment) ? undefined : bufferOf(segment);
}

function segmentsOf({content}: StoredBody): readonly Segment[] {
	return isList(content) ? content : [content];
}

function isList(content: StoredBody['content']): content is readonly Segment[] {
	return Array.isArray(content);
}

function isFile(segment: Segment): segment is FileBytes {
	return typeof segment !== 'string' && !Buffer.isBuffer(segment);
}

function copyOf(pieces: readonly Buffer[], sizeBytes: number): Buffer | CompactBytes {
	if (sizeBytes <= maxCompactBytes) return Buffer.concat(pieces).toString('latin1');
	// Not from the pool, which would stay as long as any of the buffers in it.
	const bytes = Buffer.allocUnsafeSlow(sizeBytes);
	let offset = 0;
	for (const piece of pieces) offset += piece.copy(bytes, offset);
	return bytes;
}

function bufferOf(bytes: Buffer | CompactBytes): Buffer {
	return typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
}
