/** The step that finds out why a file is FAILED: S3 gives no reason, and the plan shows what replication lacks. */
export const lookAtPlan =
	'Run s3-replicate plan for these buckets (--mode, --source-bucket, --destination-bucket): it shows what differs from what replication needs.';
