import {createHash} from 'node:crypto';
import {decodeAwsChunked, type DecodedChunks} from '../http/aws-chunked.js';
import {checksumHeaders, computeChecksum} from '../http/checksum.js';
import {type WireRequest} from '../http/wire-request.js';
import {type Checksum, type ChecksumName} from '../world/object-version.js';
import {type RequestBody} from './action.js';
import {notImplemented, s3Error} from './errors.js';

type Headers = Readonly<Record<string, string>>;

const signedChunks = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';

/** Headers that begin like a checksum's but only talk about one. */
const aboutChecksums: ReadonlySet<string> = new Set([
	'x-amz-checksum-algorithm',
	'x-amz-checksum-mode',
	'x-amz-checksum-type',
]);

/** Says whether the chunks of a body bear their signatures. */
export type ChunkCheck = (decoded: DecodedChunks) => boolean;

/**
 * Takes the body as it travelled, gives what it carries; throws where one of its checksums or signatures does not hold.
 */
export function decodeRequestBody(
	request: WireRequest,
	raw: Buffer,
	areChunksSigned: ChunkCheck,
): RequestBody {
	const declared = request.headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD';
	const {bytes, trailers} = declared.startsWith('STREAMING-')
		? unchunk(request, raw, declared.startsWith(signedChunks) ? areChunksSigned : () => true)
		: {bytes: raw, trailers: {}};
	if (/^[0-9a-f]{64}$/i.test(declared)) checkSha256(declared, bytes);
	checkMd5(request.headers['content-md5'], bytes);
	return {bytes, checksum: checkChecksum({...request.headers, ...trailers}, bytes)};
}

function unchunk(
	request: WireRequest,
	raw: Buffer,
	areChunksSigned: ChunkCheck,
): {readonly bytes: Buffer; readonly trailers: Headers} {
	const decoded = decodeAwsChunked(raw);
	const declaredSize = request.headers['x-amz-decoded-content-length'];
	if (
		decoded === undefined ||
		(declaredSize !== undefined && Number(declaredSize) !== decoded.bytes.length)
	) {
		throw s3Error('IncompleteBody');
	}
	if (!areChunksSigned(decoded)) throw s3Error('SignatureDoesNotMatch');
	return decoded;
}

function checkSha256(declared: string, bytes: Buffer): void {
	const computed = createHash('sha256').update(bytes).digest('hex');
	if (computed !== declared.toLowerCase()) {
		throw s3Error('XAmzContentSHA256Mismatch', {
			fields: {ClientComputedContentSHA256: declared, S3ComputedContentSHA256: computed},
		});
	}
}

function checkMd5(declared: string | undefined, bytes: Buffer): void {
	if (declared === undefined) return;
	if (Buffer.from(declared, 'base64').length !== 16)
		throw s3Error('InvalidDigest', {fields: {'Content-MD5': declared}});
	const computed = createHash('md5').update(bytes).digest('base64');
	if (computed !== declared) {
		throw s3Error('BadDigest', {fields: {ExpectedDigest: declared, CalculatedDigest: computed}});
	}
}

function checkChecksum(headers: Headers, bytes: Buffer): Checksum | undefined {
	const known: readonly string[] = Object.values(checksumHeaders);
	const unknown = Object.keys(headers).find(
		(name) => name.startsWith('x-amz-checksum-') && !aboutChecksums.has(name) && !known.includes(name),
	);
	if (unknown !== undefined) throw notImplemented(`the checksum ${unknown}`);
	const found = Object.entries(checksumHeaders).find(([, header]) => headers[header] !== undefined);
	if (found === undefined) return undefined;
	const [name, header] = found;
	const algorithm = name as ChecksumName;
	const value = computeChecksum(algorithm, bytes);
	if (value !== headers[header]) {
		throw s3Error('BadDigest', {
			message: `The ${algorithm} you specified did not match the calculated checksum.`,
		});
	}
	return {algorithm, value};
}
