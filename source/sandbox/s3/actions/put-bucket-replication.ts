import {type PutBucketReplicationRequest} from '@aws-sdk/client-s3';
import {checkReplicationConfiguration} from '../replication-configuration/check-configuration.js';
import {type BucketAction} from '../action.js';

export const putBucketReplication: BucketAction<PutBucketReplicationRequest, object> = {
	name: 'PutBucketReplication',
	target: 'bucket',
	permissions: ['s3:PutReplicationConfiguration'],
	run({world, bucket, input, require}) {
		const configuration = checkReplicationConfiguration(world, bucket, input.ReplicationConfiguration, () => {
			const roleArn = input.ReplicationConfiguration?.Role ?? '';
			require({
				action: 'iam:PassRole',
				resource: roleArn,
				accountId: roleArn.split(':')[4] ?? '',
				context: {'iam:PassedToService': 's3.amazonaws.com'},
			});
		});
		bucket.replication = configuration;
		return {};
	},
};
