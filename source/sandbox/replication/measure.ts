import {type ReplicationRule} from '@aws-sdk/client-s3';
import {tellsEvents} from '../notifications/notify-replication.js';
import {type Bucket} from '../world/bucket.js';
import {type MeasuredOperation, maxMeasuredOperations} from '../world/measured-operation.js';
import {type ObjectVersion} from '../world/object-version.js';
import {type World} from '../world/world.js';

/** Begins to count a copy for CloudWatch, if its rule has metrics (S3 User Guide, replication-metrics). */
export function measure(
	world: World,
	source: Bucket,
	{data}: ObjectVersion,
	destination: string,
	rule: ReplicationRule | undefined,
): MeasuredOperation | undefined {
	if (rule === undefined || !tellsEvents(rule)) return undefined;
	const measured: MeasuredOperation = {
		accountId: source.ownerAccountId,
		sourceBucket: source.name,
		destinationBucket: destination,
		ruleId: rule.ID ?? '',
		sourceRegion: source.region,
		destinationRegion: world.buckets.get(destination)?.region ?? source.region,
		sizeBytes: data?.body.sizeBytes ?? 0,
		requestedMs: world.clock.now(),
		finishedMs: undefined,
		hasFailed: false,
	};
	world.measuredOperations.push(measured);
	if (world.measuredOperations.length > maxMeasuredOperations) world.measuredOperations.shift();
	return measured;
}
