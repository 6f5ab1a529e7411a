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
import {runProgram} from '../support/program.js';
import type {RecordedWorld} from '../support/recorded-world.js';
import {until} from '../support/until.js';
import {
	causesOf,
	createBuckets,
	createTheirRole,
	diagnoseTheirs,
	statusOfSent,
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

/** Both buckets, and this rule of theirs. */
const layRule = async (world: RecordedWorld, rule: Partial<ReplicationRule>) => {
	await createBuckets(world, mode);
	await createTheirRole(world, mode);
	await putTheirRule(world, mode, rule);
};
const putObject = async ({one}: RecordedWorld, Key: string, Tagging?: string) =>
	one.source.send(new PutObjectCommand({Bucket: sourceBucket, Key, Body: 'x', Tagging}));
/** What a command says in lines. */
const textOf = async ({env}: RecordedWorld, command: string, ...more: readonly string[]) =>
	runProgram([command, '--source-bucket', sourceBucket, '--source-profile', 'source', ...more], {env});

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
			expect(await statusOfSent(world, mode, 'later')).toBe('COMPLETED');
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
			expect(await statusOfSent(world, mode, 'file')).toBe('COMPLETED');
			await there('first');
			// What is sent after it arrives; so would it have.
			expect(await statusOfSent(world, mode, 'other')).toBe('COMPLETED');
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

			expect(await statusOfSent(world, mode, 'theirs/file')).toBe('COMPLETED');
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
			expect(await statusOfSent(world, mode, 'with-metrics/file')).toBe('none');
			expect(await statusOfSent(world, mode, '/with-metrics/file')).toBe('COMPLETED');
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
			expect(await statusOfSent(world, mode, 'file')).toBe('COMPLETED');
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
			expect(await statusOfSent(world, mode, 'file')).toBe('COMPLETED');
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

	report(
		{
			from: 'https://github.com/Crown-Commercial-Service/digitalmarketplace-aws/pull/432',
			happened: 'the prefix was a star, which was meant as every key',
			expected: 'a test file that begins with a star arrives, and the watch says that others may not',
		},
		async (world) => {
			await layRule(world, {Filter: {Prefix: '*'}});
			const watched = await textOf(world, 'watch', '--files', '1');
			expect(watched.exitCode).toBe(0);
			expect(watched.stdout).toContain('! Test files begin with “*”, as the rule asks; other keys may not.');
			expect(causesOf(await diagnoseTheirs(world, mode))).toEqual([['unlikely-prefix', 'possible']]);
		},
	);

	report(
		{
			from: 'https://github.com/alphagov/govuk-infrastructure/issues/4837',
			happened: 'logs went elsewhere since long, and a rule still took their old prefix',
			expected: 'diagnose says that no object begins so; with one it does not',
		},
		async (world) => {
			await layRule(world, {Filter: {Prefix: 'Logs/'}});
			await putObject(world, 'logs/a');
			const unused = '– No object begins with “Logs/” now. Capitals count.';
			expect((await textOf(world, 'diagnose')).stdout).toContain(unused);
			const asked = await textOf(world, 'diagnose', '--key', 'logs/a');
			expect(asked.stdout).toContain('the key is logs/a. Capitals count.');
			expect(await statusOfSent(world, mode, 'Logs/a')).toBe('COMPLETED');
			expect((await textOf(world, 'diagnose')).stdout).not.toContain(unused);
		},
	);

	report(
		{
			from: 'https://github.com/hashicorp/terraform-provider-aws/issues/5940',
			happened: 'a rule asks for a tag, and the object has it in small letters',
			expected: 'diagnose names the tag that it has',
		},
		async (world) => {
			await layRule(world, {Filter: {Tag: {Key: 'ReplicateMe', Value: 'Yes'}}});
			await putObject(world, 'a', 'replicateme=yes');
			const asked = await diagnoseTheirs(world, mode, '--key', 'a');
			expect(causesOf(asked)).toEqual([['other-tags', 'certain']]);
			expect(asked.stdout).toContain(
				'The object has no tag ReplicateMe=Yes. It has replicateme=yes: capitals count.',
			);
		},
	);

	report(
		{
			from: 'https://github.com/hashicorp/terraform-provider-aws/issues/22007',
			happened: 'a rule without a filter replicated delete markers that nobody had asked for',
			expected: 'diagnose says of a delete marker where rules replicate it to, and that such rules always do',
		},
		async (world) => {
			await layRule(world, {
				...{Filter: undefined, Priority: undefined, DeleteMarkerReplication: undefined},
				Prefix: '',
			});
			await world.one.source.send(new DeleteObjectCommand({Bucket: sourceBucket, Key: 'a'}));
			await until(async () => (await markersIn(world, destinationBucket, 'a')).length > 0);
			const asked = await textOf(world, 'diagnose', '--key', 'a');
			expect(asked.stdout).toContain(
				`The rules replicate delete markers to ${destinationBucket}. Rules without a Filter (V1) always do.`,
			);
		},
	);
});
