import {type DeletePublicAccessBlockRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';

export const deletePublicAccessBlock: BucketAction<DeletePublicAccessBlockRequest, object> = {
	name: 'DeletePublicAccessBlock',
	target: 'bucket',
	permissions: ['s3:PutBucketPublicAccessBlock'],
	run({bucket}) {
		bucket.publicAccessBlock = undefined;
		return {status: 204};
	},
};
