import type {Mode, Side} from '../../../source/domain/answers/mode.js';

/** What is there before, besides what others have: see `option-ground.ts`. */
export type Ground = 'bare' | 'keys' | 'role' | 'acls' | 'acls-both' | 'locked' | 'destination';

export type Fate = 'arrives' | 'stays';

/** What becomes of the files of `option-files.ts`, and of a delete marker, under the rule that is set up. */
export type Fates = {
	/** Has the prefix, not the tag. */
	readonly untagged: Fate;
	/** Has the tag, not the prefix. */
	readonly elsewhere: Fate;
	/** Has neither. */
	readonly other: Fate;
	/** Has both, and SSE-KMS. */
	readonly encrypted: Fate;
	readonly marker: Fate;
};

export type Row = {
	readonly option: readonly string[];
	readonly ground?: Ground;
	/** Where the expectation is from. */
	readonly source: string;
	/** Differences from `all`: every file arrives, one with SSE-KMS and delete markers stay. */
	readonly fates?: Partial<Fates>;
	/** What HEAD says of the replica of a file that arrives. */
	readonly replica?: object;
	/** What HEAD says of the replica of the file with SSE-KMS; `KEY` stands for the ARN of the key there. */
	readonly encryptedReplica?: object;
	/** What the rule has. */
	readonly rule?: object;
	readonly isMeasured?: true;
	/** Whose the replica is in a bucket with ACLs. */
	readonly owner?: Side;
	/** Whose the replica of a file of the other side is, where both buckets have ACLs. */
	readonly ownerBack?: Side;
	/** Whether a change of tags on the replica, and a file of the other side, come back. */
	readonly isTwoWay?: true;
	/** Whether a delete marker of the other side comes back, once. */
	readonly hasMarkersBack?: true;
	/** Whether a file of the other side with SSE-KMS comes back, under the key for the way back. */
	readonly isEncryptedBack?: true;
	/** Whether the destination has Object Lock, and a retention of the source object goes with the replica. */
	readonly isLocked?: true;
};

type Refusal = {
	readonly option: readonly string[];
	readonly ground?: Ground;
	readonly source: string;
	/** In which mode, with which code. */
	readonly codes: Partial<Record<Mode, string>>;
};

export const all: Fates = {
	untagged: 'arrives',
	elsewhere: 'arrives',
	other: 'arrives',
	encrypted: 'stays',
	marker: 'stays',
};

const filters = 'documented: S3 User Guide, "Replication configuration file elements", filters';
const kms = 'documented: S3 User Guide, "Replicating encrypted objects (SSE-S3, SSE-KMS, DSSE-KMS, SSE-C)"';
const locks = 'documented: S3 User Guide, "Requirements and considerations for replication", Object Lock';
const role = 'documented: S3 API Reference, ReplicationConfiguration: one role serves all rules';
const owner = 'documented: S3 User Guide, "Changing the replica owner"';
const underKey = {
	fates: {encrypted: 'arrives'},
	encryptedReplica: {ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'KEY'},
} as const;

/** Written down beforehand; each holds in one account and in two, on nothing, beside a rule of schema V2, and beside one of V1. */
export const rows: readonly Row[] = [
	{option: [], source: 'documented: S3 User Guide, "What does Amazon S3 replicate?"'},
	{option: ['--prefix', 'logs/'], source: filters, fates: {elsewhere: 'stays', other: 'stays'}},
	{option: ['--tag', 'team=a'], source: filters, fates: {untagged: 'stays', other: 'stays'}},
	{
		option: ['--prefix', 'logs/', '--tag', 'team=a'],
		source: filters,
		fates: {untagged: 'stays', elsewhere: 'stays', other: 'stays'},
	},
	{
		option: ['--storage-class', 'GLACIER_IR'],
		source: 'documented: S3 API Reference, Destination, StorageClass',
		replica: {StorageClass: 'GLACIER_IR'},
		rule: {Destination: {StorageClass: 'GLACIER_IR'}},
	},
	{
		option: ['--delete-markers'],
		source: 'documented: S3 User Guide, "Replicating delete markers between buckets"',
		fates: {marker: 'arrives'},
		rule: {DeleteMarkerReplication: {Status: 'Enabled'}},
	},
	{
		option: ['--delete-markers', '--prefix', 'logs/'],
		source: 'documented: S3 User Guide, "Replicating delete markers between buckets"',
		fates: {elsewhere: 'stays', other: 'stays', marker: 'arrives'},
	},
	{
		option: ['--replication-time-control'],
		source: 'documented: S3 User Guide, "Meeting compliance requirements with S3 Replication Time Control"',
		isMeasured: true,
		rule: {
			Destination: {
				ReplicationTime: {Status: 'Enabled', Time: {Minutes: 15}},
				Metrics: {Status: 'Enabled', EventThreshold: {Minutes: 15}},
			},
		},
	},
	{
		option: ['--metrics'],
		source: 'documented: S3 User Guide, "Using S3 Replication metrics"',
		isMeasured: true,
		rule: {Destination: {Metrics: {Status: 'Enabled'}}},
	},
	{
		option: ['--priority', '7'],
		source: 'documented: S3 API Reference, ReplicationRule, Priority',
		rule: {Priority: 7},
	},
	{
		option: ['--replica-modifications'],
		source: 'documented: S3 User Guide, "Replicating metadata changes with replica modification sync"',
		rule: {SourceSelectionCriteria: {ReplicaModifications: {Status: 'Enabled'}}},
	},
	{option: ['--kms-key', 'KEY'], ground: 'keys', source: kms, ...underKey},
	{option: ['--kms-key', 'alias/replicas'], ground: 'keys', source: kms, ...underKey},
	{
		option: ['--kms-key', 'alias/replicas', '--prefix', 'logs/', '--tag', 'team=a'],
		ground: 'keys',
		source: kms,
		fates: {...underKey.fates, untagged: 'stays', elsewhere: 'stays', other: 'stays'},
		encryptedReplica: underKey.encryptedReplica,
	},
	{
		option: ['--two-way'],
		source: 'documented: S3 User Guide, "Replicating metadata changes with replica modification sync"',
		isTwoWay: true,
		rule: {SourceSelectionCriteria: {ReplicaModifications: {Status: 'Enabled'}}},
	},
	{
		option: ['--two-way', '--kms-key', 'KEY', '--back-kms-key', 'alias/back'],
		ground: 'keys',
		source: kms,
		...underKey,
		isTwoWay: true,
		isEncryptedBack: true,
	},
	{option: ['--role-arn', 'ROLE'], ground: 'role', source: role},
	{option: ['--object-lock'], source: locks, isLocked: true},
	{option: [], ground: 'locked', source: locks, isLocked: true},
];

