import {type DeleteBucketPolicyRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {refuseOtherAccounts} from '../owner-only.js';

export const deleteBucketPolicy: BucketAction<DeleteBucketPolicyRequest, object> = {
	target: 'bucket',
	permissions: ['s3:DeleteBucketPolicy'],
	run(call) {
		refuseOtherAccounts(call);
		call.bucket.policy = undefined;
		return {status: 204};
	},
};
