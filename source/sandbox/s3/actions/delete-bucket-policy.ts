import {type DeleteBucketPolicyRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {seenFromMs} from '../../world/world.js';
import {refuseOtherAccounts} from '../bucket-policy/owner-only.js';

export const deleteBucketPolicy: BucketAction<DeleteBucketPolicyRequest, object> = {
	name: 'DeleteBucketPolicy',
	target: 'bucket',
	permissions: ['s3:DeleteBucketPolicy'],
	run(call) {
		refuseOtherAccounts(call);
		const {world, bucket} = call;
		if (bucket.policy.written !== undefined) bucket.policy.write(undefined, seenFromMs(world));
		return {status: 204};
	},
};
