import {
	CreateBucketCommand,
	DeleteObjectCommand,
	GetBucketReplicationCommand,
	GetObjectTaggingCommand,
	HeadObjectCommand,
	ListObjectVersionsCommand,
	PutBucketReplicationCommand,
	PutBucketVersioningCommand,
	PutObjectCommand,
	PutObjectTaggingCommand,
	type ReplicationRule,
} from '@aws-sdk/client-s3';
import {describe, expect} from 'vitest';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import {errorOf, ruleTo} from '../sandbox/support/open-sandbox.js';
import {destinationOf} from '../support/inhabited-world.js';
import type {RecordedWorld} from '../support/recorded-world.js';
import {until} from '../support/until.js';
import {
	createBuckets,
	createTheirRole,
	formerRoleText,
	putTheirRule,
	report,
	theirRoleArn,
	toldBy,
} from './support/report-ground.js';

const mode = 'cross-region';
const {sourceBucket, destinationBucket} = tutorialNames(mode);
const bucketArn = `arn:aws:s3:::${destinationBucket}`;

const rulesOf = async ({one}: RecordedWorld): Promise<readonly ReplicationRule[]> =>
	(await one.source.send(new GetBucketReplicationCommand({Bucket: sourceBucket}))).ReplicationConfiguration
		?.Rules ?? [];
/** What S3 says to a rule as somebody else's tool wrote it. */
const refusalOf = async ({one}: RecordedWorld, rule: ReplicationRule) =>
	errorOf(
		one.source.send(
			new PutBucketReplicationCommand({
				Bucket: sourceBucket,
				ReplicationConfiguration: {Role: theirRoleArn, Rules: [rule]},
			}),
		),
	);
const markersIn = async ({one}: RecordedWorld, Bucket: string, Prefix: string) =>
	(await destinationOf(one, mode).send(new ListObjectVersionsCommand({Bucket, Prefix}))).DeleteMarkers ?? [];

