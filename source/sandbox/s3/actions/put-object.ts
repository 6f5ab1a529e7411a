import {type PutObjectOutput, type PutObjectRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {aclOfWrite} from '../acl/object-owner.js';
import {describeEncryption, encryptionOfWrite} from '../objects/encryption.js';
import {shownEtagOf} from '../objects/shown-etag.js';
import {s3Error} from '../errors/errors.js';
import {describeChecksum} from '../objects/describe-checksum.js';
import {checkWriteConditions} from '../objects/preconditions.js';
import {lockStateOf} from '../objects/object-lock.js';
import {refuseUnsupportedWrite} from '../objects/refuse-unsupported.js';
import {storedHeadersOf, storedMetadataOf} from '../objects/stored-headers.js';
import {parseTaggingHeader} from '../tags/tags.js';
import {shownVersionId, writeVersion} from '../versions/write-version.js';
import {writePermissions} from './write-permissions.js';

const maxKeyBytes = 1024;

export const putObject: BucketAction<PutObjectRequest, PutObjectOutput> = {
	name: 'PutObject',
	target: 'object',
	permissions: writePermissions,
	run({world, identity, bucket, key, input, body, request, versionWritten}) {
		if (Buffer.byteLength(key) > maxKeyBytes) throw s3Error('KeyTooLongError');
		refuseUnsupportedWrite(input);
		const acl = aclOfWrite({world, identity}, bucket, input);
		checkWriteConditions(input, key, bucket.versions.current(key));
		const tags = parseTaggingHeader(input.Tagging);
		const encryption = encryptionOfWrite({world, identity}, bucket, key, input);
		const {received} = body;
		if (received === undefined) throw s3Error('InternalError');
		const lock = lockStateOf(bucket, input, world.clock.now());
		const version = writeVersion(world, bucket, {
			key,
			tags,
			lock,
			acl,
			data: {
				body: received.take(),
				etag: shownEtagOf(world, received.md5, encryption),
				headers: storedHeadersOf(input, request),
				metadata: storedMetadataOf(input.Metadata, request),
				storageClass: input.StorageClass ?? 'STANDARD',
				checksum: body.checksum,
				encryption,
			},
		});
		versionWritten(bucket, version);
		return {
			output: {
				ETag: `"${version.data?.etag ?? ''}"`,
				...describeEncryption(encryption),
				VersionId: version.versionId === 'null' ? undefined : shownVersionId(world, bucket, version),
				...describeChecksum(body.checksum),
			},
		};
	},
};
