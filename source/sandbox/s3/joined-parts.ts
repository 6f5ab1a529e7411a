import {createHash} from 'node:crypto';
import {checksumHeaders, startChecksum} from '../http/checksum.js';
import {readBytes} from '../world/body-store.js';
import {type Checksum, type ChecksumName} from '../world/object-version.js';
import {type Part, type Upload} from '../world/upload.js';
import {type World} from '../world/world.js';
import {s3Error} from './errors.js';

/** The entity tag of an object in parts: no MD5 of its bytes, but of the parts' (S3 User Guide, checking-object-integrity). */
export function etagOfParts(parts: readonly Part[]): string {
	const md5 = createHash('md5');
	for (const {etag} of parts) md5.update(Buffer.from(etag, 'hex'));
	return `${md5.digest('hex')}-${parts.length}`;
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
	const value = upload.isChecksumComposite
		? compositeOf(algorithm, parts)
		: await checksumOfAll(world, algorithm, parts);
	const sent = headers[checksumHeaders[algorithm]];
	if (sent !== undefined && sent !== value) {
		throw s3Error('BadDigest', {
			message: `The ${algorithm} you specified did not match the calculated checksum.`,
		});
	}
	return {algorithm, value, ...(upload.isChecksumComposite ? {isComposite: true} : {})};
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
