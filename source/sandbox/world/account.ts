import {type Propagating} from './propagating.js';

export type Tag = {readonly Key: string; readonly Value: string};

/** Inline policies by name, as JSON text. */
export type InlinePolicies = ReadonlyMap<string, string>;

export type User = {
	readonly kind: 'user';
	readonly accountId: string;
	readonly userName: string;
	readonly userId: string;
	readonly arn: string;
	readonly policies: Propagating<InlinePolicies>;
};

export type Role = {
	readonly kind: 'role';
	readonly accountId: string;
	readonly roleName: string;
	readonly roleId: string;
	readonly path: string;
	readonly arn: string;
	readonly createdMs: number;
	/** From then on others than IAM itself can see it. */
	readonly seenFromMs: number;
	readonly description: string | undefined;
	readonly maxSessionDurationSeconds: number;
	readonly tags: readonly Tag[];
	readonly trustPolicy: Propagating<string>;
	readonly policies: Propagating<InlinePolicies>;
};

export type Account = {
	readonly accountId: string;
	readonly canonicalUserId: string;
	readonly users: Map<string, User>;
	/** By lower-case name: role names are unique without regard to case (IAM User Guide, reference_iam-quotas). */
	readonly roles: Map<string, Role>;
};
