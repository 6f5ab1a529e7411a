import {type Propagating} from './propagating.js';

export type Tag = {readonly Key: string; readonly Value: string};

/** Inline policies by name, as JSON text. */
export type InlinePolicies = ReadonlyMap<string, string>;

/** What users and roles have in common: the policies that say what they may do. */
export type PolicyHolder = {
	readonly policies: Propagating<InlinePolicies>;
	/** ARNs of managed policies, in the order of their attachment. */
	readonly attached: Propagating<readonly string[]>;
	/** The ARN of the managed policy that caps the others. */
	readonly boundaryArn: Propagating<string | undefined>;
};

export type User = PolicyHolder & {
	readonly kind: 'user';
	readonly accountId: string;
	readonly userName: string;
	readonly userId: string;
	readonly path: string;
	readonly arn: string;
	readonly createdMs: number;
	tags: readonly Tag[];
};

export type PolicyVersion = {readonly versionId: string; readonly text: string; readonly createdMs: number};

/** A policy that stands by itself and is attached to users and roles. */
export type ManagedPolicy = {
	readonly policyName: string;
	readonly policyId: string;
	readonly path: string;
	readonly arn: string;
	readonly description: string | undefined;
	readonly createdMs: number;
	tags: readonly Tag[];
	/** Newest first. */
	versions: readonly PolicyVersion[];
	defaultVersionId: string;
	nextVersion: number;
	/** The text of the default version. */
	readonly document: Propagating<string>;
};

export type Role = PolicyHolder & {
	readonly kind: 'role';
	readonly accountId: string;
	readonly roleName: string;
	readonly roleId: string;
	readonly path: string;
	readonly arn: string;
	readonly createdMs: number;
	/** From then on others than IAM itself can see it. */
	readonly seenFromMs: number;
	description: string | undefined;
	maxSessionDurationSeconds: number;
	tags: readonly Tag[];
	readonly trustPolicy: Propagating<string>;
};

/** A virtual device that shows codes: the sandbox keeps the seed that an authenticator app was given. */
export type MfaDevice = {
	/** Its ARN: virtual devices have no other serial number (IAM API reference, EnableMFADevice). */
	readonly serialNumber: string;
	readonly seed: Buffer;
	/** Whose it is, from EnableMFADevice to DeactivateMFADevice. */
	assigned: {readonly user: User; readonly enabledMs: number} | undefined;
	/** The time step of the newest code that was taken: it and older ones are worth nothing any more. */
	usedStep: number;
};

export type Account = {
	readonly accountId: string;
	readonly canonicalUserId: string;
	readonly users: Map<string, User>;
	/** By lower-case name: role names are unique without regard to case (IAM User Guide, reference_iam-quotas). */
	readonly roles: Map<string, Role>;
	/** By lower-case name. */
	readonly managedPolicies: Map<string, ManagedPolicy>;
	/** By serial number, which is their ARN. */
	readonly mfaDevices: Map<string, MfaDevice>;
};
