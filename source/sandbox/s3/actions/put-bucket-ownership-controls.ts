import {type PutBucketOwnershipControlsRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {s3Error} from '../errors/errors.js';

export const putBucketOwnershipControls: BucketAction<PutBucketOwnershipControlsRequest, object> = {
	name: 'PutBucketOwnershipControls',
	target: 'bucket',
	permissions: ['s3:PutBucketOwnershipControls'],
	run({bucket, input}) {
		const [rule, ...others] = input.OwnershipControls?.Rules ?? [];
		// Recorded: TestS3BucketOwnershipControls::test_bucket_ownership_controls_exc.
		if (rule?.ObjectOwnership === undefined || others.length > 0) throw s3Error('MalformedXML');
		// The bucket's own ACL must be its owner's alone (S3 User Guide, object-ownership-error-responses).
		if (rule.ObjectOwnership === 'BucketOwnerEnforced' && bucket.acl !== undefined) {
			throw s3Error('InvalidBucketAclWithObjectOwnership');
		}
		bucket.objectOwnership = rule.ObjectOwnership;
		return {};
	},
};
