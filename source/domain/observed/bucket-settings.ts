/** Object Lock of a bucket. Source: S3 User Guide, "Locking objects with Object Lock". */
export type ObjectLock = {
	readonly isEnabled: boolean;
	/** The default retention, such as `GOVERNANCE, days: 30`. */
	readonly defaultRetention?: string;
	/** How long what is written now is kept by it. */
	readonly retentionMs?: number;
};

/** The default encryption of new objects. */
export type BucketEncryption = {
	/** `AES256`, `aws:kms` or `aws:kms:dsse`. */
	readonly algorithm: string;
	readonly keyId?: string;
	readonly usesBucketKey: boolean;
	/** Whether it refuses what is encrypted with a key of the client's (SSE-C); absent where S3 does not say. Source: S3 User Guide, "Blocking SSE-C". */
	readonly blocksCustomerKeys?: boolean;
};

/** Who pays for requests and transfer. */
export type RequestPayer = 'BucketOwner' | 'Requester';

/** Who owns new objects; a bucket without ownership controls works as `ObjectWriter` does. */
export type ObjectOwnership = 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter';

/** Block Public Access of a bucket, or of its account: what either has on counts. */
export type PublicAccessBlock = {
	readonly blocksPublicAcls: boolean;
	readonly ignoresPublicAcls: boolean;
	readonly blocksPublicPolicy: boolean;
	readonly restrictsPublicBuckets: boolean;
};
