import {DisableKeyCommand, ScheduleKeyDeletionCommand} from '@aws-sdk/client-kms';
import {PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {
	PutBucketEncryptionCommand,
	PutBucketOwnershipControlsCommand,
	PutObjectCommand,
} from '@aws-sdk/client-s3';
import {createKey, keyUsage, leftToIam, letIn} from '../../sandbox/support/kms-keys.js';
import {
	destinationAccountId,
	type OpenSandbox,
	ruleTo,
	sourceAccountId,
} from '../../sandbox/support/open-sandbox.js';
import {type Pair, policyOf, setUpPair, type Statement} from '../../sandbox/support/replicated-pair.js';

/** A pair of buckets that replicates objects with SSE-KMS, and its keys. */
export type KeyedPair = Pair & {readonly sourceKey: string; readonly replicaKey: string};

/** How a replication of encrypted objects is broken. */
type KeyWorld = {
	readonly broken: string;
	/** Who says outside this project what the cause was; written down before the world was run. */
	readonly told: string;
	readonly isCrossAccount?: boolean;
	/** Whether the object and the replicas use bucket keys. */
	readonly usesBucketKey?: boolean;
	/** The policy of the key for replicas; the usual one by default. */
	readonly replicaPolicy?: readonly Statement[];
	readonly breakIt: (open: OpenSandbox, pair: KeyedPair) => Promise<unknown>;
	readonly reason: string;
};

type Rights = {
	readonly source?: readonly string[];
	readonly replica?: readonly string[];
	/** Only objects' ARNs as the encryption context. */
	readonly isOfObjects?: boolean;
};

const replicaActions = ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:Decrypt'];

/** The role's rights as AWS documents them (S3 User Guide, replication-config-for-kms-objects), or fewer. */
const grant = async (
	open: OpenSandbox,
	{roleName, source, destination, sourceKey, replicaKey}: KeyedPair,
	{source: atSource = ['kms:Decrypt'], replica = replicaActions, isOfObjects = false}: Rights = {},
) => {
	const only = (bucket: string) => (isOfObjects ? [`arn:aws:s3:::${bucket}/*`] : undefined);
	await open.iam.send(
		new PutRolePolicyCommand({
			RoleName: roleName,
			PolicyName: 'keys',
			PolicyDocument: policyOf([
				keyUsage(atSource, sourceKey, 'us-east-1', source, only(source)),
				keyUsage(replica, replicaKey, 'us-west-2', destination, only(destination)),
			]),
		}),
	);
};

const letsRoleIn = [leftToIam(destinationAccountId), letIn(sourceAccountId, replicaActions)];

/** Sets up what AWS documents, with keys of the buckets' accounts. */
export async function setUpKeys(
	open: OpenSandbox,
	{isCrossAccount = false, usesBucketKey = false, replicaPolicy}: KeyWorld,
): Promise<KeyedPair> {
	const there = open.kms(isCrossAccount ? 'destination' : 'source', 'us-west-2');
	const sourceKey = await createKey(open.kms('source', 'us-east-1'));
	const replicaKey = await createKey(there, replicaPolicy ?? (isCrossAccount ? letsRoleIn : undefined));
	const pair = await setUpPair(open, {
		isCrossAccount,
		rules: (destination) => [
			ruleTo(destination, {
				SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: 'Enabled'}},
				Destination: {
					Bucket: `arn:aws:s3:::${destination}`,
					EncryptionConfiguration: {ReplicaKmsKeyID: replicaKey},
				},
			}),
		],
	});
	const keyed = {...pair, sourceKey, replicaKey};
	await grant(open, keyed);
	await pair.destinationClient.send(
		new PutBucketEncryptionCommand({
			Bucket: pair.destination,
			ServerSideEncryptionConfiguration: {
				Rules: [
					{
						ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms'},
						BucketKeyEnabled: usesBucketKey,
					},
				],
			},
		}),
	);
	await pair.destinationClient.send(
		new PutBucketOwnershipControlsCommand({
			Bucket: pair.destination,
			OwnershipControls: {Rules: [{ObjectOwnership: 'BucketOwnerEnforced'}]},
		}),
	);
	return keyed;
}

