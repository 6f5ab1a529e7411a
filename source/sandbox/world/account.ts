import {type PublicAccessBlockConfiguration} from '@aws-sdk/client-s3';
import {type Propagating} from './propagating.js';

export type Tag = {readonly Key: string; readonly Value: string};

/** Inline policies by name, as JSON text. */
export type InlinePolicies = ReadonlyMap<string, string>;

/** What users, roles and groups have in common: the policies that say what may be done. */
export type PolicyHolder = {
	readonly policies: Propagating<InlinePolicies>;
	/** ARNs of managed policies, in the order of their attachment. */
	readonly attached: Propagating<readonly string[]>;
};

/** Those of them that requests come from. */
export type BoundedHolder = PolicyHolder & {
	/** The ARN of the managed policy that caps the others. */
	readonly boundaryArn: Propagating<string | undefined>;
};

export type User = BoundedHolder & {
	readonly kind: 'user';
	readonly accountId: string;
	readonly userName: string;
	readonly userId: string;
	readonly path: string;
	readonly arn: string;
	readonly createdMs: number;
	tags: readonly Tag[];
};

/** Users who have its policies beside their own. UpdateGroup gives it another name, path and so ARN. */
export type Group = PolicyHolder & {
	readonly kind: 'group';
	readonly accountId: string;
	readonly groupId: string;
	readonly createdMs: number;
	groupName: string;
	path: string;
	arn: string;
	readonly members: Propagating<readonly User[]>;
};

export type PolicyVersion = {readonly versionId: string; readonly text: string; readonly createdMs: number};

/** A policy that stands by itself and is attached to users, groups and roles. */
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

export type Role = BoundedHolder & {
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

/** Somebody whose tokens the account takes for AssumeRoleWithWebIdentity. */
export type OidcProvider = {
	readonly arn: string;
	readonly accountId: string;
	/** As tokens name it, with its scheme. */
	readonly issuer: string;
	/** The same without the scheme: how IAM tells it, and how condition keys begin. */
	readonly url: string;
	readonly createdMs: number;
	clientIds: readonly string[];
	/** SHA-1 of certificates, in lower-case hexadecimal digits. */
	thumbprints: readonly string[];
	tags: readonly Tag[];
};

export type Account = {
	readonly accountId: string;
	readonly canonicalUserId: string;
	readonly users: Map<string, User>;
	/** By lower-case name: role names are unique without regard to case (IAM User Guide, reference_iam-quotas). */
	readonly roles: Map<string, Role>;
	/** By lower-case name. */
	readonly groups: Map<string, Group>;
	/** By lower-case name. */
	readonly managedPolicies: Map<string, ManagedPolicy>;
	/** By ARN. */
	readonly oidcProviders: Map<string, OidcProvider>;
	/** By serial number, which is their ARN. */
	readonly mfaDevices: Map<string, MfaDevice>;
	/** Block Public Access of all its buckets. */
	publicAccessBlock: PublicAccessBlockConfiguration | undefined;
};
