import {singleEndpoint} from '../../domain/endpoint/service-endpoints.js';
import {diagnoseStep} from '../../domain/answers/command-line.js';
import {fixable, type Problem} from '../../domain/problem.js';
import type {WatchOptions} from './watch-options.js';

/** FAILED: S3 gives no reason with the status. Source: S3 User Guide, "Getting replication status information". */
export function replicationFailed(
	key: string,
	{source, destinations}: Pick<WatchOptions, 'source' | 'destinations'>,
): Problem {
	const {profile, endpoints} = source.connection;
	const of = {
		...{bucket: source.reference.bucket, profile},
		destinationProfiles: destinations.flatMap(({watched}) => watched?.connection.profile ?? []),
	};
	return fixable(
		'replication-failed',
		`${key} was not replicated (status FAILED)`,
		'S3 gives no reason with the status. Most often the role lacks permissions, or the destination’s policy keeps it out.',
		[
			diagnoseStep(of, singleEndpoint([endpoints]) ?? null),
			'Look for a Deny in the bucket policies of source and destination.',
			'Fix the cause, then upload the file again: S3 does not retry a FAILED object.',
		],
	);
}
