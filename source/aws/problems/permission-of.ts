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
