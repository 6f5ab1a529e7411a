import {type DeleteBucketOwnershipControlsRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';

export const deleteBucketOwnershipControls: BucketAction<DeleteBucketOwnershipControlsRequest, object> = {
	name: 'DeleteBucketOwnershipControls',
	target: 'bucket',
	permissions: ['s3:PutBucketOwnershipControls'],
	run({bucket}) {
		bucket.objectOwnership = undefined;
		return {status: 204};
	},
};
