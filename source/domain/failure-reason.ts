/** Why S3 could not replicate a version to a destination, in its own word. */
export type FailureReason = {
	readonly key: string;
	readonly versionId: string | null;
	/** The destination bucket. */
	readonly destination: string;
	readonly ruleId: string;
	/** Such as `DstPutObjectNotPermitted`. */
	readonly reason: string;
	/** What S3 tried, such as `OBJECT_PUT`. */
	readonly operation: string;
};
