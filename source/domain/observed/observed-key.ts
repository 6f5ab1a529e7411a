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

/** What is known of the key that a rule shall name. */
export type ObservedKey =
	| {readonly state: 'here'; readonly key: KeyDescription}
	/** With the aliases that are there, where they may be listed. */
	| {readonly state: 'absent'; readonly aliases: readonly string[]}
	/** Its ARN names another region than the destination bucket's: it was not asked for. */
	| {readonly state: 'elsewhere'}
	| {readonly state: 'unreadable'; readonly cause: string};
