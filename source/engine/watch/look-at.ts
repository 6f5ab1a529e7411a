import type {Clock} from '../clock.js';
import {testFileBody} from '../../domain/test-file.js';
import type {RunningWatch} from './running-watch.js';
import type {TrackedObject} from './tracker.js';

const resendWithinMs = 120_000;
const resendLimit = 3;
const firstResendMs = 1000;

/** Asks about one version wherever something is still to come of it: the source for its status, each destination for the replica. */
export async function lookAt(object: TrackedObject, watch: RunningWatch): Promise<void> {
	const {options, tracker, signal} = watch;
	const {clock, source} = options;
	if (object.resendAt !== undefined) {
		await resendWhenDue(object, watch);
		return;
	}

	const destinations = options.destinations.flatMap(({watched}) => (watched ? [watched] : []));
	const looks = destinations
		.filter(({reference}) => !object.arrivals.get(reference.bucket)?.hasArrived)
		.map(async ({reference, connection}) => {
			const answer = await connection.objects.headVersion(reference, object, signal);
			tracker.destinationSeen(object, reference.bucket, answer.state === 'present', clock.now());
		});
	if (object.status !== 'COMPLETED' || destinations.length === 0) {
		looks.push(
			(async () => {
				const answer = await source.connection.objects.headVersion(source.reference, object, signal);
				if (answer.state === 'absent') tracker.vanish(object);
				else tracker.sourceSeen(object, answer.status, clock.now());
			})(),
		);
	}

	await Promise.all(looks);
	if (object.status !== 'FAILED' || object.isOver) return;
	if (mayResend(object, options.changedAt, clock))
		object.resendAt = clock.now() + firstResendMs * 2 ** object.resends;
	else tracker.fail(object);
}

/**
 * FAILED is final: S3 does not try again. Soon after a change of this run it most likely came too early, so the file is sent anew.
 * Source: S3 User Guide, "Getting replication status information"; IAM User Guide on changes that are not immediately visible.
 */
function mayResend(object: TrackedObject, changedAt: number | undefined, clock: Clock): boolean {
	const isEarly = changedAt !== undefined && clock.now() - changedAt < resendWithinMs;
	return object.isOurs && isEarly && object.resends < resendLimit;
}

/** Sends a file again as a new version, each time after a longer pause; the others are looked at meanwhile. */
async function resendWhenDue(
	object: TrackedObject,
	{options, tracker, emit, signal}: RunningWatch,
): Promise<void> {
	const {clock, source} = options;
	if (object.resendAt === undefined || clock.now() < object.resendAt) return;
	const {key, sizeBytes} = object;
	const file = {key, body: testFileBody(key, sizeBytes)};
	const {versionId} = await source.connection.objects.put(source.reference, file, signal);
	tracker.replace(object);
	const resends = object.resends + 1;
	tracker.track({key, versionId, sizeBytes, isOurs: true, uploadedAt: clock.now(), resends});
	emit({type: 'object-resent', key, versionId, replaces: object.versionId, sizeBytes});
}
