import {createHash} from 'node:crypto';
import {startChecksum} from '../../http/checksum.js';
import {readBytes} from '../../world/body-store.js';
import {type Checksum, type ObjectData} from '../../world/object-version.js';
import {knownAlgorithm} from '../requests/sent-checksum.js';

type CopiedBytes = Pick<ObjectData, 'checksum' | 'etag'>;

/**
 * Gives the entity tag and the checksum of a copy: the source's, unless the client wants another algorithm or the source
 * came in parts, of which the copy has none (S3 User Guide, checking-object-integrity-upload, "Copying"; recorded:
 * TestS3ObjectWritePrecondition::test_copy_object_if_match).
 */
export async function copiedBytesOf(
	{body, checksum, etag, partSizesBytes, encryption}: ObjectData,
	wanted: string | undefined,
): Promise<CopiedBytes> {
	const chosen = wanted === undefined ? undefined : knownAlgorithm(wanted);
	const algorithm = chosen ?? checksum?.algorithm ?? 'CRC64NVME';
	// With a key of KMS the entity tag is no digest (recorded: test_s3_copy_object_in_place_with_encryption).
	const isAsItWas =
		partSizesBytes === undefined && encryption === undefined && checksum?.algorithm === algorithm;
	if (isAsItWas) return {checksum, etag};
	const md5 = createHash('md5');
	const running = startChecksum(algorithm);
	for await (const piece of readBytes(body)) {
		md5.update(piece);
		running.update(piece);
	}
	const computed: Checksum = {algorithm, value: running.digest()};
	return {checksum: computed, etag: md5.digest('hex')};
}
