import {PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {
	CompleteMultipartUploadCommand,
	CreateMultipartUploadCommand,
	DeleteBucketPolicyCommand,
	DeleteObjectCommand,
	PutBucketOwnershipControlsCommand,
	PutBucketPolicyCommand,
	PutBucketReplicationCommand,
	PutBucketVersioningCommand,
	PutObjectCommand,
	PutObjectLockConfigurationCommand,
	PutObjectTaggingCommand,
	type S3Client,
	UploadPartCommand,
} from '@aws-sdk/client-s3';
import {createKey} from '../../sandbox/support/kms-keys.js';
import {destinationAccountId, type OpenSandbox, ruleTo} from '../../sandbox/support/open-sandbox.js';
import {
	createVersioned,
	destinationPolicy,
	finalStatusOf,
	type Pair,
	type PairOptions,
	policyOf,
	put,
	rolePolicy,
	type Statement,
} from '../../sandbox/support/replicated-pair.js';

/** An object that does not arrive, and what there is to say of it. */
export type ObjectWorld = {
	readonly broken: string;
	/** Who says outside this project what happens then; written down before the world was run. */
	readonly told: string;
	readonly setUp?: PairOptions;
	readonly breakIt?: (open: OpenSandbox, pair: Pair) => Promise<unknown>;
	/** Writes the object; gives its key and version. */
	readonly write: (open: OpenSandbox, pair: Pair) => Promise<readonly [key: string, versionId: string]>;
	/** The bucket that is asked about, where it is not the source. */
	readonly at?: 'destination';
	/** What S3 says of it in the end; `none`: it has no status. */
	readonly status: 'FAILED' | 'COMPLETED' | 'none';
	/** S3's reason, where another is said. */
	readonly failure?: string;
	/** What is said first; nothing where nothing is wrong. */
	readonly reason: string | undefined;
	readonly certainty?: 'certain' | 'likely' | 'possible';
};

const plain: ObjectWorld['write'] = async (open, {source}) => ['k', await put(open.source, source, 'k')];

const keyed =
	(key: string, tagging?: string): ObjectWorld['write'] =>
	async (open, {source}) => [key, await put(open.source, source, key, tagging)];

/** Writes the object, and waits for its replica. */
async function arrived(open: OpenSandbox, {source}: Pair): Promise<string> {
	const versionId = await put(open.source, source, 'k');
	await finalStatusOf(open.source, source, 'k', versionId);
	return versionId;
}

const marker: ObjectWorld['write'] = async (open, {source: Bucket}) => {
	const versionId = await put(open.source, Bucket, 'k');
	await finalStatusOf(open.source, Bucket, 'k', versionId);
	const {VersionId = ''} = await open.source.send(new DeleteObjectCommand({Bucket, Key: 'k'}));
	return ['k', VersionId];
};

const inParts: ObjectWorld['write'] = async (open, {source: Bucket}) => {
	const {UploadId} = await open.source.send(new CreateMultipartUploadCommand({Bucket, Key: 'k'}));
	const sizes = [5 * 1024 * 1024, 10];
	const Parts = await Promise.all(
		sizes.map(async (size, index) => {
			const part = {Bucket, Key: 'k', UploadId, PartNumber: index + 1};
			const {ETag} = await open.source.send(new UploadPartCommand({...part, Body: Buffer.alloc(size)}));
			return {ETag, PartNumber: index + 1};
		}),
	);
	const {VersionId = ''} = await open.source.send(
		new CompleteMultipartUploadCommand({Bucket, Key: 'k', UploadId, MultipartUpload: {Parts}}),
	);
	return ['k', VersionId];
};

const withFilter = (Filter: object): PairOptions => ({rules: (bucket) => [ruleTo(bucket, {Filter})]});

/** Puts other rules in the place of those that there are. */
const setRules = async (
	open: OpenSandbox,
	{source: Bucket, roleArn: Role}: Pair,
	Rules: ReturnType<typeof ruleTo>[],
) => open.source.send(new PutBucketReplicationCommand({Bucket, ReplicationConfiguration: {Role, Rules}}));

const withoutRight = (missing: string) => async (open: OpenSandbox, pair: Pair) =>
	open.iam.send(
		new PutRolePolicyCommand({
			RoleName: pair.roleName,
			PolicyName: 'replication',
			PolicyDocument: rolePolicy(pair.source, pair.destination, [missing]),
		}),
	);

const lock = async (client: S3Client, Bucket: string) =>
	client.send(
		new PutObjectLockConfigurationCommand({
			Bucket,
			ObjectLockConfiguration: {ObjectLockEnabled: 'Enabled'},
		}),
	);

/** Both buckets have Object Lock, the role reads it, and the destination denies one action. */
const lockedAndDenied = (Action: string) => async (open: OpenSandbox, pair: Pair) => {
	await lock(open.source, pair.source);
	await lock(pair.destinationClient, pair.destination);
	const own = JSON.parse(rolePolicy(pair.source, pair.destination)) as {Statement: Statement[]};
	const reads = {
		Effect: 'Allow',
		Action: ['s3:GetObjectRetention', 's3:GetObjectLegalHold'],
		Resource: `arn:aws:s3:::${pair.source}/*`,
	};
	await open.iam.send(
		new PutRolePolicyCommand({
			RoleName: pair.roleName,
			PolicyName: 'replication',
			PolicyDocument: policyOf([...own.Statement, reads]),
		}),
	);
	await setPolicy(pair, [deny(pair, Action)]);
};

const deny = ({destination}: Pair, Action: string, more: Statement = {}): Statement => ({
	Sid: 'Refuse',
	Effect: 'Deny',
	Principal: '*',
	Action,
	Resource: `arn:aws:s3:::${destination}/*`,
	...more,
});

const setPolicy = async (
	{destinationClient, destination, roleArn}: Pair,
	more: readonly Statement[],
	isAcross = false,
) => {
	const own = JSON.parse(destinationPolicy(roleArn, destination)) as {Statement: Statement[]};
	await destinationClient.send(
		new PutBucketPolicyCommand({
			Bucket: destination,
			Policy: policyOf([...(isAcross ? own.Statement : []), ...more]),
		}),
	);
};

const guide = 'S3 User Guide, replication-what-is-isnot-replicated';
const codes = 'S3 User Guide, replication-failure-codes';

export const objectWorlds: readonly ObjectWorld[] = [
	{
		broken: 'a delete, and a rule of schema V2 that says nothing of delete markers',
		told: 'hashicorp/terraform-provider-aws#16250: with a filter delete markers are not replicated',
		write: marker,
		status: 'none',
		reason: 'delete-marker-not-replicated',
	},
	{
		broken: 'a delete, and a role without s3:ReplicateDelete',
		told: codes,
		setUp: {
			rules: (bucket) => [ruleTo(bucket, {DeleteMarkerReplication: {Status: 'Enabled'}})],
		},
		breakIt: withoutRight('s3:ReplicateDelete'),
		write: marker,
		status: 'FAILED',
		reason: 'DstDelObjNotPermitted',
	},
	{
		broken: 'a file at the top of a bucket whose rule takes archive/',
		told: 'https://www.cloudpathacademy.com/docs/aws/labs/s3/lab-06-replication/hints: the prefix leaves it out',
		setUp: withFilter({Prefix: 'archive/'}),
		write: keyed('index.html'),
		status: 'none',
		reason: 'other-prefix',
	},
	{
		broken: 'an object without the tag that the rule asks for',
		told: 'https://aws.amazon.com/es/premiumsupport/knowledge-center/s3-troubleshoot-replication/: no status means that prefix or tags leave it out',
		setUp: withFilter({Tag: {Key: 'copy', Value: 'yes'}}),
		write: keyed('k', 'copy=no'),
		status: 'none',
		reason: 'other-tags',
	},
	{
		broken: 'an object from before the rule',
		told: 'https://repost.aws/knowledge-center/s3-troubleshoot-replication: existing objects are not replicated',
		setUp: {rules: (bucket) => [ruleTo(bucket, {Status: 'Disabled'})]},
		async write(open, pair) {
			const versionId = await put(open.source, pair.source, 'k');
			await setRules(open, pair, [ruleTo(pair.destination)]);
			return ['k', versionId];
		},
		status: 'none',
		reason: 'written-before-rule',
		certainty: 'likely',
	},
	{
		broken: 'a disabled rule',
		told: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-troubleshoot.html: the status has to be Enabled',
		setUp: {rules: (bucket) => [ruleTo(bucket, {Status: 'Disabled'})]},
		write: plain,
		status: 'none',
		reason: 'rule-disabled',
	},
	{
		broken: 'a chain of three buckets: the replica in the second',
		told: 'https://joseph-t-gordon.tech/index.php/2023/08/29/post-123-aws-s3-replication/: what came from the first does not reach the third',
		async breakIt(open, pair) {
			const third = open.name('third');
			await createVersioned(open.source, third);
			await pair.destinationClient.send(
				new PutBucketReplicationCommand({
					Bucket: pair.destination,
					ReplicationConfiguration: {Role: pair.roleArn, Rules: [ruleTo(third)]},
				}),
			);
		},
		async write(open, {source}) {
			const versionId = await put(open.source, source, 'k');
			await finalStatusOf(open.source, source, 'k', versionId);
			return ['k', versionId];
		},
		at: 'destination',
		status: 'COMPLETED',
		reason: 'is-a-replica',
	},
	{
		broken: 'an object with SSE-KMS, and a rule that does not opt in',
		told: 'cloudposse/terraform-aws-s3-bucket#162: encrypted objects are left out until the rule names them',
		async write(open, {source: Bucket}) {
			const SSEKMSKeyId = await createKey(open.kms('source', 'us-east-1'));
			const {VersionId = ''} = await open.source.send(
				new PutObjectCommand({
					...{Bucket, Key: 'k', Body: 'x'},
					...{ServerSideEncryption: 'aws:kms', SSEKMSKeyId},
				}),
			);
			return ['k', VersionId];
		},
		status: 'none',
		reason: 'kms-not-replicated',
	},
	{
		broken: 'an upload in parts, and a role without s3:ReplicateObject',
		told: codes,
		breakIt: withoutRight('s3:ReplicateObject'),
		write: inParts,
		status: 'FAILED',
		reason: 'DstMultipartInitNotPermitted',
	},
	...(
		[
			['s3:PutObjectRetention', 'DstPutRetentionNotPermitted', 'retention'],
			['s3:PutObjectLegalHold', 'DstPutLegalHoldNotPermitted', 'legal hold'],
		] as const
	).map(([action, reason, what]): ObjectWorld => ({
		broken: `an object with a ${what}, and a destination that denies ${action}`,
		told: codes,
		breakIt: lockedAndDenied(action),
		async write(open, {source: Bucket}) {
			const locked =
				what === 'retention'
					? {
							ObjectLockMode: 'GOVERNANCE' as const,
							ObjectLockRetainUntilDate: new Date(Date.now() + 86_400_000),
						}
					: {ObjectLockLegalHoldStatus: 'ON' as const};
			const {VersionId = ''} = await open.source.send(
				new PutObjectCommand({...{Bucket, Key: 'k', Body: 'x', ChecksumAlgorithm: 'SHA256'}, ...locked}),
			);
			return ['k', VersionId];
		},
		status: 'FAILED',
		reason,
	})),
	{
		broken: 'an object that another account wrote and owns',
		told: `${guide}: only objects whose ACL the bucket's owner may read`,
		async breakIt(open, {source: Bucket}) {
			await open.source.send(
				new PutBucketOwnershipControlsCommand({
					Bucket,
					OwnershipControls: {Rules: [{ObjectOwnership: 'ObjectWriter'}]},
				}),
			);
			const Policy = policyOf([
				{
					Effect: 'Allow',
					Principal: {AWS: `arn:aws:iam::${destinationAccountId}:root`},
					Action: 's3:PutObject',
					Resource: `arn:aws:s3:::${Bucket}/*`,
				},
			]);
			await open.source.send(new PutBucketPolicyCommand({Bucket, Policy}));
		},
		async write(open, {source: Bucket}) {
			const {VersionId = ''} = await open
				.s3('destination', 'us-east-1')
				.send(new PutObjectCommand({Bucket, Key: 'k', Body: 'x'}));
			return ['k', VersionId];
		},
		status: 'FAILED',
		reason: 'SrcGetAclNotPermitted',
		certainty: 'possible',
	},
	{
		broken: 'a destination that lets nobody in but through an endpoint of a VPC',
		told: 'ministryofjustice/opg-digideps#2920: who does not come through the endpoint is denied',
		breakIt: async (_open, pair) =>
			setPolicy(pair, [deny(pair, 's3:*', {Condition: {StringNotEquals: {'aws:SourceVpce': 'vpce-1'}}})]),
		write: plain,
		status: 'FAILED',
		reason: 'DstPutObjectNotPermitted',
		certainty: 'likely',
	},
	{
		broken: 'a destination that lets nobody in but from the addresses of an office',
		told: 'cloudposse/terraform-aws-s3-bucket#216: everybody outside of the list is denied',
		breakIt: async (_open, pair) =>
			setPolicy(pair, [deny(pair, 's3:*', {Condition: {NotIpAddress: {'aws:SourceIp': '203.0.113.0/24'}}})]),
		write: plain,
		status: 'FAILED',
		reason: 'DstPutObjectNotPermitted',
		certainty: 'likely',
	},
	{
		broken: 'two rules to two buckets, and versioning of the second is suspended',
		told: 'https://docs.aws.amazon.com/AmazonS3/latest/dev/crr-and-other-bucket-configs.html: without versioning at a destination replication to it stops',
		async breakIt(open, pair) {
			const second = open.name('second');
			await createVersioned(pair.destinationClient, second);
			const own = JSON.parse(rolePolicy(pair.source, pair.destination)) as {Statement: Statement[]};
			const more = JSON.parse(rolePolicy(pair.source, second)) as {Statement: Statement[]};
			await open.iam.send(
				new PutRolePolicyCommand({
					RoleName: pair.roleName,
					PolicyName: 'replication',
					PolicyDocument: policyOf([...own.Statement, ...more.Statement]),
				}),
			);
			await setRules(open, pair, [
				ruleTo(pair.destination, {ID: 'first'}),
				ruleTo(second, {ID: 'second', Priority: 2}),
			]);
			await pair.destinationClient.send(
				new PutBucketVersioningCommand({
					Bucket: second,
					VersioningConfiguration: {Status: 'Suspended'},
				}),
			);
		},
		write: plain,
		status: 'FAILED',
		reason: 'DstBucketUnversioned',
	},
	{
		broken: 'an archived object',
		told: 'https://awsready.net/learn/s3-replication-crr-srr/: objects in archives are left out',
		async write(open, {source: Bucket}) {
			const {VersionId = ''} = await open.source.send(
				new PutObjectCommand({Bucket, Key: 'k', Body: 'x', StorageClass: 'DEEP_ARCHIVE'}),
			);
			return ['k', VersionId];
		},
		status: 'none',
		reason: 'archived',
	},
	{
		broken: 'nothing: the destination denies what comes without TLS',
		told: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html: TLS may be demanded of everybody; replication uses it',
		setUp: {isCrossAccount: true},
		breakIt: async (_open, pair) =>
			setPolicy(pair, [deny(pair, 's3:*', {Condition: {Bool: {'aws:SecureTransport': 'false'}}})], true),
		write: plain,
		status: 'COMPLETED',
		reason: undefined,
	},
	{
		broken: 'a replica that somebody deleted by its version',
		told: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-failure-codes.html: S3 does not write that version again',
		async write(open, pair) {
			const versionId = await arrived(open, pair);
			await pair.destinationClient.send(
				new DeleteObjectCommand({Bucket: pair.destination, Key: 'k', VersionId: versionId}),
			);
			return ['k', versionId];
		},
		status: 'COMPLETED',
		reason: 'replica-missing',
	},
	{
		broken: 'a replica below a delete marker of the destination’s own',
		told: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-and-other-bucket-configs.html: lifecycle rules of the destination act on replicas',
		async write(open, pair) {
			const versionId = await arrived(open, pair);
			await pair.destinationClient.send(new DeleteObjectCommand({Bucket: pair.destination, Key: 'k'}));
			return ['k', versionId];
		},
		status: 'COMPLETED',
		reason: 'replica-hidden',
	},
	{
		broken: 'a rule that goes to another bucket since the object was replicated',
		told: 'minio/minio-java#1405: the second put replaced the first rule',
		async write(open, pair) {
			const versionId = await arrived(open, pair);
			const second = open.name('second');
			await createVersioned(pair.destinationClient, second);
			await setRules(open, pair, [ruleTo(second)]);
			return ['k', versionId];
		},
		status: 'COMPLETED',
		reason: 'replica-missing',
	},
	{
		broken: 'a Deny that is gone again: nothing is wrong any longer',
		told: 'alphagov/govuk-infrastructure#4841: the replication is mended, and objects stay FAILED',
		async write(open, pair) {
			await setPolicy(pair, [deny(pair, 's3:ReplicateObject')]);
			const versionId = await put(open.source, pair.source, 'k');
			await finalStatusOf(open.source, pair.source, 'k', versionId);
			await pair.destinationClient.send(new DeleteBucketPolicyCommand({Bucket: pair.destination}));
			return ['k', versionId];
		},
		status: 'FAILED',
		failure: 'DstPutObjectNotPermitted',
		reason: 'no-cause-seen',
		certainty: 'likely',
	},
	{
		broken: 'a prefix that begins with a slash',
		told: 'aws-controllers-k8s/community#1885: its example has the prefix /',
		setUp: withFilter({Prefix: '/logs/'}),
		write: keyed('logs/a'),
		status: 'none',
		reason: 'other-prefix',
	},
	{
		broken: 'a tag that came after the upload',
		told: 'https://repost.aws/knowledge-center/s3-troubleshoot-replication: tags have to be there with the upload',
		setUp: withFilter({Tag: {Key: 'copy', Value: 'yes'}}),
		async write(open, {source: Bucket}) {
			const versionId = await put(open.source, Bucket, 'k');
			const Tagging = {TagSet: [{Key: 'copy', Value: 'yes'}]};
			await open.source.send(new PutObjectTaggingCommand({Bucket, Key: 'k', Tagging}));
			return ['k', versionId];
		},
		status: 'none',
		reason: 'written-before-rule',
		certainty: 'likely',
	},
	{
		broken: 'a delete from before the rule replicated delete markers',
		told: `${guide}: what is older than the rule is left out; of delete markers that is our reading`,
		async write(open, pair) {
			await arrived(open, pair);
			const {VersionId = ''} = await open.source.send(
				new DeleteObjectCommand({Bucket: pair.source, Key: 'k'}),
			);
			await setRules(open, pair, [ruleTo(pair.destination, {DeleteMarkerReplication: {Status: 'Enabled'}})]);
			return ['k', VersionId];
		},
		status: 'none',
		reason: 'written-before-rule',
		certainty: 'likely',
	},
];
