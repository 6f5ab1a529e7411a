import {type GetBucketReplicationOutput, type GetBucketReplicationRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {s3Error} from '../errors/errors.js';

export const getBucketReplication: BucketAction<GetBucketReplicationRequest, GetBucketReplicationOutput> = {
	name: 'GetBucketReplication',
	target: 'bucket',
	permissions: ['s3:GetReplicationConfiguration'],
	run({bucket}) {
		if (bucket.replication === undefined) {
			throw s3Error('ReplicationConfigurationNotFoundError', {fields: {BucketName: bucket.name}});
		}
		return {output: {ReplicationConfiguration: bucket.replication}};
	},
};