/** Writes an object with SSE-KMS, and gives its version. */
export async function writeEncrypted(
	open: OpenSandbox,
	{source, sourceKey}: KeyedPair,
	usesBucketKey = false,
): Promise<string> {
	const {VersionId = ''} = await open.source.send(
		new PutObjectCommand({
			Bucket: source,
			Key: 'k',
			Body: 'text',
			ServerSideEncryption: 'aws:kms',
			SSEKMSKeyId: sourceKey,
			BucketKeyEnabled: usesBucketKey,
		}),
	);
	return VersionId;
}

const troubleshooting = 'S3 User Guide, replication-troubleshoot';
const codes = 'S3 User Guide, replication-failure-codes';

export const keyWorlds: readonly KeyWorld[] = [
	{
		broken: 'the role may use no key at the source',
		told: 'ministryofjustice/modernisation-platform#13498: no explicit KMS permissions to decrypt the source',
		breakIt: async (open, pair) => grant(open, pair, {source: []}),
		reason: 'SrcGetObjectNotPermitted',
	},
	{
		broken: 'the role may use no key at the destination',
		told: 'ministryofjustice/modernisation-platform#13520: the destination key is needed as well',
		breakIt: async (open, pair) => grant(open, pair, {replica: []}),
		reason: 'DstPutObjectNotPermitted',
	},
	{
		broken: 'the context is limited to objects, and bucket keys are on',
		told: 'aws-ia/terraform-aws-control_tower_account_factory#639: denied kms:Decrypt since bucket keys are on',
		usesBucketKey: true,
		breakIt: async (open, pair) => grant(open, pair, {isOfObjects: true}),
		reason: 'SrcGetObjectNotPermitted',
	},
	{
		broken: 'no key of the source was chosen, across accounts',
		told: 'hashicorp/terraform#26704: works once the source key is chosen in the console',
		isCrossAccount: true,
		breakIt: async (open, pair) => grant(open, pair, {source: []}),
		reason: 'SrcGetObjectNotPermitted',
	},
	{
		broken: 'the key of the other account does not let the role in',
		told: troubleshooting,
		isCrossAccount: true,
		replicaPolicy: [leftToIam(destinationAccountId)],
		breakIt: async () => undefined,
		reason: 'DstPutObjectNotPermitted',
	},
	{
		broken: 'the key for replicas is disabled',
		told: codes,
		breakIt: async (open, {replicaKey: KeyId}) =>
			open.kms('source', 'us-west-2').send(new DisableKeyCommand({KeyId})),
		reason: 'DstKmsKeyInvalidState',
	},
	{
		broken: 'the key of the source waits for its deletion',
		told: codes,
		breakIt: async (open, {sourceKey: KeyId}) =>
			open.kms('source', 'us-east-1').send(new ScheduleKeyDeletionCommand({KeyId})),
		reason: 'SrcKmsKeyInvalidState',
	},
	{
		broken: 'the key of the other account is disabled',
		told: codes,
		isCrossAccount: true,
		breakIt: async (open, {replicaKey: KeyId}) =>
			open.kms('destination', 'us-west-2').send(new DisableKeyCommand({KeyId})),
		reason: 'DstKmsKeyInvalidState',
	},
];

/** What is narrower than AWS documents, and works all the same. */
export const workingKeyWorlds: readonly KeyWorld[] = [
	{
		broken: 'nothing but kms:GenerateDataKey',
		told: 'awslabs/landing-zone-accelerator-on-aws#1144: an AWS engineer saw it COMPLETED without',
		breakIt: async (open, pair) => grant(open, pair, {replica: ['kms:Encrypt', 'kms:Decrypt']}),
		reason: '',
	},
];
