import {type PutBucketAclRequest} from '@aws-sdk/client-s3';
import {checkNamesAcl} from '../acl/acl-input.js';
import {type BucketAction} from '../action.js';
import {checkAclOwner} from '../acl/check-acl-owner.js';
import {grantsOf, subjectIn} from '../acl/acl.js';
import {checkWithoutAcls, hasAcls, usual} from '../acl/object-owner.js';

export const putBucketAcl: BucketAction<PutBucketAclRequest, object> = {
	name: 'PutBucketAcl',
	target: 'bucket',
	permissions: ['s3:PutBucketAcl'],
	run({world, bucket, input}) {
		checkNamesAcl(input);
		if (!hasAcls(bucket)) {
			checkWithoutAcls(world, bucket, input);
			return {};
		}
		const owner = bucket.ownerAccountId;
		checkAclOwner(world, owner, input);
		const grants = grantsOf(world, subjectIn(bucket, 'bucket', owner), input);
		bucket.acl = usual(owner, {ownerAccountId: owner, grants});
		return {};
	},
};
