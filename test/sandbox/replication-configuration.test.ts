import {
	DeleteBucketReplicationCommand,
	GetBucketReplicationCommand,
	PutBucketReplicationCommand,
	PutBucketVersioningCommand,
	type ReplicationConfiguration,
	type ReplicationRule,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {errorOf, openSandbox, type OpenSandbox, ruleTo, type SeenError} from './support/open-sandbox.js';
import {createVersioned} from './support/replicated-pair.js';
import {CreateBucketCommand} from '@aws-sdk/client-s3';

const role = 'arn:aws:iam::111122223333:role/not-checked';
const schemaHint =
	'for this version of Cross Region Replication configuration schema. Please refer to S3 Developer Guide for more information.';

let open: OpenSandbox;
let source: string;
let destination: string;
let other: string;
beforeAll(async () => {
	open = await openSandbox();
	source = open.name('source');
	destination = open.name('destination');
	other = open.name('other');
	await createVersioned(open.source, source);
	await createVersioned(open.s3('source', 'us-west-2'), destination);
	await createVersioned(open.destination, other);
});
afterAll(() => open.close());

const putConfiguration = (configuration: ReplicationConfiguration, bucket = source): Promise<unknown> =>
	open.source.send(
		new PutBucketReplicationCommand({Bucket: bucket, ReplicationConfiguration: configuration}),
	);
const refusalOf = (rules: ReplicationRule[]): Promise<SeenError> =>
	errorOf(putConfiguration({Role: role, Rules: rules}));

type Case = {
	readonly what: string;
	/** Where the expectation comes from: a recording's scenario, a document, or a clone of AWS. */
	readonly source: string;
	readonly rules: () => ReplicationRule[];
	readonly code: string;
	readonly message: string;
};

const to = (changes: Partial<ReplicationRule> = {}): ReplicationRule => ruleTo(destination, changes);
const v1 = (changes: Partial<ReplicationRule> = {}): ReplicationRule => ({
	ID: 'v1',
	Status: 'Enabled',
	Prefix: '',
	Destination: {Bucket: `arn:aws:s3:::${destination}`},
	...changes,
});
const withDestination = (changes: Partial<NonNullable<ReplicationRule['Destination']>>): ReplicationRule =>
	to({Destination: {Bucket: `arn:aws:s3:::${destination}`, ...changes}});

const malformedXml =
	'The XML you provided was not well-formed or did not validate against our published schema';
const recorded = 'recorded: docs/aws-facts.md, 5.6 (LocalStack snapshot test_s3, replication_config)';
const published = 'third-party: docs/aws-facts.md, 5.6 (seen in public issues as AWS output)';
const clone = 'third-party: docs/aws-facts.md, 5.7 (clones of AWS)';
const documented = 'documented: S3 API reference, ErrorResponses; text guessed';

const cases: readonly Case[] = [
	{
		what: 'a destination that does not exist',
		source: published,
		rules: () => [ruleTo('there-is-no-such-bucket')],
		code: 'InvalidRequest',
		message: 'Destination bucket must exist.',
	},
	{
		what: 'V2 without DeleteMarkerReplication',
		source: published,
		rules: () => [to({DeleteMarkerReplication: undefined})],
		code: 'InvalidRequest',
		message: `DeleteMarkerReplication must be specified ${schemaHint}`,
	},
	{
		what: 'V1 with DeleteMarkerReplication',
		source: published,
		rules: () => [v1({DeleteMarkerReplication: {Status: 'Disabled'}})],
		code: 'InvalidRequest',
		message: `DeleteMarkerReplication cannot be used ${schemaHint}`,
	},
	{
		what: 'V1 with Priority',
		source: published,
		rules: () => [v1({Priority: 1})],
		code: 'InvalidRequest',
		message: `Priority cannot be used ${schemaHint}`,
	},
	{
		what: 'V2 without Priority',
		source: clone,
		rules: () => [to({Priority: undefined})],
		code: 'InvalidRequest',
		message: `Priority must be specified ${schemaHint}`,
	},
	{
		what: 'both versions of the schema together',
		source: published,
		rules: () => [v1(), to({ID: 'other'})],
		code: 'MalformedXML',
		message: malformedXml,
	},
	{
		what: 'V1 with two destinations',
		source: published,
		rules: () => [v1(), v1({ID: 'other', Destination: {Bucket: `arn:aws:s3:::${other}`}})],
		code: 'InvalidRequest',
		message: 'Number of distinct destination bucket ARNs cannot exceed 1',
	},
	{
		what: 'KMS objects without a key for the replicas',
		source: published,
		rules: () => [to({SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: 'Enabled'}}})],
		code: 'InvalidRequest',
		message: 'ReplicaKmsKeyID must be specified if SseKmsEncryptedObjects tag is present.',
	},
	{
		what: 'empty SourceSelectionCriteria',
		source: published,
		rules: () => [to({SourceSelectionCriteria: {}})],
		code: 'InvalidRequest',
		message: 'SourceSelectionCriteria cannot be empty',
	},
	{
		what: 'two rules of one id',
		source: clone,
		rules: () => [to(), to({Priority: 2})],
		code: 'InvalidArgument',
		message: 'Rule Id must be unique',
	},
	{
		what: 'two rules of one priority',
		source: clone,
		rules: () => [to(), to({ID: 'other'})],
		code: 'InvalidRequest',
		message: 'Found duplicate priority 1.',
	},
	{
		what: 'a negative priority',
		source: clone,
		rules: () => [to({Priority: -1})],
		code: 'InvalidRequest',
		message: 'Priority must be between 0 and 2147483647.',
	},
	{
		what: 'an id of 256 characters',
		source: clone,
		rules: () => [to({ID: 'x'.repeat(256)})],
		code: 'InvalidArgument',
		message: 'Rule Id cannot be greater than 255',
	},
	{
		what: 'an id that is not ASCII',
		source: documented,
		rules: () => [to({ID: 'règle'})],
		code: 'InvalidArgument',
		message: 'Rule Id can only contain ASCII characters',
	},
	{
		what: 'delete markers with a tag filter',
		source: clone,
		rules: () => [to({Filter: {Tag: {Key: 'a', Value: 'b'}}, DeleteMarkerReplication: {Status: 'Enabled'}})],
		code: 'InvalidRequest',
		message:
			'Delete marker replication is not supported if any Tag filter is specified. Please refer to S3 Developer Guide for more information.',
	},
	{
		what: 'a tag key twice',
		source: clone,
		rules: () => [
			to({
				Filter: {
					And: {
						Tags: [
							{Key: 'a', Value: '1'},
							{Key: 'a', Value: '2'},
						],
					},
				},
			}),
		],
		code: 'InvalidRequest',
		message: 'Duplicate Tag Keys are not allowed.',
	},
	{
		what: 'And with one predicate',
		source: 'documented: docs/aws-facts.md, 5.3 (botocore, ReplicationRuleFilter)',
		rules: () => [to({Filter: {And: {Prefix: 'a'}}})],
		code: 'MalformedXML',
		message: malformedXml,
	},
	{
		what: 'a destination that is no ARN',
		source: clone,
		rules: () => [to({Destination: {Bucket: destination}})],
		code: 'InvalidArgument',
		message: 'Invalid bucket ARN',
	},
	{
		what: 'the source as its own destination',
		source: clone,
		rules: () => [ruleTo(source)],
		code: 'InvalidRequest',
		message: 'Destination bucket cannot be the same as the source bucket.',
	},
	{
		what: 'owner override without an account',
		source: clone,
		rules: () => [withDestination({AccessControlTranslation: {Owner: 'Destination'}})],
		code: 'InvalidRequest',
		message: 'Account must be specified if the Owner in AccessControlTranslation has a value',
	},
	{
		what: 'an account that does not own the destination',
		source: documented,
		rules: () => [withDestination({Account: '444455556666'})],
		code: 'InvalidArgument',
		message: 'Account must be the owner of the destination bucket',
	},
	{
		what: 'encryption of replicas without KMS objects',
		source: clone,
		rules: () => [
			withDestination({EncryptionConfiguration: {ReplicaKmsKeyID: 'arn:aws:kms:us-west-2:1:key/1'}}),
		],
		code: 'InvalidRequest',
		message: 'SseKmsEncryptedObjects must be specified if EncryptionConfiguration is present.',
	},
	{
		what: 'replication time without metrics',
		source: clone,
		rules: () => [withDestination({ReplicationTime: {Status: 'Enabled', Time: {Minutes: 15}}})],
		code: 'InvalidRequest',
		message: 'Replication destination must contain both ReplicationTime and Metrics or neither.',
	},
	{
		what: 'metrics with a threshold but no replication time',
		source: published,
		rules: () => [withDestination({Metrics: {Status: 'Enabled', EventThreshold: {Minutes: 15}}})],
		code: 'InvalidArgument',
		message: 'Metrics cannot contain an event threshold when ReplicationTime is not specified or Disabled',
	},
	{
		what: 'metrics with a threshold and replication time that is off',
		source: published,
		rules: () => [
			withDestination({
				ReplicationTime: {Status: 'Disabled', Time: {Minutes: 15}},
				Metrics: {Status: 'Enabled', EventThreshold: {Minutes: 15}},
			}),
		],
		code: 'InvalidArgument',
		message: 'Metrics cannot contain an event threshold when ReplicationTime is not specified or Disabled',
	},
	{
		what: 'existing object replication, which is no longer there',
		source: clone,
		rules: () => [to({ExistingObjectReplication: {Status: 'Enabled'}})],
		code: 'MalformedXML',
		message: malformedXml,
	},
	{
		what: 'a status that is none',
		source: 'documented: S3 API reference, ReplicationRule',
		rules: () => [to({Status: 'enabled' as 'Enabled'})],
		code: 'MalformedXML',
		message: malformedXml,
	},
	{what: 'no rule', source: recorded, rules: () => [], code: 'MalformedXML', message: malformedXml},
];

