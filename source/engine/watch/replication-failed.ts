import {diagnoseStep} from '../../domain/watch/diagnose-step.js';
import {fixable, type Problem} from '../../domain/problem.js';

/** FAILED: S3 gives no reason with the status. Source: S3 User Guide, "Getting replication status information". */
export function replicationFailed(key: string, sourceBucket: string): Problem {
	return fixable(
		'replication-failed',
		`${key} was not replicated (status FAILED)`,
		'S3 gives no reason with the status. Most often the role lacks permissions, or the destination’s policy keeps it out.',
		[
			diagnoseStep(sourceBucket),
			'Look for a Deny in the bucket policies of source and destination.',
			'Fix the cause, then upload the file again: S3 does not retry a FAILED object.',
		],
	);
}
