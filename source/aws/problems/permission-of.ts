/** Permissions whose name is not the operation's. Source: S3 API Reference, "Permissions" of each operation. */
const exceptions: Readonly<Record<string, string>> = {
	DeleteMessageBatch: 'sqs:DeleteMessage',
	GetCallerIdentity: 'sts:GetCallerIdentity',
	AssumeRole: 'sts:AssumeRole',
	AssumeRoleWithWebIdentity: 'sts:AssumeRoleWithWebIdentity',
	HeadBucket: 's3:ListBucket',
	ListBuckets: 's3:ListAllMyBuckets',
	HeadObject: 's3:GetObjectVersion',
	GetObjectTagging: 's3:GetObjectVersionTagging',
	ListObjectVersions: 's3:ListBucketVersions',
	DeleteObjects: 's3:DeleteObjectVersion',
	GetBucketEncryption: 's3:GetEncryptionConfiguration',
	GetBucketLifecycleConfiguration: 's3:GetLifecycleConfiguration',
	GetBucketNotificationConfiguration: 's3:GetBucketNotification',
	PutBucketNotificationConfiguration: 's3:PutBucketNotification',
	GetBucketCors: 's3:GetBucketCORS',
	ListBucketInventoryConfigurations: 's3:GetInventoryConfiguration',
	ListMultipartUploads: 's3:ListBucketMultipartUploads',
	GetObjectLockConfiguration: 's3:GetBucketObjectLockConfiguration',
	GetPublicAccessBlock: 's3:GetBucketPublicAccessBlock',
	GetBucketReplication: 's3:GetReplicationConfiguration',
	DeleteBucketReplication: 's3:PutReplicationConfiguration',
	PutBucketReplication: 's3:PutReplicationConfiguration and iam:PassRole',
};

const iamOperations = new Set([
	'GetRole',
	'CreateRole',
	'DeleteRole',
	'GetRolePolicy',
	'PutRolePolicy',
	'DeleteRolePolicy',
	'ListRolePolicies',
	'ListAttachedRolePolicies',
	'SimulatePrincipalPolicy',
]);

const kmsOperations = new Set(['DescribeKey', 'ListAliases', 'GetKeyPolicy', 'PutKeyPolicy']);

const queueOperations = new Set([
	'CreateQueue',
	'GetQueueUrl',
	'ReceiveMessage',
	'DeleteMessage',
	'DeleteQueue',
]);

/** The permission that a call needs, such as `s3:PutBucketPolicy` or `iam:CreateRole`. */
export function permissionOf(operation: string): string {
	if (iamOperations.has(operation)) return `iam:${operation}`;
	if (kmsOperations.has(operation)) return `kms:${operation}`;
	if (queueOperations.has(operation)) return `sqs:${operation}`;
	if (operation === 'GetMetricData') return `cloudwatch:${operation}`;
	return exceptions[operation] ?? `s3:${operation}`;
}

/** A permission that a refused call needs, and what it is about: not always what the call names. */
type NeededPermission = {readonly permission: string; readonly resource?: string};

type RefusedCall = {
	readonly operation: string;
	/** The bucket, object or role that the call names. */
	readonly target?: string;
	/** What other permissions than the call's own are about, by their names. */
	readonly resources?: Readonly<Record<string, string>>;
};

/**
 * The permissions that a refused call needs: the one that AWS names, else all of the operation's, each with its own resource.
 * Source: IAM User Guide, "Troubleshoot access denied error messages".
 */
export function neededPermissions(message: string, call: RefusedCall): readonly NeededPermission[] {
	const {operation, target, resources = {}} = call;
	const [, named, told] =
		/is not authorized to perform: ([\w-]+:\w+)(?: on resource: "?(arn:[^\s"]+))?/.exec(message) ?? [];
	const own = permissionOf(operation).split(' and ');
	if (named !== undefined) {
		// SQS writes its actions in small letters.
		const isOfCall = named.toLowerCase() === own[0]?.toLowerCase();
		const permission = isOfCall ? (own[0] ?? named) : named;
		return [{permission, resource: resources[named] ?? (isOfCall ? target : (told ?? target))}];
	}

	return own.map((permission) => ({permission, resource: resources[permission] ?? target}));
}

/** `iam:PassRole on arn:…:role/r`. */
export function permissionText({permission, resource}: NeededPermission): string {
	return resource === undefined ? permission : `${permission} on ${resource}`;
}
