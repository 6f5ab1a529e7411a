import {type DeleteBucketRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {releaseParts} from '../uploads/uploads.js';
import {s3Error} from '../errors/errors.js';

export const deleteBucket: BucketAction<DeleteBucketRequest, object> = {
	name: 'DeleteBucket',
	target: 'bucket',
	permissions: ['s3:DeleteBucket'],
	run({world, bucket}) {
		if (!bucket.versions.isEmpty) {
			const message =
				bucket.versioning.written === undefined
					? 'The bucket you tried to delete is not empty'
					: 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.';
			throw s3Error('BucketNotEmpty', {message, fields: {BucketName: bucket.name}});
		}
		for (const upload of bucket.uploads.values()) releaseParts(world, upload);
		world.buckets.delete(bucket.name);
		return {status: 204};
	},
};
