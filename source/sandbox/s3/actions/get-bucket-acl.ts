import {type GetBucketAclOutput, type GetBucketAclRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {shownAcl} from '../acl/shown-acl.js';

export const getBucketAcl: BucketAction<GetBucketAclRequest, GetBucketAclOutput> = {
	name: 'GetBucketAcl',
	target: 'bucket',
	permissions: ['s3:GetBucketAcl'],
	run: ({world, bucket}) => ({output: shownAcl(world, bucket, bucket.acl)}),
};
