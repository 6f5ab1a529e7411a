/** A value of CloudWatch's, and the beginning of its minute in milliseconds since 1970. */
export type MetricPoint = {readonly at: number; readonly value: number};

/** What CloudWatch says of a rule: the newest value of each metric; `null` where it has none of late. */
export type ReplicationMetrics = {
	readonly ruleId: string;
	/** The destination bucket. */
	readonly destination: string;
	/** How many operations failed within the span that was asked for. CloudWatch has no value where none did. */
	readonly failed: MetricPoint | null;
	readonly pendingOperations: MetricPoint | null;
	readonly pendingBytes: MetricPoint | null;
	readonly latencySeconds: MetricPoint | null;
};
