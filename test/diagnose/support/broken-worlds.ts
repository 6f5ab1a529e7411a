import {
	DeleteRoleCommand,
	DeleteRolePolicyCommand,
	PutRolePermissionsBoundaryCommand,
	CreatePolicyCommand,
	PutRolePolicyCommand,
	UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
	DeleteBucketCommand,
	DeleteBucketPolicyCommand,
	PutBucketOwnershipControlsCommand,
	PutBucketPolicyCommand,
	PutBucketRequestPaymentCommand,
	PutBucketVersioningCommand,
	PutObjectCommand,
	PutPublicAccessBlockCommand,
	PutObjectLockConfigurationCommand,
	type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import {PutPublicAccessBlockCommand as PutAccountBlockCommand} from '@aws-sdk/client-s3-control';
import type {DiagnosedObject} from '../../../source/domain/diagnose/diagnosed-object.js';
import {destinationAccountId, type OpenSandbox, ruleTo} from '../../sandbox/support/open-sandbox.js';
import {
	destinationPolicy,
	type Pair,
	type PairOptions,
	policyOf,
	rolePolicy,
	type Statement,
} from '../../sandbox/support/replicated-pair.js';

/** One way in which a replication that worked is broken. */
export type BrokenWorld = {
	readonly broken: string;
	/** The report or page that says so, from outside this project; written down before the world was run. */
	readonly told?: string;
	readonly setUp?: PairOptions;
	/** What belongs to the set-up that works. */
	readonly prepare?: (open: OpenSandbox, pair: Pair) => Promise<unknown>;
	readonly breakIt: (open: OpenSandbox, pair: Pair) => Promise<unknown>;
	readonly write?: Partial<PutObjectCommandInput>;
	/** What HEAD tells of the object. */
	readonly object?: Partial<DiagnosedObject>;
	/** What S3 has to say, by the documentation. */
	readonly reason: string;
};

const everywhere: Statement = {Effect: 'Allow', Action: 's3:*', Resource: '*'};

/** Gives the role other permissions than it had. */
const setRole = async (
	open: OpenSandbox,
	pair: Pair,
	missing: readonly string[],
	more: readonly Statement[] = [],
) => {
	const own = JSON.parse(rolePolicy(pair.source, pair.destination, missing)) as {Statement: Statement[]};
	await open.iam.send(
		new PutRolePolicyCommand({
			RoleName: pair.roleName,
			PolicyName: 'replication',
			PolicyDocument: policyOf([...own.Statement, ...more]),
		}),
	);
};

const trust = async (open: OpenSandbox, pair: Pair, statement: Statement) =>
	open.iam.send(
		new UpdateAssumeRolePolicyCommand({RoleName: pair.roleName, PolicyDocument: policyOf([statement])}),
	);

/** Adds statements to the policy of the destination. */
const addToDestination = async (pair: Pair, more: readonly Statement[], isCrossAccount = false) => {
	const own = JSON.parse(destinationPolicy(pair.roleArn, pair.destination)) as {Statement: Statement[]};
	await pair.destinationClient.send(
		new PutBucketPolicyCommand({
			Bucket: pair.destination,
			Policy: policyOf([...(isCrossAccount ? own.Statement : []), ...more]),
		}),
	);
};

/** Lets everybody read, beside what the role is given; S3 takes such a policy only while nothing blocks it. */
const letEverybodyRead = async (pair: Pair, restrictsBucket: boolean) => {
	const setBlock = async (RestrictPublicBuckets: boolean) =>
		pair.destinationClient.send(
			new PutPublicAccessBlockCommand({
				Bucket: pair.destination,
				PublicAccessBlockConfiguration: {RestrictPublicBuckets},
			}),
		);
	await setBlock(false);
	const Resource = `arn:aws:s3:::${pair.destination}/*`;
	await addToDestination(
		pair,
		[{Sid: 'Open', Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource}],
		true,
	);
	await setBlock(restrictsBucket);
};

const deny = (pair: Pair, Action: string, more: Statement = {}): Statement => ({
	Sid: 'Refuse',
	Effect: 'Deny',
	Principal: '*',
	Action,
	Resource: `arn:aws:s3:::${pair.destination}/*`,
	...more,
});

const lock = async (pair: Pair, open: OpenSandbox, isSource: boolean) =>
	(isSource ? open.source : pair.destinationClient).send(
		new PutObjectLockConfigurationCommand({
			Bucket: isSource ? pair.source : pair.destination,
			ObjectLockConfiguration: {ObjectLockEnabled: 'Enabled'},
		}),
	);

const lockReads = (pair: Pair, actions = ['s3:GetObjectRetention', 's3:GetObjectLegalHold']): Statement => ({
	Effect: 'Allow',
	Action: actions,
	Resource: `arn:aws:s3:::${pair.source}/*`,
});

const lockedPair = async (open: OpenSandbox, pair: Pair) => {
	await lock(pair, open, true);
	await lock(pair, open, false);
	await setRole(open, pair, [], [lockReads(pair)]);
};

const alone: PairOptions = {};
const across: PairOptions = {isCrossAccount: true};

/** A destination with ACLs whose policy, and the role, allow the override of the owner. */
const overriding = async (open: OpenSandbox, pair: Pair) => {
	await pair.destinationClient.send(
		new PutBucketOwnershipControlsCommand({
			Bucket: pair.destination,
			OwnershipControls: {Rules: [{ObjectOwnership: 'BucketOwnerPreferred'}]},
		}),
	);
	const statement: Statement = {
		Effect: 'Allow',
		Action: 's3:ObjectOwnerOverrideToBucketOwner',
		Resource: `arn:aws:s3:::${pair.destination}/*`,
	};
	await setRole(open, pair, [], [statement]);
	await addToDestination(pair, [{...statement, Principal: {AWS: pair.roleArn}}], true);
};

/** Each breaks one thing. */
export const brokenWorlds: readonly BrokenWorld[] = [
	...[alone, across].flatMap((setUp): readonly BrokenWorld[] => [
		{
			broken: 'the role is gone',
			setUp,
			async breakIt(open, {roleName: RoleName}) {
				await open.iam.send(new DeleteRolePolicyCommand({RoleName, PolicyName: 'replication'}));
				await open.iam.send(new DeleteRoleCommand({RoleName}));
			},
			reason: 'AssumeRoleNotPermitted',
		},
		{
			broken: 'the role trusts another service',
			told: 'AWS re:Post knowledge center, s3-troubleshoot-cross-account-replication: a trust policy for s3.amazonaws.com',
			setUp,
			breakIt: (open, pair) =>
				trust(open, pair, {
					Effect: 'Allow',
					Principal: {Service: 'ec2.amazonaws.com'},
					Action: 'sts:AssumeRole',
				}),
			reason: 'AssumeRoleNotPermitted',
		},
		...[
			['s3:GetObjectVersionForReplication', 'SrcGetObjectNotPermitted'] as const,
			['s3:GetObjectVersionAcl', 'SrcGetAclNotPermitted'] as const,
			['s3:GetObjectVersionTagging', 'SrcGetTaggingNotPermitted'] as const,
			['s3:ReplicateObject', 'DstPutObjectNotPermitted'] as const,
		].map(([action, reason]): BrokenWorld => ({
			broken: `the role lacks ${action}`,
			setUp,
			breakIt: async (open, pair) => setRole(open, pair, [action]),
			reason,
		})),
		{
			broken: 'the role has no policy',
			setUp,
			breakIt: (open, {roleName: RoleName}) =>
				open.iam.send(new DeleteRolePolicyCommand({RoleName, PolicyName: 'replication'})),
			reason: 'SrcGetObjectNotPermitted',
		},
		{
			broken: 'versioning of the destination is suspended',
			told: 'S3 User Guide, replication-troubleshoot: versioning must not be suspended on any bucket',
			setUp,
			breakIt: (_open, pair) =>
				pair.destinationClient.send(
					new PutBucketVersioningCommand({
						Bucket: pair.destination,
						VersioningConfiguration: {Status: 'Suspended'},
					}),
				),
			reason: 'DstBucketUnversioned',
		},
		{
			broken: 'the destination is gone',
			setUp,
			breakIt: (_open, pair) =>
				pair.destinationClient.send(new DeleteBucketCommand({Bucket: pair.destination})),
			reason: 'DstBucketNotFound',
		},
		{
			broken: 'the destination denies every write',
			setUp,
			breakIt: (_open, pair) =>
				addToDestination(pair, [deny(pair, 's3:ReplicateObject')], setUp.isCrossAccount),
			reason: 'DstPutObjectNotPermitted',
		},
		{
			broken: 'the destination denies tags',
			setUp,
			breakIt: (_open, pair) =>
				addToDestination(pair, [deny(pair, 's3:ReplicateTags')], setUp.isCrossAccount),
			write: {Tagging: 'a=b'},
			object: {tags: {isRead: true, value: [{Key: 'a', Value: 'b'}]}},
			reason: 'DstPutTaggingNotPermitted',
		},
		{
			broken: 'the boundary of the role lacks writing',
			setUp,
			async breakIt(open, {roleName: RoleName, source}) {
				const {Policy} = await open.iam.send(
					new CreatePolicyCommand({
						PolicyName: `reads-${source}`,
						PolicyDocument: policyOf([{Effect: 'Allow', Action: 's3:Get*', Resource: '*'}]),
					}),
				);
				await open.iam.send(
					new PutRolePermissionsBoundaryCommand({RoleName, PermissionsBoundary: Policy?.Arn ?? ''}),
				);
			},
			reason: 'DstPutObjectNotPermitted',
		},
		{
			broken: 'the destination has no Object Lock',
			setUp,
			prepare: (open, pair) => setRole(open, pair, [], [lockReads(pair)]),
			breakIt: (open, pair) => lock(pair, open, true),
			reason: 'DstBucketObjectLockConfigMissing',
		},
		{
			broken: 'the role may not read the retention',
			setUp,
			prepare: lockedPair,
			breakIt: (open, pair) => setRole(open, pair, [], [lockReads(pair, ['s3:GetObjectLegalHold'])]),
			reason: 'SrcGetRetentionNotPermitted',
		},
		{
			broken: 'the role may not read the legal hold',
			setUp,
			prepare: lockedPair,
			breakIt: (open, pair) => setRole(open, pair, [], [lockReads(pair, ['s3:GetObjectRetention'])]),
			reason: 'SrcGetLegalHoldNotPermitted',
		},
	]),
	...[
		['versioning of the destination is suspended', 'DstBucketUnversioned'] as const,
		['the role lacks s3:ReplicateObject', 'DstPutObjectNotPermitted'] as const,
	].map(([broken, reason]): BrokenWorld => ({
		broken: `${broken}, with a rule of schema V1`,
		setUp: {
			rules: (bucket) => [
				{ID: 'old', Status: 'Enabled', Prefix: '', Destination: {Bucket: `arn:aws:s3:::${bucket}`}},
			],
		},
		breakIt: async (open, pair) =>
			reason === 'DstBucketUnversioned'
				? pair.destinationClient.send(
						new PutBucketVersioningCommand({
							Bucket: pair.destination,
							VersioningConfiguration: {Status: 'Suspended'},
						}),
					)
				: setRole(open, pair, ['s3:ReplicateObject']),
		reason,
	})),
	{
		broken: 'the role’s policy names no objects of the source: its resource ends with a slash',
		told: 'AWS re:Post knowledge center, s3-troubleshoot-cross-account-replication: its example prints such a resource',
		breakIt: async (open, pair) =>
			setRole(
				open,
				pair,
				['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'],
				[
					{
						Effect: 'Allow',
						Action: [
							's3:GetObjectVersionForReplication',
							's3:GetObjectVersionAcl',
							's3:GetObjectVersionTagging',
						],
						Resource: `arn:aws:s3:::${pair.source}/`,
					},
				],
			),
		reason: 'SrcGetObjectNotPermitted',
	},
	{
		broken: 'the role has the rights of somebody who uploads, not those of replication',
		told: 'awslabs/aws-well-architected-labs#615: the roles of the lab have not the permissions that replication takes',
		async breakIt(open, {roleName: RoleName, source, destination}) {
			const Action = ['s3:GetObject', 's3:PutObject', 's3:ListBucket'];
			const Resource = [source, destination].flatMap((name) => [
				`arn:aws:s3:::${name}`,
				`arn:aws:s3:::${name}/*`,
			]);
			await open.iam.send(
				new PutRolePolicyCommand({
					RoleName,
					PolicyName: 'replication',
					PolicyDocument: policyOf([{Effect: 'Allow', Action, Resource}]),
				}),
			);
		},
		reason: 'SrcGetObjectNotPermitted',
	},
	{
		broken: 'the role may write elsewhere only',
		told: 'ministryofjustice/modernisation-platform#13496: no identity-based policy allows s3:ReplicateObject',
		breakIt: async (open, pair) =>
			setRole(
				open,
				pair,
				['s3:ReplicateObject'],
				[{Effect: 'Allow', Action: 's3:ReplicateObject', Resource: 'arn:aws:s3:::elsewhere/*'}],
			),
		reason: 'DstPutObjectNotPermitted',
	},
	{
		broken: 'the destination denies everybody but a list of roles, and the replication role is not on it',
		told: 'awsdocs/amazon-s3-developer-guide#110: buckets that restrict roles by a Deny',
		setUp: across,
		breakIt: (_open, pair) =>
			addToDestination(
				pair,
				[
					deny(pair, 's3:*', {
						Condition: {ArnNotEquals: {'aws:PrincipalArn': 'arn:aws:iam::444455556666:role/writers'}},
					}),
				],
				true,
			),
		reason: 'DstPutObjectNotPermitted',
	},
	{
		broken: 'the role may not override the owner',
		told: 'cloudposse/terraform-aws-s3-bucket#68: nothing is replicated across accounts until it is allowed',
		setUp: {
			isCrossAccount: true,
			rules: (bucket) => [
				ruleTo(bucket, {
					Destination: {
						Bucket: `arn:aws:s3:::${bucket}`,
						Account: '444455556666',
						AccessControlTranslation: {Owner: 'Destination'},
					},
				}),
			],
		},
		prepare: overriding,
		breakIt: (open, pair) => setRole(open, pair, []),
		reason: 'DstPutObjectNotPermitted',
	},
	{
		broken: 'the policy of the other account’s bucket is gone',
		told: 'S3 User Guide, replication-troubleshoot: the owner has to let the source’s owner in',
		setUp: across,
		breakIt: (_open, pair) =>
			pair.destinationClient.send(new DeleteBucketPolicyCommand({Bucket: pair.destination})),
		reason: 'DstPutObjectNotPermitted',
	},
	{
		broken: 'the policy of the other account’s bucket names another role',
		setUp: across,
		breakIt: (_open, pair) =>
			pair.destinationClient.send(
				new PutBucketPolicyCommand({
					Bucket: pair.destination,
					Policy: policyOf([
						{
							...everywhere,
							Principal: {AWS: 'arn:aws:iam::444455556666:root'},
							Resource: `arn:aws:s3:::${pair.destination}/*`,
						},
					]),
				}),
			),
		reason: 'DstPutObjectNotPermitted',
	},
	{
		broken: 'the policy is public, and the bucket restricts such policies',
		told: 'S3 User Guide, access-control-block-public-access: RestrictPublicBuckets',
		setUp: across,
		breakIt: async (_open, pair) => letEverybodyRead(pair, true),
		reason: 'DstPutObjectNotPermitted',
	},
	{
		broken: 'the policy is public, and the account restricts such policies',
		told: 'S3 User Guide, access-control-block-public-access: of an account it acts on all its buckets',
		setUp: across,
		breakIt: async (open, pair) => {
			await letEverybodyRead(pair, false);
			await open.s3Control('destination', 'us-west-2').send(
				new PutAccountBlockCommand({
					AccountId: destinationAccountId,
					PublicAccessBlockConfiguration: {RestrictPublicBuckets: true},
				}),
			);
		},
		reason: 'DstPutObjectNotPermitted',
	},
	{
		broken: 'the requester has to pay at another account',
		setUp: across,
		breakIt: (_open, pair) =>
			pair.destinationClient.send(
				new PutBucketRequestPaymentCommand({
					Bucket: pair.destination,
					RequestPaymentConfiguration: {Payer: 'Requester'},
				}),
			),
		reason: 'DstPutObjectNotPermitted',
	},
];

/** Writes the object of a world, and gives its version. */
export async function writeObject(open: OpenSandbox, pair: Pair, {write}: BrokenWorld): Promise<string> {
	const {VersionId = ''} = await open.source.send(
		new PutObjectCommand({Bucket: pair.source, Key: 'k', Body: 'text', ...write}),
	);
	return VersionId;
}

/** A world of one account, by what is broken in it. */
const worldOf = (broken: string): BrokenWorld => {
	const found = brokenWorlds.find((world) => world.broken === broken && world.setUp === alone);
	if (!found) throw new Error(`No world of one account: ${broken}`);
	return found;
};

/** Two things are broken at once: both are to be named, the one that S3 meets first before the other. */
export const brokenPairs: ReadonlyArray<readonly [first: BrokenWorld, second: BrokenWorld]> = (
	[
		['the role trusts another service', 'versioning of the destination is suspended'],
		['the role trusts another service', 'the destination denies every write'],
		['the role trusts another service', 'the role lacks s3:ReplicateObject'],
		['the role lacks s3:GetObjectVersionAcl', 'versioning of the destination is suspended'],
		['the role lacks s3:GetObjectVersionTagging', 'the destination is gone'],
		['the role lacks s3:GetObjectVersionForReplication', 'the destination denies every write'],
		['versioning of the destination is suspended', 'the destination denies every write'],
		['versioning of the destination is suspended', 'the boundary of the role lacks writing'],
		['versioning of the destination is suspended', 'the role lacks s3:ReplicateObject'],
		['the role has no policy', 'the destination denies every write'],
	] as const
).map(([first, second]) => [worldOf(first), worldOf(second)]);
