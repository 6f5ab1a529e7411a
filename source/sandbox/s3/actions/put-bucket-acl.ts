import {type PutBucketAclRequest} from '@aws-sdk/client-s3';
import {checkNamedOnce, grantsOf} from '../acl.js';
import {type BucketAction} from '../action.js';
import {notImplemented} from '../errors.js';
import {checkWithoutAcls, hasAcls, usual} from '../object-owner.js';

/** Takes the one ACL that a bucket has here: full control for its owner. */
export const putBucketAcl: BucketAction<PutBucketAclRequest, object> = {
	name: 'PutBucketAcl',
	target: 'bucket',
	permissions: ['s3:PutBucketAcl'],
	run({world, bucket, input}) {
		checkNamedOnce(input);
		if (!hasAcls(bucket)) {
			checkWithoutAcls(world, bucket, input);
			return {};
		}
		const owner = bucket.ownerAccountId;
		const grants = grantsOf(world, bucket, {bucketOwner: owner, owner}, input);
		if (usual(owner, {ownerAccountId: owner, grants}) === undefined) return {};
		throw notImplemented('access control lists of buckets that grant less than full control to the owner');
	},
};
