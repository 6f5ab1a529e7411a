import {type GetBucketPolicyOutput, type GetBucketPolicyRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {currentTextOf} from '../../access/resource-policy.js';
import {s3Error} from '../errors/errors.js';
import {refuseOtherAccounts} from '../bucket-policy/owner-only.js';

export const getBucketPolicy: BucketAction<GetBucketPolicyRequest, GetBucketPolicyOutput> = {
	name: 'GetBucketPolicy',
	target: 'bucket',
	permissions: ['s3:GetBucketPolicy'],
	run(call) {
		const {world, bucket} = call;
		refuseOtherAccounts(call);
		const policy = bucket.policy.written;
		if (policy === undefined) throw s3Error('NoSuchBucketPolicy', {fields: {BucketName: bucket.name}});
		return {
			headers: {'content-type': 'application/json'},
			body: Buffer.from(currentTextOf(world, policy)),
		};
	},
};
