import {createHash} from 'node:crypto';
import {type CompleteMultipartUploadRequest} from '@aws-sdk/client-s3';
import {checksumHeaders, startChecksum} from '../../http/checksum.js';
import {readBytes} from '../../world/body-store.js';
import {type Checksum, type ChecksumName} from '../../world/object-version.js';
import {type Part, type Upload} from '../../world/upload.js';
import {type World} from '../../world/world.js';
import {invalidRequest, s3Error} from '../errors/errors.js';
import {checkIsDigest, otherChecksum, sentChecksumOf} from '../requests/sent-checksum.js';

/** The entity tag of an object in parts: no MD5 of its bytes, but of the parts' (S3 User Guide, checking-object-integrity). */
export function etagOfParts(parts: readonly Part[]): string {
	const md5 = createHash('md5');
	for (const {etag} of parts) md5.update(Buffer.from(etag, 'hex'));
	return `${md5.digest('hex')}-${parts.length}`;
}

/**
 * Throws InvalidRequest where what the request says of the whole does not fit the upload: its size and the type of its
 * checksum (S3 API reference, CompleteMultipartUpload, ChecksumType and MpuObjectSize; words: third-party).
 */
export function checkWhole(
	{isChecksumComposite}: Upload,
	parts: readonly Part[],
	{ChecksumType, MpuObjectSize}: CompleteMultipartUploadRequest,
): void {
	const type = isChecksumComposite ? 'COMPOSITE' : 'FULL_OBJECT';
	if (ChecksumType !== undefined && ChecksumType !== type) {
		throw invalidRequest(
			`The upload was created using the ${type} checksum mode. The complete request must use the same checksum mode.`,
		);
	}
	const sizeBytes = parts.reduce((sum, {body}) => sum + body.sizeBytes, 0);
	if (MpuObjectSize !== undefined && MpuObjectSize !== sizeBytes) {
		throw invalidRequest(
			`The provided 'x-amz-mp-object-size' header value ${MpuObjectSize} does not match what was computed: ${sizeBytes}`,
		);
	}
}

/**
 * Computes the checksum of the whole: of the parts' checksums, or of all bytes, CRC64NVME where the client chose none
 * (recorded: TestS3ObjectWritePrecondition::test_multipart_if_match_etag). Throws BadDigest where the client sent another.
 */
export async function joinedChecksum(
	world: World,
	upload: Upload,
	parts: readonly Part[],
	headers: Readonly<Record<string, string>>,
): Promise<Checksum> {
	const algorithm = upload.checksumAlgorithm ?? 'CRC64NVME';
	const given = sentChecksumOf(headers);
	if (given !== undefined && given !== algorithm) throw otherChecksum(upload.checksumAlgorithm, given);
	const value = upload.isChecksumComposite
		? compositeOf(algorithm, parts)
		: await checksumOfAll(world, algorithm, parts);
	const sent = headers[checksumHeaders[algorithm]];
	if (sent !== undefined) checkIsDigest(algorithm, digestIn(sent), digestIn(value));
	if (sent !== undefined && sent !== value) {
		throw s3Error('BadDigest', {
			message: `The ${algorithm} you specified did not match the calculated checksum.`,
		});
	}
	return {algorithm, value, ...(upload.isChecksumComposite ? {isComposite: true} : {})};
}

/** Behind a digest that is put together from the parts' stands how many there are. */
function digestIn(checksum: string): string {
	return checksum.replace(/-\d+$/, '');
}

function compositeOf(algorithm: ChecksumName, parts: readonly Part[]): string {
	const running = startChecksum(algorithm);
	for (const {checksum} of parts) running.update(Buffer.from(checksum?.value ?? '', 'base64'));
	return `${running.digest()}-${parts.length}`;
}

async function checksumOfAll(world: World, algorithm: ChecksumName, parts: readonly Part[]): Promise<string> {
	const held = parts.map(({body}) => world.bodies.share(body));
	try {
		const running = startChecksum(algorithm);
		for (const body of held) {
			for await (const piece of readBytes(body)) running.update(piece);
		}
		return running.digest();
	} finally {
		for (const body of held) world.bodies.release(body);
	}
}
