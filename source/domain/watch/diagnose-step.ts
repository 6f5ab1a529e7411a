/** The step that finds out why files are FAILED: S3 gives no reason with the status. */
export function diagnoseStep(sourceBucket: string): string {
	return `Run s3-replicate diagnose --source-bucket ${sourceBucket}: it names the cause, and --fix mends what a plan can mend.`;
}

/** The step that mends what a plan mends, once the cause is known. */
export function mendStep(sourceBucket: string): string {
	return `Run s3-replicate diagnose --source-bucket ${sourceBucket} --fix: it shows the mend and asks.`;
}
