import {type PutBucketAclRequest} from '@aws-sdk/client-s3';
import {checkNamedOnce, grantsOf} from '../acl.js';
import {type BucketAction} from '../action.js';
import {notImplemented, s3Error} from '../errors.js';
import {hasAcls, usual} from '../object-owner.js';

/** Takes the one ACL that a bucket has here: full control for its owner. */
export const putBucketAcl: BucketAction<PutBucketAclRequest, object> = {
	target: 'bucket',
	permissions: ['s3:PutBucketAcl'],
	run({world, bucket, input}) {
		checkNamedOnce(input);
		// S3 User Guide, object-ownership-error-responses.
		if (!hasAcls(bucket)) throw s3Error('AccessControlListNotSupported');
		const owner = bucket.ownerAccountId;
		const grants = grantsOf(world, bucket, {bucketOwner: owner, owner}, input);
		if (usual(owner, {ownerAccountId: owner, grants}) === undefined) return {};
		throw notImplemented('access control lists of buckets that grant less than full control to the owner');
	},
};
