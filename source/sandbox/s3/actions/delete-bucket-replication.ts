import {type DeleteBucketReplicationRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';

export const deleteBucketReplication: BucketAction<DeleteBucketReplicationRequest, object> = {
	name: 'DeleteBucketReplication',
	target: 'bucket',
	permissions: ['s3:PutReplicationConfiguration'],
	run({bucket}) {
		bucket.replication = undefined;
		return {status: 204};
	},
};
