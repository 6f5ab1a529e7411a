import {createHash, type Hash} from 'node:crypto';
import {type IncomingMessage} from 'node:http';
import {
	type ChunkListener,
	decodeAwsChunked,
	MalformedChunksError,
	type Trailers,
} from '../../http/aws-chunked.js';
import {startChecksum} from '../../http/checksum.js';
import {type WireRequest} from '../../http/wire-request.js';
import {StoreFullError} from '../../world/body-store.js';
import {type Checksum, type ChecksumName} from '../../world/object-version.js';
import {checkSentChecksum, sentChecksumOf} from './sent-checksum.js';
import {s3Error} from '../errors/errors.js';

/** Where the bytes of a body go. */
export type BodySink = {readonly write: (piece: Buffer) => void | Promise<void>};

/** What was found of a body as it passed. */
export type BodyFindings = {
	/** In hexadecimal; empty where neither the client nor the object asks for it. */
	readonly md5: string;
	/** The one that the client sent, or else of the algorithm that was asked for. */
	readonly checksum: Checksum | undefined;
};

type BodyChecksums = {
	/** The one to compute where none is sent. */
	readonly usual: ChecksumName | undefined;
	/** A checksum in the headers is the body's. */
	readonly isSentOfBody: boolean;
};

type ChunkCheck = ChunkListener & {readonly doHold: (trailers: Trailers) => boolean};

const unsignedChunks: ChunkCheck = {bytes: () => undefined, ended: () => undefined, doHold: () => true};
const signedPrefix = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';

/**
 * Reads the body as it travels, and hands what it carries to the sink; throws where one of its checksums or signatures
 * does not hold. What is left of it then is read and dropped: a client that is still sending would not see the answer.
 * Of some operations a checksum header is not the body's: then it is left alone.
 */
export async function readRequestBody(
	request: WireRequest,
	message: IncomingMessage,
	sink: BodySink,
	chunkSignatures: () => ChunkCheck,
	checksums: BodyChecksums,
): Promise<BodyFindings> {
	try {
		return await pass(request, message, sink, chunkSignatures, checksums);
	} catch (error) {
		for await (const piece of piecesOf(message)) void piece;
		if (error instanceof MalformedChunksError) throw s3Error('IncompleteBody');
		if (error instanceof StoreFullError) {
			throw s3Error('EntityTooLarge', {message: 'The sandbox holds no more bytes: delete objects first'});
		}
		throw error;
	}
}

async function pass(
	{headers}: WireRequest,
	message: IncomingMessage,
	sink: BodySink,
	chunkSignatures: () => ChunkCheck,
	{usual: usualChecksum, isSentOfBody}: BodyChecksums,
): Promise<BodyFindings> {
	const declared = headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD';
	const doesCheckSha256 = /^[0-9a-f]{64}$/i.test(declared);
	let sha256: Hash | undefined;
	const md5 =
		usualChecksum === undefined && headers['content-md5'] === undefined ? undefined : createHash('md5');
	const sent = isSentOfBody ? sentChecksumOf(headers) : undefined;
	const algorithm = sent ?? usualChecksum;
	const checksum = algorithm === undefined ? undefined : startChecksum(algorithm);
	let sizeBytes = 0;
	const take = async (piece: Buffer): Promise<void> => {
		sizeBytes += piece.length;
		if (doesCheckSha256) sha256 = (sha256 ?? createHash('sha256')).update(piece);
		md5?.update(piece);
		checksum?.update(piece);
		await sink.write(piece);
	};
	let trailers: Trailers = {};
	if (declared.startsWith('STREAMING-')) {
		const check = declared.startsWith(signedPrefix) ? chunkSignatures() : unsignedChunks;
		trailers = await unchunk(piecesOf(message), check, take);
		checkTrailers(headers['x-amz-trailer'], trailers);
		checkSize(headers['x-amz-decoded-content-length'], sizeBytes);
		if (!check.doHold(trailers)) throw s3Error('SignatureDoesNotMatch');
	} else if (Number(headers['content-length'] ?? sizeUnknown(headers)) <= maxShortBytes) {
		for (const piece of await readShort(headers, message)) await take(piece);
	} else {
		for await (const piece of piecesOf(message)) await take(piece);
	}
	if (doesCheckSha256) checkSha256(declared, sha256?.digest('hex') ?? emptySha256);
	const md5Bytes = md5?.digest();
	if (md5Bytes !== undefined) checkMd5(headers['content-md5'], md5Bytes);
	return {
		md5: md5Bytes?.toString('hex') ?? '',
		checksum:
			algorithm === undefined
				? undefined
				: checkSentChecksum(sent === undefined ? headers : {...headers, ...trailers}, sent, {
						algorithm,
						value: checksum?.digest() ?? '',
					}),
	};
}

