import type {ExportedBucket, ExportedRole, SetUp} from '../../../source/domain/export/set-up.js';
import type {ReplicationRule} from '../../../source/domain/rule/replication-configuration.js';
import type {RuleFilter} from '../../../source/domain/rule/rule-filter.js';
import {ruleFor} from '../../../source/domain/rule/rule-meaning.js';
import type {RuleOptions} from '../../../source/domain/rule/rule-options.js';
import {trustPolicy} from '../../../source/domain/role/trust-policy.js';

/** A set-up that is exported: the rules of its source, and what else is not as usual. */
export type ExportRow = {
	readonly name: string;
	readonly isCrossAccount: boolean;
	readonly rules: (destination: string) => readonly ReplicationRule[];
	readonly role?: Partial<Pick<ExportedRole, 'description' | 'maxSessionSeconds' | 'tags'>>;
	readonly bucketTags?: ExportedBucket['tags'];
	/** A key for replicas, by its ARN, whose policy is exported. */
	readonly keyArn?: string;
};

const [source, destination] = ['111122223333', '444455556666'];
export const replicaKeyArn = 'arn:aws:kms:us-west-2:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab';

/** The rule that `apply` writes for some options. */
const made =
	(
		options: RuleOptions,
		filter?: RuleFilter,
		{isCrossAccount = true, priority = 1} = {},
	): ExportRow['rules'] =>
	(bucket) => [
		ruleFor(
			{
				...{id: 'rule', partition: 'aws', destinationBucket: bucket, options},
				...(filter ? {filter} : {}),
				...(isCrossAccount ? {destinationAccountId: destination} : {sourceAccountId: source}),
			},
			priority,
		),
	];

const V2 = (bucket: string, changes: Partial<ReplicationRule> = {}): ReplicationRule => ({
	ID: 'theirs',
	Priority: 7,
	Status: 'Enabled',
	Filter: {Prefix: 'theirs/'},
	DeleteMarkerReplication: {Status: 'Disabled'},
	Destination: {Bucket: `arn:aws:s3:::${bucket}`},
	...changes,
});
const V1 = (bucket: string, changes: Partial<ReplicationRule> = {}): ReplicationRule => ({
	ID: 'first',
	Prefix: 'a/',
	Status: 'Enabled',
	Destination: {Bucket: `arn:aws:s3:::${bucket}`},
	...changes,
});
const across = {isCrossAccount: true} as const;
const within = {isCrossAccount: false} as const;

/** The options of test/commands/options-matrix.test.ts, rules of others, and what else Terraform sees. */
export const exportRows: readonly ExportRow[] = [
	{...within, name: 'plain-region', rules: made({}, undefined, within)},
	{...across, name: 'plain-account', rules: made({})},
	{...across, name: 'prefix', rules: made({}, {prefix: 'logs/', tags: []})},
	{...across, name: 'tag', rules: made({}, {prefix: '', tags: [{Key: 'team', Value: 'a'}]})},
	{...across, name: 'prefix-and-tag', rules: made({}, {prefix: 'logs/', tags: [{Key: 'team', Value: 'a'}]})},
	{
		...across,
		name: 'two-tags',
		rules: made(
			{},
			{
				prefix: '',
				tags: [
					{Key: 'team', Value: 'a'},
					{Key: 'of it', Value: ''},
				],
			},
		),
	},
	{...within, name: 'storage-class', rules: made({storageClass: 'GLACIER_IR'}, undefined, within)},
	{...across, name: 'delete-markers', rules: made({deleteMarkers: true})},
	{...within, name: 'time-control', rules: made({replicationTimeControl: true}, undefined, within)},
	{...across, name: 'metrics', rules: made({metrics: true})},
	{...within, name: 'priority', rules: made({}, undefined, {...within, priority: 7})},
	{...across, name: 'replica-modifications', rules: made({replicaModifications: true})},
	{...across, name: 'owner-override', rules: made({ownerOverride: true})},
	{...across, name: 'key', rules: made({kmsKey: replicaKeyArn}), keyArn: replicaKeyArn},
	{
		...across,
		name: 'everything',
		rules: made(
			{
				...{storageClass: 'STANDARD_IA', deleteMarkers: true, replicationTimeControl: true},
				...{ownerOverride: true, replicaModifications: true},
			},
			{prefix: 'logs/', tags: []},
		),
	},
	// The order of S3, which is not that of the priorities.
	{
		...across,
		name: 'several',
		rules: (bucket) => [
			V2(bucket, {ID: 'z', Priority: 9, Filter: {Prefix: 'z/'}}),
			V2(bucket, {ID: 'm', Priority: 2, Filter: {Prefix: 'm/'}, Status: 'Disabled'}),
			V2(bucket, {ID: 'a', Priority: 5, Filter: {Prefix: ''}}),
		],
	},
	// Shapes that this program never writes. Each makes a difference where Terraform is told another: one tag in `And`, a class said though it is the default.
	{
		...within,
		name: 'of-others',
		rules: (bucket) => [
			V2(bucket, {ID: 'one-tag', Filter: {And: {Prefix: '', Tags: [{Key: 'team', Value: 'a'}]}}}),
			V2(bucket, {
				...{ID: 'whole', Priority: 1, Filter: {}},
				Destination: {Bucket: `arn:aws:s3:::${bucket}`, StorageClass: 'STANDARD'},
			}),
		],
	},
	{...within, name: 'schema-1', rules: (bucket) => [V1(bucket), V1(bucket, {ID: 'second', Prefix: 'b/'})]},
	{...within, name: 'schema-1-whole', rules: (bucket) => [V1(bucket, {Prefix: ''})]},
	{
		...across,
		name: 'odd-texts',
		rules: (bucket) => [V2(bucket, {ID: 'a "b" \\ c', Filter: {Prefix: 'ü/${x}/%{y}/"\\/'}})],
		role: {
			description: 'its own, "quoted"',
			maxSessionSeconds: 7200,
			tags: [{Key: 'cost center', Value: '42'}],
		},
		bucketTags: [{Key: 'a:b', Value: '+ / ='}],
	},
];

