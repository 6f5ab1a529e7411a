import type {Connection} from '../../../source/aws/ports.js';

const reference = {bucket: 'b', region: 'us-east-1', accountId: '111122223333'};
const policy = {Version: '2012-10-17', Statement: []};
const policyArn = 'arn:aws:iam::111122223333:policy/p';

export type PortCall = (aws: Connection) => Promise<unknown>;

/** Calls whose answer is a document. */
export const readings: Readonly<Record<string, PortCall>> = {
	ListBuckets: async ({buckets}) => buckets.list(),
	GetBucketVersioning: async ({buckets}) => buckets.getVersioning(reference),
	GetBucketReplication: async ({buckets}) => buckets.getReplication(reference),
	GetBucketPolicy: async ({buckets}) => buckets.getPolicy(reference),
	GetObjectLockConfiguration: async ({settings}) => settings.getObjectLock(reference),
	GetBucketEncryption: async ({settings}) => settings.getEncryption(reference),
	GetBucketRequestPayment: async ({settings}) => settings.getRequestPayer(reference),
	GetBucketOwnershipControls: async ({settings}) => settings.getOwnership(reference),
	GetBucketTagging: async ({settings}) => settings.getTags(reference),
	GetPublicAccessBlock: async ({settings}) => settings.getPublicAccessBlock(reference),
	GetAccountPublicAccessBlock: async ({accounts}) => accounts.getPublicAccessBlock(reference),
	GetBucketPolicyStatus: async ({settings}) => settings.hasPublicPolicy(reference),
	ListObjectVersions: async ({objects}) => objects.listVersions(reference, {prefix: 'p/'}),
	DeleteObjects: async ({objects}) => objects.deleteVersions(reference, [{key: 'k', versionId: 'v'}]),
	GetRole: async ({roles}) => roles.get('r'),
	CreateRole: async ({roles}) => roles.create({roleName: 'r', path: '/', description: '', trust: policy}),
	GetRolePolicy: async ({roles}) => roles.getPolicy('r', 'p'),
	PutRolePolicy: async ({roles}) => roles.putPolicy('r', 'p', policy),
	ListRolePolicies: async ({roles}) => roles.listPolicies('r'),
	ListAttachedRolePolicies: async ({roles}) => roles.listAttachedPolicies('r'),
	GetPolicy: async ({roles}) => roles.getManagedPolicy(policyArn),
	DeleteRolePolicy: async ({roles}) => roles.deletePolicy('r', 'p'),
	DeleteRole: async ({roles}) => roles.delete('r'),
	SimulatePrincipalPolicy: async ({permissions}) =>
		permissions.simulate({principalArn: policyArn, actions: ['s3:GetObject'], resources: ['*']}),
	DescribeKey: async ({keys}) => keys.describe({key: 'alias/k', region: 'us-east-1'}),
	GetKeyPolicy: async ({keys}) => keys.getPolicy({key: 'k', region: 'us-east-1'}),
	ListAliases: async ({keys}) => keys.listAliases('us-east-1'),
	GetCallerIdentity: async ({identity}) => identity.getCaller(),
};

/** Calls whose answer is a status and headers. */
export const writings: Readonly<Record<string, PortCall>> = {
	CreateBucket: async ({buckets}) => buckets.create(reference),
	PutBucketVersioning: async ({buckets}) => buckets.enableVersioning(reference),
	PutBucketReplication: async ({buckets}) => buckets.putReplication(reference, {Role: 'r', Rules: []}),
	PutBucketPolicy: async ({buckets}) => buckets.putPolicy(reference, policy),
	DeleteBucketReplication: async ({buckets}) => buckets.deleteReplication(reference),
	DeleteBucketPolicy: async ({buckets}) => buckets.deletePolicy(reference),
	DeleteBucket: async ({buckets}) => buckets.delete(reference),
	PutObject: async ({objects}) => objects.put(reference, {key: 'k', body: 'text'}),
};

/** Calls whose answer has no body whatever it is. */
export const heads: Readonly<Record<string, PortCall>> = {
	HeadBucket: async ({buckets}) => buckets.head(reference),
	HeadObject: async ({objects}) => objects.headVersion(reference, {key: 'k', versionId: 'v'}),
};

/** Every listing that goes on as long as it is told to. */
export const hasOthers: PortCall = async ({objects}) => objects.hasOthers(reference, ['p/']);
export const listFrom =
	(from: {readonly keyMarker?: string; readonly versionIdMarker?: string}): PortCall =>
	async ({objects}) =>
		objects.listVersions(reference, {prefix: '', ...from});