describe('PutBucketReplication refuses', () => {
	it.each(cases)('$what ($source)', async ({rules, code, message}) => {
		expect(await refusalOf(rules())).toMatchObject({code, message, status: expect.any(Number) as number});
	});

	it('a source without versioning (recorded, docs/aws-facts.md, 5.6)', async () => {
		const bucket = open.name('unversioned');
		await open.source.send(new CreateBucketCommand({Bucket: bucket}));
		expect(await errorOf(putConfiguration({Role: role, Rules: [to()]}, bucket))).toMatchObject({
			code: 'InvalidRequest',
			message: "Versioning must be 'Enabled' on the bucket to apply a replication configuration",
			status: 400,
		});
	});

	it.each([
		{state: 'never enabled', prepare: () => Promise.resolve<unknown>(undefined)},
		{
			state: 'suspended',
			prepare: (bucket: string) =>
				open.source.send(
					new PutBucketVersioningCommand({Bucket: bucket, VersioningConfiguration: {Status: 'Suspended'}}),
				),
		},
	])('a destination whose versioning is $state (recorded, docs/aws-facts.md, 5.6)', async ({prepare}) => {
		const bucket = open.name('destination');
		await open.source.send(new CreateBucketCommand({Bucket: bucket}));
		await prepare(bucket);
		expect(await refusalOf([ruleTo(bucket)])).toMatchObject({
			code: 'InvalidRequest',
			message: 'Destination bucket must have versioning enabled.',
			status: 400,
		});
	});

	it.each([
		{
			what: 'that is no ARN',
			role: 'nonsense',
			message: 'Invalid Role specified in replication configuration',
		},
		{
			what: 'that is a user',
			role: 'arn:aws:iam::111122223333:user/admin',
			message: 'The relative id should start with role',
		},
	])('a role $what (third-party, docs/aws-facts.md, 5.7)', async ({role: Role, message}) => {
		expect(await errorOf(putConfiguration({Role, Rules: [to()]}))).toMatchObject({
			code: 'InvalidArgument',
			message,
			status: 400,
		});
	});

	it('a role of another account (third-party, docs/aws-facts.md, 3.5)', async () => {
		const Role = 'arn:aws:iam::444455556666:role/theirs';
		expect(await errorOf(putConfiguration({Role, Rules: [to()]}))).toMatchObject({
			code: 'AccessDenied',
			status: 403,
		});
	});
});