/** What a row is called by in AWS. */
export const namesOf = ({name}: ExportRow) => ({
	source: `row-${name}-here`,
	destination: `row-${name}-there`,
	role: `row-${name}`,
});

/** A policy with a variable, which is no template of Terraform's. */
export const rolePolicyFor = (row: ExportRow) => ({
	Version: '2012-10-17',
	Statement: [
		{
			Effect: 'Allow' as const,
			Action: ['s3:GetReplicationConfiguration', 's3:ListBucket'],
			Resource: `arn:aws:s3:::${namesOf(row).source}`,
			Condition: {StringLike: {'s3:prefix': ['${aws:username}/*', '']}},
		},
	],
});

export const bucketPolicyFor = (row: ExportRow) => ({
	Version: '2012-10-17',
	Statement: [
		{
			Sid: 'replicas',
			Effect: 'Allow' as const,
			Principal: {AWS: `arn:aws:iam::${source}:role/${namesOf(row).role}`},
			Action: ['s3:ReplicateObject', 's3:ReplicateDelete'],
			Resource: `arn:aws:s3:::${namesOf(row).destination}/*`,
		},
	],
});

export const keyPolicy = {
	Version: '2012-10-17',
	Statement: [
		{
			Effect: 'Allow' as const,
			Principal: {AWS: `arn:aws:iam::${destination}:root`},
			Action: 'kms:*',
			Resource: '*',
		},
	],
};

/** A row as it is read from AWS. */
export function setUpOf(row: ExportRow): SetUp {
	const names = namesOf(row);
	const roleArn = `arn:aws:iam::${source}:role/${names.role}`;
	const here = {accountId: source, region: 'us-east-1', profile: 'source'};
	const there = row.isCrossAccount
		? {accountId: destination, region: 'us-west-2', profile: 'destination'}
		: {...here, region: 'us-west-2'};
	const shared = {versioning: 'Enabled' as const, isLocked: false};
	return {
		buckets: [
			{
				...{...here, ...shared, bucket: names.source, tags: row.bucketTags ?? []},
				replication: {Role: roleArn, Rules: row.rules(names.destination)},
			},
			{
				...{...there, ...shared, bucket: names.destination, tags: []},
				...(row.isCrossAccount ? {policy: bucketPolicyFor(row)} : {}),
			},
		],
		roles: [
			{
				...{...here, arn: roleArn, description: '', trust: trustPolicy, tags: [], ...row.role},
				inline: [{name: 'replication', document: rolePolicyFor(row)}],
				attachedArns: [],
			},
		],
		keys: row.keyArn === undefined ? [] : [{...there, arn: row.keyArn, policy: keyPolicy}],
		endpoints: {},
		leftOut: [],
	};
}
