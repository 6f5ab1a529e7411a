import type * as s3 from '@aws-sdk/client-s3';
import {completeAccessBlock} from '../../world/public-access-block.js';
import {seenFromMs} from '../../world/world.js';
import {onBucket, type S3Action} from '../action.js';
import {notImplemented, s3Error} from '../errors/errors.js';
import {checkReplicationConfiguration} from '../replication-configuration/check-configuration.js';

/** What of a bucket decides about its objects; settings without such an effect are in a table of their own. */
export const bucketConfigurationActions: readonly S3Action[] = [
	onBucket<s3.GetBucketVersioningRequest, s3.GetBucketVersioningOutput>(
		'GetBucketVersioning',
		({world, bucket}) => ({output: {Status: bucket.versioning.inEffect(world.clock.now())}}),
	),
	onBucket<s3.PutBucketVersioningRequest>('PutBucketVersioning', ({world, bucket, input}) => {
		const status = input.VersioningConfiguration?.Status;
		if (input.VersioningConfiguration?.MFADelete === 'Enabled') throw notImplemented('MFA delete');
		if (status === undefined) throw s3Error('IllegalVersioningConfigurationException');
		if (status === 'Suspended' && bucket.replication !== undefined) {
			throw s3Error('InvalidBucketState', {
				message:
					'A replication configuration is present on this bucket, so you cannot change the versioning state. To change the versioning state, first delete the replication configuration.',
			});
		}
		if (status === 'Suspended' && bucket.objectLock !== undefined) {
			throw s3Error('InvalidBucketState', {
				message:
					'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.',
			});
		}
		if (status !== bucket.versioning.written) bucket.versioning.write(status, seenFromMs(world));
		return {};
	}),
	onBucket<s3.GetBucketReplicationRequest, s3.GetBucketReplicationOutput>(
		'GetBucketReplication',
		({bucket: {name, replication}}) => {
			if (replication === undefined) {
				throw s3Error('ReplicationConfigurationNotFoundError', {fields: {BucketName: name}});
			}
			return {output: {ReplicationConfiguration: replication}};
		},
		['s3:GetReplicationConfiguration'],
	),
	onBucket<s3.PutBucketReplicationRequest>(
		'PutBucketReplication',
		({world, bucket, input, require}) => {
			const configuration = input.ReplicationConfiguration;
			bucket.replication = checkReplicationConfiguration(world, bucket, configuration, () => {
				const roleArn = configuration?.Role ?? '';
				require({
					action: 'iam:PassRole',
					resource: roleArn,
					accountId: roleArn.split(':')[4] ?? '',
					context: {'iam:PassedToService': 's3.amazonaws.com'},
				});
			});
			return {};
		},
		['s3:PutReplicationConfiguration'],
	),
	onBucket<s3.DeleteBucketReplicationRequest>(
		'DeleteBucketReplication',
		({bucket}) => {
			bucket.replication = undefined;
			return {status: 204};
		},
		['s3:PutReplicationConfiguration'],
	),
	onBucket<s3.GetBucketOwnershipControlsRequest, s3.GetBucketOwnershipControlsOutput>(
		'GetBucketOwnershipControls',
		({bucket: {name, objectOwnership}}) => {
			if (objectOwnership === undefined) {
				throw s3Error('OwnershipControlsNotFoundError', {fields: {BucketName: name}});
			}
			return {output: {OwnershipControls: {Rules: [{ObjectOwnership: objectOwnership}]}}};
		},
	),
	onBucket<s3.PutBucketOwnershipControlsRequest>('PutBucketOwnershipControls', ({bucket, input}) => {
		const [rule, ...others] = input.OwnershipControls?.Rules ?? [];
		// Recorded: TestS3BucketOwnershipControls::test_bucket_ownership_controls_exc.
		if (rule?.ObjectOwnership === undefined || others.length > 0) throw s3Error('MalformedXML');
		// The bucket's own ACL must be its owner's alone (S3 User Guide, object-ownership-error-responses).
		if (rule.ObjectOwnership === 'BucketOwnerEnforced' && bucket.acl !== undefined) {
			throw s3Error('InvalidBucketAclWithObjectOwnership');
		}
		bucket.objectOwnership = rule.ObjectOwnership;
		return {};
	}),
	onBucket<s3.DeleteBucketOwnershipControlsRequest>(
		'DeleteBucketOwnershipControls',
		({bucket}) => {
			bucket.objectOwnership = undefined;
			return {status: 204};
		},
		['s3:PutBucketOwnershipControls'],
	),
	onBucket<s3.GetPublicAccessBlockRequest, s3.GetPublicAccessBlockOutput>(
		'GetPublicAccessBlock',
		({bucket: {name, publicAccessBlock}}) => {
			if (publicAccessBlock === undefined) {
				throw s3Error('NoSuchPublicAccessBlockConfiguration', {fields: {BucketName: name}});
			}
			return {output: {PublicAccessBlockConfiguration: publicAccessBlock}};
		},
		['s3:GetBucketPublicAccessBlock'],
	),
	onBucket<s3.PutPublicAccessBlockRequest>(
		'PutPublicAccessBlock',
		({bucket, input}) => {
			bucket.publicAccessBlock = completeAccessBlock(input.PublicAccessBlockConfiguration);
			return {};
		},
		['s3:PutBucketPublicAccessBlock'],
	),
	onBucket<s3.DeletePublicAccessBlockRequest>(
		'DeletePublicAccessBlock',
		({bucket}) => {
			bucket.publicAccessBlock = undefined;
			return {status: 204};
		},
		['s3:PutBucketPublicAccessBlock'],
	),
];
