/** A copy under a rule with metrics, as CloudWatch counts it. Times are milliseconds since 1970. */
export type MeasuredOperation = {
	readonly accountId: string;
	readonly sourceBucket: string;
	readonly destinationBucket: string;
	readonly ruleId: string;
	readonly sourceRegion: string;
	readonly destinationRegion: string;
	readonly sizeBytes: number;
	readonly requestedMs: number;
	/** Absent while it is pending. */
	finishedMs: number | undefined;
	hasFailed: boolean;
};

/** What is kept of them: more than anybody looks at. */
export const maxMeasuredOperations = 20_000;
