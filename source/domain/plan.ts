import type {PolicyDocument} from '../policy/document.js';
import type {Mode, Side} from './mode.js';
import type {ReplicationConfiguration} from './replication-configuration.js';

/** What an operation does to its target. `keep`: it is right already. */
export type Change = 'create' | 'update' | 'keep' | 'delete';

/** One end of a planned replication: where every call for it goes. */
export type PlannedEnd = {
	readonly profile: string;
	readonly accountId: string;
	readonly region: string;
	readonly bucket: string;
};

type OperationBase = {
	/** Unique in its plan: the kind, and the side where there are two of a kind. */
	readonly id: string;
	/** Whose credentials make the call. */
	readonly side: Side;
	/** The bucket's or the role's name. */
	readonly target: string;
	readonly change: Change;
	readonly account: string;
	/** `aws-global` for IAM. */
	readonly region: string;
	/** The ids of the operations that have to be written before. */
	readonly requires: readonly string[];
	/** What a person should know of it, in sentences. */
	readonly notes?: readonly string[];
};

export type CreateBucket = OperationBase & {
	readonly kind: 'create-bucket';
	readonly after: {readonly Bucket: string; readonly Region: string};
};

export type EnableVersioning = OperationBase & {
	readonly kind: 'enable-versioning';
	readonly before?: {readonly Status?: 'Suspended' | 'Enabled'};
	readonly after: {readonly Status: 'Enabled'};
};

export type CreateRole = OperationBase & {
	readonly kind: 'create-role';
	readonly after: {
		readonly RoleName: string;
		/** A role that is there keeps its own. */
		readonly Path: string;
		readonly Description: string;
		readonly AssumeRolePolicyDocument: PolicyDocument;
		/** The ARN of its permissions boundary. */
		readonly PermissionsBoundary?: string;
	};
};

export type PutRolePolicy = OperationBase & {
	readonly kind: 'put-role-policy';
	readonly policyName: string;
	readonly before?: PolicyDocument;
	readonly after: PolicyDocument;
};

export type PutBucketPolicy = OperationBase & {
	readonly kind: 'put-bucket-policy';
	readonly before?: PolicyDocument;
	readonly after: PolicyDocument;
};

export type PutReplication = OperationBase & {
	readonly kind: 'put-replication';
	readonly ruleId: string;
	readonly before?: ReplicationConfiguration;
	readonly after: ReplicationConfiguration;
};

export type DeleteObjects = OperationBase & {
	readonly kind: 'delete-objects';
	/** The versions of the run's test files below it go, and nothing else. */
	readonly after: {readonly Prefix: string};
};

export type DeleteBucket = OperationBase & {readonly kind: 'delete-bucket'; readonly after: null};

export type DeleteRole = OperationBase & {readonly kind: 'delete-role'; readonly after: null};

export type DeleteRolePolicy = OperationBase & {
	readonly kind: 'delete-role-policy';
	readonly policyName: string;
	readonly before?: PolicyDocument;
	readonly after: null;
};

export type RestoreRolePolicy = OperationBase & {
	readonly kind: 'restore-role-policy';
	readonly policyName: string;
	readonly before?: PolicyDocument;
	readonly after: PolicyDocument;
};

export type RestoreBucketPolicy = OperationBase & {
	readonly kind: 'restore-bucket-policy';
	readonly before?: PolicyDocument;
	/** `null`: there was none, and none is left. */
	readonly after: PolicyDocument | null;
};

export type RestoreReplication = OperationBase & {
	readonly kind: 'restore-replication';
	readonly before?: ReplicationConfiguration;
	/** `null`: there was none, and none is left. */
	readonly after: ReplicationConfiguration | null;
};

export type RestoreVersioning = OperationBase & {
	readonly kind: 'restore-versioning';
	readonly before?: {readonly Status?: 'Suspended' | 'Enabled'};
	readonly after: {readonly Status: 'Suspended'};
};

/** One thing that a plan does, with what was there before and the very value that is written. */
export type PlannedOperation =
	CreateBucket | EnableVersioning | CreateRole | PutRolePolicy | PutBucketPolicy | PutReplication;

/** One thing that takes back what a run did. `before` is what is there now. */
export type UndoOperation =
	| RestoreReplication
	| RestoreBucketPolicy
	| DeleteRolePolicy
	| RestoreRolePolicy
	| DeleteRole
	| RestoreVersioning
	| DeleteObjects
	| DeleteBucket;

/** One thing that is done, planned, besides the plan, or to take a plan back. */
export type Operation = PlannedOperation | UndoOperation;

export type OperationKind = Operation['kind'];

/** What a run does, as data: serialisable, and what is shown is what is applied. */
export type Plan = {
	readonly schemaVersion: 1;
	readonly mode: Mode;
	readonly source: PlannedEnd;
	readonly destination: PlannedEnd;
	readonly roleName: string;
	readonly ruleId: string;
	readonly operations: readonly PlannedOperation[];
};

/** How many operations change something. */
export function changeCount(plan: Plan): number {
	return plan.operations.filter((operation) => operation.change !== 'keep').length;
}
