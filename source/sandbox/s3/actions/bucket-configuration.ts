import {
	type DeleteBucketOwnershipControlsRequest,
	type DeleteBucketReplicationRequest,
	type DeletePublicAccessBlockRequest,
	type GetBucketOwnershipControlsOutput,
	type GetBucketOwnershipControlsRequest,
	type GetBucketReplicationOutput,
	type GetBucketReplicationRequest,
	type GetBucketVersioningOutput,
	type GetBucketVersioningRequest,
	type GetPublicAccessBlockOutput,
	type GetPublicAccessBlockRequest,
	type PutBucketOwnershipControlsRequest,
	type PutBucketReplicationRequest,
	type PutBucketVersioningRequest,
	type PutPublicAccessBlockRequest,
} from '@aws-sdk/client-s3';
import {completeAccessBlock} from '../../world/public-access-block.js';
import {seenFromMs} from '../../world/world.js';
import {onBucket, type S3Action} from '../action.js';
import {notImplemented, s3Error} from '../errors/errors.js';
import {checkReplicationConfiguration} from '../replication-configuration/check-configuration.js';

/** What of a bucket decides about its objects; settings without such an effect are in a table of their own. */
export const bucketConfigurationActions: readonly S3Action[] = [
	onBucket<GetBucketVersioningRequest, GetBucketVersioningOutput>(
		'GetBucketVersioning',
		({world, bucket}) => ({output: {Status: bucket.versioning.inEffect(world.clock.now())}}),
	),
	onBucket<PutBucketVersioningRequest>('PutBucketVersioning', ({world, bucket, input}) => {
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
	onBucket<GetBucketReplicationRequest, GetBucketReplicationOutput>(
		'GetBucketReplication',
		({bucket: {name, replication}}) => {
			if (replication === undefined) {
				throw s3Error('ReplicationConfigurationNotFoundError', {fields: {BucketName: name}});
			}
			return {output: {ReplicationConfiguration: replication}};
		},
		['s3:GetReplicationConfiguration'],
	),
	onBucket<PutBucketReplicationRequest>(
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
	onBucket<DeleteBucketReplicationRequest>(
		'DeleteBucketReplication',
		({bucket}) => {
			bucket.replication = undefined;
			return {status: 204};
		},
		['s3:PutReplicationConfiguration'],
	),
	onBucket<GetBucketOwnershipControlsRequest, GetBucketOwnershipControlsOutput>(
		'GetBucketOwnershipControls',
		({bucket: {name, objectOwnership}}) => {
			if (objectOwnership === undefined) {
				throw s3Error('OwnershipControlsNotFoundError', {fields: {BucketName: name}});
			}
			return {output: {OwnershipControls: {Rules: [{ObjectOwnership: objectOwnership}]}}};
		},
	),
	onBucket<PutBucketOwnershipControlsRequest>('PutBucketOwnershipControls', ({bucket, input}) => {
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
	onBucket<DeleteBucketOwnershipControlsRequest>(
		'DeleteBucketOwnershipControls',
		({bucket}) => {
			bucket.objectOwnership = undefined;
			return {status: 204};
		},
		['s3:PutBucketOwnershipControls'],
	),
	onBucket<GetPublicAccessBlockRequest, GetPublicAccessBlockOutput>(
		'GetPublicAccessBlock',
		({bucket: {name, publicAccessBlock}}) => {
			if (publicAccessBlock === undefined) {
				throw s3Error('NoSuchPublicAccessBlockConfiguration', {fields: {BucketName: name}});
			}
			return {output: {PublicAccessBlockConfiguration: publicAccessBlock}};
		},
		['s3:GetBucketPublicAccessBlock'],
	),
	onBucket<PutPublicAccessBlockRequest>(
		'PutPublicAccessBlock',
		({bucket, input}) => {
			bucket.publicAccessBlock = completeAccessBlock(input.PublicAccessBlockConfiguration);
			return {};
		},
		['s3:PutBucketPublicAccessBlock'],
	),
	onBucket<DeletePublicAccessBlockRequest>(
		'DeletePublicAccessBlock',
		({bucket}) => {
			bucket.publicAccessBlock = undefined;
			return {status: 204};
		},
		['s3:PutBucketPublicAccessBlock'],
	),
];
