/**
 * Limits that more than one folder needs, or that a sentence tells. A sentence with a number is built from the entry (`spanText`), so
 * that the two cannot part. What the engine waits for stands in engine/waits.ts, what a request may take in aws/transport/transport-limits.ts.
 */
export const limits = {
	/** By how much a clock may be off. Source: S3 API Reference, "Error responses", RequestTimeTooSkewed. */
	clockSkewMs: 15 * 60_000,
	/** From here on the clock is worth a warning. */
	clockWarningMs: 5 * 60_000,
	/** Credentials are renewed so long before they expire: what is below that ends for good. */
	renewAheadMs: 5 * 60_000,
	/** Within what replication time control keeps most objects; S3 knows this threshold only. Source: S3 API Reference, ReplicationTimeValue. */
	timeControlMinutes: 15,
	/** What is younger may be on its way: S3 promises no time, and most objects take less. Source: S3 User Guide, "Replication time". */
	replicationLagMs: 15 * 60_000,
	/** A file that takes longer is shown as slow, unless 99 of 100 take longer. */
	minSlowMs: 2 * 60_000,
	/** How long test files are waited for, unless `--timeout` says otherwise: a sandbox copies in seconds. */
	testFilesSeconds: {aws: 900, sandbox: 60},
	/** How many more files a watch uploads when it is told to, unless a number was answered. */
	moreFiles: 5,
	/** Until S3 tells of failures after metrics went on. Source: S3 User Guide, "Using S3 Replication Time Control", metrics and events. */
	eventsAfterMetricsMs: 15 * 60_000,
	/**
	 * How often a job is asked for. Source: S3 User Guide, "Troubleshooting Batch Operations": at most every 30 seconds. An endpoint of
	 * one's own has no limits of AWS's, and a sandbox's job is over in seconds.
	 */
	jobPollSeconds: {aws: 30, elsewhere: 0.25},
	/** So many objects are listed to compare two buckets; beyond, S3 Inventory is the better way. */
	comparedObjects: 10_000_000,
	/** What is held in memory and sent in one request: a file of somebody's, a manifest. */
	inMemoryBytes: 256 * 1024 * 1024,
} as const;
