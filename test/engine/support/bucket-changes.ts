import * as s3 from '@aws-sdk/client-s3';
import {defaultRoleName} from '../../../source/domain/answers/role-name.js';
import {ruleTo, sourceAccountId} from '../../sandbox/support/open-sandbox.js';
import {createVersioned, theirStatement} from '../../support/inhabited-world.js';
import type {TriedWorld} from '../../support/tried-world.js';
import {destinationBucket as Bucket, mode, sourceBucket} from './own-world.js';

/** A change that somebody makes to the created bucket in us-west-2. */
export type BucketChange = {
	/** What somebody changes. */
	readonly what: string;
	readonly by: (client: s3.S3Client, world: TriedWorld) => Promise<unknown>;
	/** Why the bucket stays then. */
	readonly reason: string;
};

const changedAs = (noun: string): string => `its ${noun}: another than after the run`;
const madeNone = (noun: string): string => `its ${noun}: this run made none`;

/** One for each thing that decides whether a bucket is still the run's own. Source of each: S3 API Reference, the operation. */
export const bucketChanges: readonly BucketChange[] = [
	{
		what: 'an object',
		by: async (client) => client.send(new s3.PutObjectCommand({Bucket, Key: 'theirs.txt', Body: 'theirs'})),
		reason: 'other objects are in it',
	},
	{
		what: 'a noncurrent version',
		async by(client) {
			const {VersionId} = await client.send(
				new s3.PutObjectCommand({Bucket, Key: 'theirs.txt', Body: 'theirs'}),
			);
			const marker = await client.send(new s3.DeleteObjectCommand({Bucket, Key: 'theirs.txt'}));
			await client.send(new s3.PutObjectCommand({Bucket, Key: 'theirs.txt', Body: `after ${VersionId}`}));
			await client.send(new s3.DeleteObjectCommand({Bucket, Key: 'theirs.txt', VersionId: marker.VersionId}));
		},
		reason: 'other objects are in it',
	},
	{
		what: 'a delete marker',
		by: async (client) => client.send(new s3.DeleteObjectCommand({Bucket, Key: 'theirs.txt'})),
		reason: 'other objects are in it',
	},
	{
		what: 'an unfinished upload',
		by: async (client) => client.send(new s3.CreateMultipartUploadCommand({Bucket, Key: 'theirs.txt'})),
		reason: madeNone('unfinished uploads'),
	},
	{
		what: 'a rule',
		async by(client, world) {
			await createVersioned(world.one, 'third');
			const Role = `arn:aws:iam::${sourceAccountId}:role/${defaultRoleName(mode, sourceBucket)}`;
			const ReplicationConfiguration = {Role, Rules: [ruleTo('third', {ID: 'theirs'})]};
			await client.send(new s3.PutBucketReplicationCommand({Bucket, ReplicationConfiguration}));
		},
		reason: 'other replication rules are in it: theirs',
	},
	{
		what: 'a policy',
		async by(client) {
			const Policy = JSON.stringify({Version: '2012-10-17', Statement: [theirStatement(Bucket)]});
			await client.send(new s3.PutBucketPolicyCommand({Bucket, Policy}));
		},
		reason: 'its policy has other statements',
	},
	{
		what: 'tags',
		by: async (client) =>
			client.send(
				new s3.PutBucketTaggingCommand({Bucket, Tagging: {TagSet: [{Key: 'owner', Value: 'them'}]}}),
			),
		reason: madeNone('tags'),
	},
	{
		what: 'a lifecycle',
		by: async (client) =>
			client.send(
				new s3.PutBucketLifecycleConfigurationCommand({
					Bucket,
					LifecycleConfiguration: {
						Rules: [{ID: 'r', Status: 'Enabled', Filter: {Prefix: 'a/'}, Expiration: {Days: 3}}],
					},
				}),
			),
		reason: madeNone('lifecycle rules'),
	},
	{
		what: 'notifications',
		by: async (client) =>
			client.send(
				new s3.PutBucketNotificationConfigurationCommand({
					Bucket,
					NotificationConfiguration: {EventBridgeConfiguration: {}},
				}),
			),
		reason: madeNone('event notifications'),
	},
	{
		what: 'encryption',
		by: async (client) =>
			client.send(
				new s3.PutBucketEncryptionCommand({
					Bucket,
					ServerSideEncryptionConfiguration: {
						Rules: [
							{
								ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'AES256'},
								BucketKeyEnabled: true,
							},
						],
					},
				}),
			),
		reason: changedAs('default encryption'),
	},
	{
		what: 'ownership',
		by: async (client) =>
			client.send(
				new s3.PutBucketOwnershipControlsCommand({
					Bucket,
					OwnershipControls: {Rules: [{ObjectOwnership: 'ObjectWriter'}]},
				}),
			),
		reason: changedAs('object ownership'),
	},
	{
		what: 'a part of Block Public Access',
		by: async (client) =>
			client.send(
				new s3.PutPublicAccessBlockCommand({
					Bucket,
					PublicAccessBlockConfiguration: {
						BlockPublicAcls: true,
						IgnorePublicAcls: true,
						BlockPublicPolicy: true,
						RestrictPublicBuckets: false,
					},
				}),
			),
		reason: changedAs('Block Public Access'),
	},
	{
		what: 'Block Public Access as a whole',
		by: async (client) => client.send(new s3.DeletePublicAccessBlockCommand({Bucket})),
		reason: changedAs('Block Public Access'),
	},
	{
		what: 'a website',
		by: async (client) =>
			client.send(
				new s3.PutBucketWebsiteCommand({
					Bucket,
					WebsiteConfiguration: {IndexDocument: {Suffix: 'index.html'}},
				}),
			),
		reason: madeNone('website configuration'),
	},
	{
		what: 'CORS',
		by: async (client) =>
			client.send(
				new s3.PutBucketCorsCommand({
					Bucket,
					CORSConfiguration: {CORSRules: [{AllowedMethods: ['GET'], AllowedOrigins: ['*']}]},
				}),
			),
		reason: madeNone('CORS rules'),
	},
	{
		what: 'logging',
		by: async (client) =>
			client.send(
				new s3.PutBucketLoggingCommand({
					Bucket,
					BucketLoggingStatus: {LoggingEnabled: {TargetBucket: Bucket, TargetPrefix: ''}},
				}),
			),
		reason: madeNone('access logging'),
	},
	{
		what: 'an inventory',
		by: async (client) =>
			client.send(
				new s3.PutBucketInventoryConfigurationCommand({
					Bucket,
					Id: 'daily',
					InventoryConfiguration: {
						Id: 'daily',
						IsEnabled: true,
						IncludedObjectVersions: 'All',
						Schedule: {Frequency: 'Daily'},
						Destination: {S3BucketDestination: {Bucket: 'arn:aws:s3:::reports', Format: 'CSV'}},
					},
				}),
			),
		reason: madeNone('inventory'),
	},
	{
		what: 'Object Lock',
		by: async (client) =>
			client.send(
				new s3.PutObjectLockConfigurationCommand({
					Bucket,
					ObjectLockConfiguration: {ObjectLockEnabled: 'Enabled'},
				}),
			),
		reason: madeNone('Object Lock'),
	},
	{
		what: 'versioning',
		by: async (client) =>
			client.send(
				new s3.PutBucketVersioningCommand({Bucket, VersioningConfiguration: {Status: 'Suspended'}}),
			),
		reason: changedAs('versioning'),
	},
];
