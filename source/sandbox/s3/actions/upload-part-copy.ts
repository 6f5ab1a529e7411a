import {createHash} from 'node:crypto';
import {type UploadPartCopyOutput, type UploadPartCopyRequest} from '@aws-sdk/client-s3';
import {startChecksum} from '../../http/checksum.js';
import {readBytes} from '../../world/body-store.js';
import {type BucketAction} from '../action.js';
import {parseCopyRange} from '../reading/byte-range.js';
import {checksumMember} from '../objects/describe-checksum.js';
import {describeEncryption, requireDecrypt} from '../objects/encryption.js';
import {shownEtagOf} from '../objects/shown-etag.js';
import {findCopySource} from '../reading/copy-source.js';
import {checkCopyConditions} from '../objects/preconditions.js';
import {ReceivedBody} from '../requests/received-body.js';
import {checkPartNumber, findUpload, storePart} from '../uploads/uploads.js';
import {shownVersionId} from '../versions/write-version.js';

export const uploadPartCopy: BucketAction<UploadPartCopyRequest, UploadPartCopyOutput> = {
	name: 'UploadPartCopy',
	target: 'object',
	permissions: ['s3:PutObject'],
	async run(call) {
		const {world, input} = call;
		const partNumber = checkPartNumber(input.PartNumber);
		const {checksumAlgorithm, encryption} = findUpload(call, input.UploadId);
		requireDecrypt(call, call.bucket, call.key, encryption);
		const source = findCopySource(call, input.CopySource ?? '');
		checkCopyConditions(input, source.version, world.clock.now());
		const range = parseCopyRange(input.CopySourceRange, source.version.data.body.sizeBytes);
		const held = world.bodies.share(source.version.data.body);
		const received = new ReceivedBody(world.bodies);
		try {
			const {checksum} = await received.fill(async (sink) => {
				const md5 = createHash('md5');
				const running = startChecksum(checksumAlgorithm ?? 'CRC64NVME');
				for await (const piece of readBytes(held, range.firstByte, range.lastByte)) {
					md5.update(piece);
					running.update(piece);
					await sink.write(piece);
				}
				return {
					md5: md5.digest('hex'),
					checksum: {algorithm: checksumAlgorithm ?? 'CRC64NVME', value: running.digest()},
				};
			});
			// It may have been aborted meanwhile.
			const upload = findUpload(call, input.UploadId);
			const part = storePart(world, upload, {
				partNumber,
				body: received.take(),
				etag: shownEtagOf(world, received.md5, encryption),
				checksum,
			});
			return {
				output: {
					CopyPartResult: {
						ETag: `"${part.etag}"`,
						LastModified: new Date(part.lastModifiedMs),
						...(checksumAlgorithm && checksumMember(checksum)),
					},
					...describeEncryption(encryption),
					CopySourceVersionId: shownVersionId(world, source.bucket, source.version),
				},
			};
		} finally {
			world.bodies.release(held);
			await received.end();
		}
	},
};
