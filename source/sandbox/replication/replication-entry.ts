import {type ReplicationEventName} from '../notifications/notify-replication.js';

/** One finished copy of a version to one destination, or one that S3 RTC should have finished; the reasons are those of the S3 User Guide, replication-metrics-events. */
export type ReplicationEntry = {
	readonly bucket: string;
	readonly key: string;
	readonly versionId: string;
	readonly destination: string;
	readonly ruleId: string;
	readonly outcome: 'COMPLETED' | 'FAILED' | 'PENDING';
	/** The event that S3 tells of it, where the rule has metrics. */
	readonly event?: ReplicationEventName;
	readonly failureReason?: string;
};
