import {bucketArn} from '../arn.js';
import type {Side} from '../mode.js';
import type {Plan, PlannedOperation} from '../plan.js';
import type {ReplicationRequest} from '../request.js';
import {testFileKey} from '../test-file.js';

/** Actions of the caller, by what they are performed on. */
export type NeededActions = {
	readonly bucket: readonly string[];
	readonly role: readonly string[];
	readonly objects: readonly string[];
};

/** What reading takes: done already where the bucket or role is there, and done again to verify what was written. */
const reads: Readonly<Record<Side, NeededActions>> = {
	source: {
		bucket: ['s3:GetBucketVersioning', 's3:GetReplicationConfiguration'],
		role: ['iam:GetRole', 'iam:GetRolePolicy'],
		objects: [],
	},
	destination: {bucket: ['s3:GetBucketVersioning'], role: [], objects: []},
};

/** Actions of each operation besides what reading takes. Source: S3 and IAM API References, "Permissions" of each operation. */
const writes: Readonly<Record<PlannedOperation['kind'], Partial<NeededActions>>> = {
	'create-bucket': {bucket: ['s3:CreateBucket']},
	'enable-versioning': {bucket: ['s3:PutBucketVersioning']},
	'create-role': {role: ['iam:CreateRole']},
	'put-role-policy': {role: ['iam:PutRolePolicy']},
	'put-bucket-policy': {bucket: ['s3:GetBucketPolicy', 's3:PutBucketPolicy']},
	// PassRole is no call of its own: S3 asks for it when it is given the role (IAM User Guide, id_roles_use_passrole).
	'put-replication': {bucket: ['s3:PutReplicationConfiguration'], role: ['iam:PassRole']},
};

const fileActions: Readonly<Record<Side, readonly string[]>> = {
	source: ['s3:PutObject', 's3:GetObject', 's3:GetObjectVersion'],
	destination: ['s3:GetObject', 's3:GetObjectVersion'],
};

/** Everything that any run may need at one end: what is asked of IAM before the plan is known. */
export function possibleActions(side: Side, request: ReplicationRequest): NeededActions {
	const kinds: readonly PlannedOperation['kind'][] =
		side === 'source'
			? ['create-bucket', 'enable-versioning', 'create-role', 'put-role-policy', 'put-replication']
			: [
					'create-bucket',
					'enable-versioning',
					...(request.mode === 'cross-account' ? (['put-bucket-policy'] as const) : []),
				];
	return together([reads[side], ...kinds.map((kind) => writes[kind]), {objects: fileActions[side]}]);
}

/** What this plan needs at one end: of each operation that is still to be done, and of the test files. */
export function neededActions(side: Side, plan: Plan, fileCount: number): NeededActions {
	const left = plan.operations.filter((operation) => operation.side === side && operation.change !== 'keep');
	return together([
		reads[side],
		...left.map(({kind}) => writes[kind]),
		...(fileCount > 0 ? [{objects: fileActions[side]}] : []),
	]);
}

/** A key as the test files have it. */
export function testObjectArn(partition: string, bucket: string): string {
	return `${bucketArn(partition, bucket)}/${testFileKey('check', 1)}`;
}

function together(parts: readonly Partial<NeededActions>[]): NeededActions {
	const all = (name: keyof NeededActions): readonly string[] => [
		...new Set(parts.flatMap((part) => part[name] ?? [])),
	];
	return {bucket: all('bucket'), role: all('role'), objects: all('objects')};
}