describe('a replication configuration', () => {
	it.each([
		{
			what: 'V2 with everything',
			rules: () => [
				to({
					Priority: 0,
					Filter: {And: {Prefix: 'a/', Tags: [{Key: 'k', Value: 'v'}]}},
					SourceSelectionCriteria: {
						ReplicaModifications: {Status: 'Disabled'},
						SseKmsEncryptedObjects: {Status: 'Enabled'},
					},
					Destination: {
						Bucket: `arn:aws:s3:::${destination}`,
						EncryptionConfiguration: {ReplicaKmsKeyID: 'arn:aws:kms:us-west-2:111122223333:key/1'},
						StorageClass: 'STANDARD_IA',
						Account: '111122223333',
						ReplicationTime: {Status: 'Enabled', Time: {Minutes: 15}},
						Metrics: {Status: 'Enabled', EventThreshold: {Minutes: 15}},
					},
				}),
				ruleTo(other, {ID: 'second', Priority: 2, Filter: {Tag: {Key: 'x', Value: ''}}}),
			],
		},
		{what: 'V1', rules: () => [v1({Prefix: 'logs/'})]},
		{what: 'an empty filter', rules: () => [to({Filter: {}})]},
		{what: 'an empty prefix in the filter', rules: () => [to({Filter: {Prefix: ''}})]},
	])('comes back as it was put: $what (recorded, docs/aws-facts.md, 5.3)', async ({rules}) => {
		const configuration = {Role: role, Rules: rules()};
		await putConfiguration(configuration);
		const {ReplicationConfiguration} = await open.source.send(
			new GetBucketReplicationCommand({Bucket: source}),
		);
		expect(ReplicationConfiguration).toEqual(configuration);
	});

	it('gives a rule without an id one (documented: S3 API reference, ReplicationRule)', async () => {
		await putConfiguration({Role: role, Rules: [to({ID: undefined})]});
		const {ReplicationConfiguration} = await open.source.send(
			new GetBucketReplicationCommand({Bucket: source}),
		);
		expect(ReplicationConfiguration?.Rules?.[0]?.ID).toMatch(/^.{8,255}$/);
	});

	it('is gone after it was deleted, and deleting again is no error (recorded, docs/aws-facts.md, 5.1)', async () => {
		await putConfiguration({Role: role, Rules: [to()]});
		await open.source.send(new DeleteBucketReplicationCommand({Bucket: source}));
		await open.source.send(new DeleteBucketReplicationCommand({Bucket: source}));
		expect(await errorOf(open.source.send(new GetBucketReplicationCommand({Bucket: source})))).toMatchObject({
			code: 'ReplicationConfigurationNotFoundError',
			message: 'The replication configuration was not found',
			status: 404,
			fields: {BucketName: source},
		});
	});

	it('keeps the versioning of its bucket from being suspended (third-party text, docs/aws-facts.md, 2.1)', async () => {
		await putConfiguration({Role: role, Rules: [to()]});
		const suspended = open.source.send(
			new PutBucketVersioningCommand({Bucket: source, VersioningConfiguration: {Status: 'Suspended'}}),
		);
		expect(await errorOf(suspended)).toMatchObject({code: 'InvalidBucketState', status: 409});
	});
});
