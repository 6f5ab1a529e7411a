import {type Tag as KmsTag} from '@aws-sdk/client-kms';
import {type Propagating} from './propagating.js';
import {type ResourcePolicy} from './resource-policy.js';

/** A symmetric key of KMS. */
export type KmsKey = {
	readonly keyId: string;
	readonly arn: string;
	readonly accountId: string;
	readonly region: string;
	readonly createdMs: number;
	/** AWS: made by a service for the account, which can use it and not change it. */
	readonly manager: 'AWS' | 'CUSTOMER';
	/** What it encrypts with; it never leaves the sandbox. */
	readonly material: Buffer;
	/** 64 hexadecimal digits. */
	readonly materialId: string;
	readonly policy: Propagating<ResourcePolicy>;
	description: string;
	isEnabled: boolean;
	/** When it will be gone, where its deletion is scheduled. */
	deletion: {readonly atMs: number} | undefined;
	tags: readonly KmsTag[];
	/** Days between rotations of its material, where they are turned on. Nothing here lives long enough for one. */
	rotation: {readonly periodDays: number; readonly sinceMs: number} | undefined;
};

/** Another name of a key of the same account and region. */
export type KmsAlias = {
	/** With `alias/` before it. */
	readonly name: string;
	readonly arn: string;
	readonly accountId: string;
	readonly region: string;
	readonly createdMs: number;
	updatedMs: number;
	targetKeyId: string;
};
