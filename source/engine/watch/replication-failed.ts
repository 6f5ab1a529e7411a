import {lookAtPlan} from '../../domain/plan/look-at-plan.js';
import {fixable, type Problem} from '../../domain/problem.js';

/** FAILED: S3 gives no reason with the status. Source: S3 User Guide, "Getting replication status information". */
export function replicationFailed(key: string): Problem {
	return fixable(
		'replication-failed',
		`Cannot replicate ${key}: S3 says FAILED`,
		'S3 gives no reason with the status. Most often the role may not read the source or write to the destination, or the bucket policy of the destination does not let it.',
		[
			lookAtPlan,
			'Look for a Deny in the bucket policies of source and destination.',
			'Send the file again when it is mended: S3 does not try a FAILED object again.',
		],
	);
}
