/** One finished copy of a version to one destination; the reasons are those of the S3 User Guide, replication-metrics-events. */
export type ReplicationEntry = {
	readonly bucket: string;
	readonly key: string;
	readonly versionId: string;
	readonly destination: string;
	readonly ruleId: string;
	readonly outcome: 'COMPLETED' | 'FAILED';
	readonly failureReason?: string;
};