/** Two accounts alone. */
export const rowsAcrossAccounts: readonly Row[] = [
	{option: [], ground: 'acls', source: owner, owner: 'source'},
	{option: ['--owner-override'], ground: 'acls', source: owner, owner: 'destination'},
	{
		option: ['--two-way', '--owner-override', '--delete-markers'],
		ground: 'acls-both',
		source: owner,
		owner: 'destination',
		ownerBack: 'source',
		isTwoWay: true,
		hasMarkersBack: true,
		fates: {marker: 'arrives'},
	},
	{
		option: ['--owner-override'],
		source: owner,
		rule: {
			Destination: {Account: '444455556666', AccessControlTranslation: {Owner: 'Destination'}},
		},
	},
];

/** One account alone. */
export const rowsInOneAccount: readonly Row[] = [
	{option: [], ground: 'acls', source: owner, owner: 'source'},
	{
		option: ['--kms-key', 'alias/aws/s3'],
		source: kms,
		fates: {encrypted: 'arrives'},
		encryptedReplica: {ServerSideEncryption: 'aws:kms'},
	},
];

export const refusals: readonly Refusal[] = [
	{
		option: ['--owner-override'],
		source: 'this program’s own: S3 takes it, and stops copying ACLs',
		codes: {'cross-region': 'owner-override-in-one-account'},
	},
	{
		option: ['--delete-markers', '--tag', 'team=a'],
		source: 'documented: S3 User Guide, "Replicating delete markers between buckets"',
		codes: {'cross-region': 'delete-markers-with-tags', 'cross-account': 'delete-markers-with-tags'},
	},
	{option: ['--kms-key', 'alias/aws/s3'], source: kms, codes: {'cross-account': 'kms-key-of-aws'}},
	{
		option: ['--kms-key', 'arn:aws:kms:eu-west-1:111122223333:key/1'],
		source: kms,
		codes: {'cross-region': 'kms-key-of-another-region', 'cross-account': 'kms-key-of-another-region'},
	},
	{
		option: ['--kms-key', 'alias/missing'],
		source: 'documented: S3 User Guide, replication failure reasons, DstKmsKeyNotFound',
		codes: {'cross-region': 'kms-key-not-found', 'cross-account': 'kms-key-not-found'},
	},
	{
		option: ['--object-lock'],
		ground: 'destination',
		source: 'this program’s own: it changes no bucket that exists',
		codes: {'cross-region': 'object-lock-on-existing', 'cross-account': 'object-lock-on-existing'},
	},
	{
		option: ['--role-arn', 'ROLE', '--role-name', 'other'],
		ground: 'role',
		source: 'this program’s own: the ARN says it all',
		codes: {'cross-region': 'role-arn-alone', 'cross-account': 'role-arn-alone'},
	},
	{
		option: ['--role-arn', 'arn:aws:iam::999999999999:role/elsewhere'],
		source:
			'documented: S3 User Guide, "Setting up permissions for live replication": a role of the source’s account',
		codes: {'cross-region': 'role-of-another-account', 'cross-account': 'role-of-another-account'},
	},
	{
		option: ['--two-way', '--permissions-boundary', 'arn:aws:iam::111122223333:policy/bounds'],
		source:
			'documented: IAM User Guide, "Permissions boundaries for IAM entities": of the role’s own account',
		codes: {'cross-account': 'boundary-of-one-account'},
	},
];