describe('options of a rule', () => {
	report(
		{
			from: 'https://github.com/aws/aws-cdk/issues/35772',
			happened: 'metrics were written with an event threshold, which S3 refuses without time control',
			expected: '--metrics writes none, and S3 takes the rule',
		},
		async (world) => {
			await createBuckets(world, mode);
			const threshold = {Status: 'Enabled', EventThreshold: {Minutes: 15}} as const;
			expect(
				await refusalOf(
					world,
					ruleTo(destinationBucket, {Destination: {Bucket: bucketArn, Metrics: threshold}}),
				),
			).toMatchObject({
				code: 'InvalidArgument',
				message:
					'Metrics cannot contain an event threshold when ReplicationTime is not specified or Disabled',
			});
			await world.apply(mode, '--files', '0', '--metrics');
			expect((await rulesOf(world))[0]?.Destination).toEqual({
				Bucket: bucketArn,
				Metrics: {Status: 'Enabled'},
			});
		},
	);

	report(
		{
			from: 'https://github.com/hashicorp/terraform-provider-aws/issues/43746',
			happened: 'existing objects were asked for in the rule, and S3 refused it as malformed',
			expected: 'the rule has nothing of it; what was there before stays, what comes later arrives',
		},
		async (world) => {
			await createBuckets(world, mode);
			await world.one.source.send(new PutObjectCommand({Bucket: sourceBucket, Key: 'before', Body: 'x'}));
			expect(
				await refusalOf(world, ruleTo(destinationBucket, {ExistingObjectReplication: {Status: 'Enabled'}})),
			).toMatchObject({code: 'MalformedXML'});

			await world.apply(mode, '--files', '0');
			expect(await formerRoleText(world, mode, 'later')).toBe('COMPLETED');
			expect((await rulesOf(world))[0]).not.toHaveProperty('ExistingObjectReplication');
			expect(
				(await world.one.source.send(new HeadObjectCommand({Bucket: sourceBucket, Key: 'before'})))
					.ReplicationStatus,
			).toBeUndefined();
		},
	);

	report(
		{
			from: 'https://github.com/hashicorp/terraform-provider-aws/issues/16539',
			happened: 'tags that were changed on a replica did not come back',
			expected: 'without replica modification sync they stay over there, after --two-way they come',
		},
		async (world) => {
			const there = async (Value: string) =>
				destinationOf(world.one, mode).send(
					new PutObjectTaggingCommand({
						Bucket: destinationBucket,
						Key: 'file',
						Tagging: {TagSet: [{Key: 'changed', Value}]},
					}),
				);
			const here = async () =>
				(await world.one.source.send(new GetObjectTaggingCommand({Bucket: sourceBucket, Key: 'file'})))
					.TagSet;
			await world.apply(mode, '--files', '0');
			expect(await formerRoleText(world, mode, 'file')).toBe('COMPLETED');
			await there('first');
			// What is sent after it arrives; so would it have.
			expect(await formerRoleText(world, mode, 'other')).toBe('COMPLETED');
			expect(await here()).toEqual([]);

			await world.apply(mode, '--files', '0', '--two-way');
			await there('second');
			await until(async () => (await here())?.[0]?.Value === 'second');
		},
	);

	report(
		{
			from: 'https://github.com/ministryofjustice/aws-root-account/pull/1012',
			happened: 'delete markers went with the old schema, and stopped with the new one',
			expected: 'their rule replicates them after it was written anew beside ours, and ours does not',
		},
		async (world) => {
			await createBuckets(world, mode);
			await world.one.source.send(new CreateBucketCommand({Bucket: 'third'}));
			await world.one.source.send(
				new PutBucketVersioningCommand({Bucket: 'third', VersioningConfiguration: {Status: 'Enabled'}}),
			);
			await createTheirRole(world, mode, [
				{
					Effect: 'Allow',
					Action: ['s3:ReplicateObject', 's3:ReplicateDelete'],
					Resource: 'arn:aws:s3:::third/*',
				},
			]);
			await putTheirRule(world, mode, {
				Filter: undefined,
				Priority: undefined,
				DeleteMarkerReplication: undefined,
				Prefix: 'theirs/',
				Destination: {Bucket: 'arn:aws:s3:::third'},
			});
			await world.apply(mode, '--files', '0');
			expect(await rulesOf(world)).toEqual(
				expect.arrayContaining([
					expect.objectContaining({
						ID: 'theirs',
						Filter: {Prefix: 'theirs/'},
						DeleteMarkerReplication: {Status: 'Enabled'},
					}),
					expect.objectContaining({DeleteMarkerReplication: {Status: 'Disabled'}}),
				]),
			);

			expect(await formerRoleText(world, mode, 'theirs/file')).toBe('COMPLETED');
			await world.one.source.send(new DeleteObjectCommand({Bucket: sourceBucket, Key: 'theirs/file'}));
			const third = async () =>
				(await world.one.source.send(new ListObjectVersionsCommand({Bucket: 'third'}))).DeleteMarkers;
			await until(async () => (await third())?.length === 1);
			expect(await markersIn(world, destinationBucket, 'theirs/file')).toEqual([]);
		},
	);

	report(
		{
			from: 'https://github.com/awsdocs/amazon-s3-userguide/pull/18',
			happened: 'delete markers were wanted of a rule that filters by tags',
			expected: 'refused before anything is read, as S3 would',
		},
		async (world) => {
			const refused = await world.apply(mode, '--delete-markers', '--tag', 'team=a');
			expect(refused.exitCode).toBe(2);
			expect(world.one.sandbox.requests).toEqual([]);
			await createBuckets(world, mode);
			expect(
				await refusalOf(
					world,
					ruleTo(destinationBucket, {
						Filter: {Tag: {Key: 'team', Value: 'a'}},
						DeleteMarkerReplication: {Status: 'Enabled'},
					}),
				),
			).toMatchObject({code: 'InvalidRequest'});
		},
	);

	report(
		{
			from: 'https://github.com/cloudposse/terraform-aws-s3-bucket/pull/116',
			happened: 'the prefix of the rule began with a slash, and no key did',
			expected: 'a warning with the prefix that is meant; the rule does what it says',
		},
		async (world) => {
			const applied = await world.apply(mode, '--files', '0', '--prefix', '/with-metrics');
			expect(toldBy(applied)).toContainEqual(['warning', 'unlikely-prefix']);
			expect(applied.stdout).toContain('with-metrics');
			expect(await formerRoleText(world, mode, 'with-metrics/file')).toBe('none');
			expect(await formerRoleText(world, mode, '/with-metrics/file')).toBe('COMPLETED');
		},
	);

	report(
		{
			from: 'https://github.com/crossplane-contrib/provider-aws/pull/2125',
			happened: 'a tool did not know a storage class that S3 takes',
			expected: 'GLACIER_IR is taken, and replicas have it',
		},
		async (world) => {
			await world.apply(mode, '--files', '0', '--storage-class', 'GLACIER_IR');
			expect(await formerRoleText(world, mode, 'file')).toBe('COMPLETED');
			expect(
				await destinationOf(world.one, mode).send(
					new HeadObjectCommand({Bucket: destinationBucket, Key: 'file'}),
				),
			).toMatchObject({StorageClass: 'GLACIER_IR'});
		},
	);

	report(
		{
			from: 'https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/730',
			happened: 'rules of the old schema may have one destination, and a second was refused',
			expected:
				'all rules are written in the new schema, each with a priority of its own, and both replicate',
		},
		async (world) => {
			await createBuckets(world, mode);
			await world.one.source.send(new CreateBucketCommand({Bucket: 'third'}));
			await world.one.source.send(
				new PutBucketVersioningCommand({Bucket: 'third', VersioningConfiguration: {Status: 'Enabled'}}),
			);
			await createTheirRole(world, mode, [
				{Effect: 'Allow', Action: 's3:ReplicateObject', Resource: 'arn:aws:s3:::third/*'},
			]);
			await putTheirRule(world, mode, {
				Filter: undefined,
				Priority: undefined,
				DeleteMarkerReplication: undefined,
				Prefix: '',
				Destination: {Bucket: 'arn:aws:s3:::third'},
			});
			await world.apply(mode, '--files', '0');
			const rules = await rulesOf(world);
			expect(new Set(rules.map(({Priority: priority}) => priority)).size).toBe(2);
			expect(await formerRoleText(world, mode, 'file')).toBe('COMPLETED');
			await world.one.source.send(new HeadObjectCommand({Bucket: 'third', Key: 'file'}));
		},
	);

	report(
		{
			from: 'https://github.com/aws/aws-cli/issues/7220',
			happened: 'a rule for all objects left out its filter, and S3 refused it as malformed',
			expected: 'the rule has an empty filter',
		},
		async (world) => {
			await createBuckets(world, mode);
			expect(await refusalOf(world, ruleTo(destinationBucket, {Filter: undefined}))).toMatchObject({
				code: expect.stringMatching(/^(?:MalformedXML|InvalidRequest)$/) as string,
			});
			await world.apply(mode, '--files', '0');
			expect((await rulesOf(world))[0]).toMatchObject({Filter: {}});
		},
	);
});
