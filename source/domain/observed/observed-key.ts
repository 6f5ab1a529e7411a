import type {PolicyDocument} from '../../policy/document.js';

/** A key of KMS, as DescribeKey tells it. Source: KMS API Reference, KeyMetadata. */
export type KeyDescription = {
	/** The key's own, never an alias's. */
	readonly arn: string;
	readonly accountId: string;
	/** `Enabled`, `Disabled`, `PendingDeletion` …. */
	readonly state: string;
	/** `AWS`: such as `aws/s3`, whose policy nobody can change. */
	readonly manager: 'AWS' | 'CUSTOMER';
	/** `SYMMETRIC_DEFAULT` is what S3 takes. */
	readonly spec: string;
};

/** A key's policy, or why it may not be read. */
export type KeyPolicy =
	| {readonly state: 'read'; readonly document: PolicyDocument}
	| {readonly state: 'unreadable'; readonly cause: string};

/** What is known of the key that a rule shall name. */
export type ObservedKey =
	| {
			readonly state: 'existing';
			readonly key: KeyDescription;
			readonly policy?: KeyPolicy;
	  }
	/** With the aliases that are there, where they may be listed. */
	| {readonly state: 'absent'; readonly aliases: readonly string[]}
	/** Its ARN names another region than the destination bucket's: it was not asked for. */
	| {readonly state: 'elsewhere'}
	| {readonly state: 'unreadable'; readonly cause: string};
