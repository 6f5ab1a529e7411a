/** The step that finds out why files are FAILED: S3 gives no reason with the status. */
export function diagnoseStep(sourceBucket = 'BUCKET'): string {
	return `Run s3-replicate diagnose --source-bucket ${sourceBucket}: it names the cause, and --fix mends what a plan can mend.`;
}