const emptySha256 = createHash('sha256').digest('hex');

/** Node iterates at some cost, which is not worth it where there is one piece or none. */
const maxShortBytes = 64 * 1024;

/** A request that names neither has no body (RFC 9112, section 6.3). */
function sizeUnknown(headers: WireRequest['headers']): number {
	return headers['transfer-encoding'] === undefined ? 0 : Infinity;
}

async function readShort(
	headers: WireRequest['headers'],
	message: IncomingMessage,
): Promise<readonly Buffer[]> {
	if (Number(headers['content-length'] ?? 0) === 0) return [];
	return new Promise((resolve, reject) => {
		const pieces: Buffer[] = [];
		const gone = (): void => {
			if (!message.readableEnded) reject(new Error('The client has gone'));
		};
		if (message.destroyed) gone();
		message.on('data', (piece: Buffer) => pieces.push(piece));
		message.once('end', () => {
			resolve(pieces);
		});
		message.once('error', reject);
		message.once('close', gone);
	});
}

function piecesOf(message: IncomingMessage): AsyncIterable<Buffer> {
	// Leaving the loop early must not close the connection.
	return {[Symbol.asyncIterator]: () => message.iterator({destroyOnReturn: false}) as AsyncIterator<Buffer>};
}

async function unchunk(
	pieces: AsyncIterable<Buffer>,
	check: ChunkCheck,
	take: (piece: Buffer) => Promise<void>,
): Promise<Trailers> {
	const decoded = decodeAwsChunked(pieces, check);
	for (;;) {
		const next = await decoded.next();
		if (next.done === true) return next.value;
		await take(next.value);
	}
}

/** S3 API reference, ErrorResponses and sigv4-streaming-trailers: what comes behind is announced before. */
function checkTrailers(announced: string | undefined, trailers: Trailers): void {
	const names = (announced ?? '').split(',').map((name) => name.trim().toLowerCase());
	const isAnnounced = (name: string): boolean => name === 'x-amz-trailer-signature' || names.includes(name);
	if (!Object.keys(trailers).every(isAnnounced)) throw s3Error('MalformedTrailerError');
}

function checkSize(declared: string | undefined, sizeBytes: number): void {
	if (declared !== undefined && Number(declared) !== sizeBytes) throw s3Error('IncompleteBody');
}

function checkSha256(declared: string, computed: string): void {
	if (computed !== declared.toLowerCase()) {
		throw s3Error('XAmzContentSHA256Mismatch', {
			fields: {ClientComputedContentSHA256: declared, S3ComputedContentSHA256: computed},
		});
	}
}

function checkMd5(declared: string | undefined, computed: Buffer): void {
	if (declared === undefined) return;
	if (Buffer.from(declared, 'base64').length !== 16)
		throw s3Error('InvalidDigest', {fields: {'Content-MD5': declared}});
	const text = computed.toString('base64');
	if (text !== declared) {
		throw s3Error('BadDigest', {fields: {ExpectedDigest: declared, CalculatedDigest: text}});
	}
}
