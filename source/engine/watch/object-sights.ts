import type {TrackedObject} from './tracked-object.js';

/** How a destination can be seen. */
export type Sight = {
	/** Whether replicas are looked for there. */
	isObserved: boolean;
	/** Whether it answers. */
	isReachable: boolean;
};

/** Whether an object has been seen wherever replicas are looked for. */
export function hasArrivedEverywhere({hasArrived}: TrackedObject, sights: readonly Sight[]): boolean {
	return sights.every(({isObserved}, index) => !isObserved || hasArrived[index]);
}

/** Whether it was looked for at a destination in vain after the source had said its last word. */
export function isConfirmedMissing(
	{status, statusAfterMs, lookedAfterMs}: TrackedObject,
	destination: number,
): boolean {
	return status !== undefined && (lookedAfterMs[destination] ?? 0) > statusAfterMs;
}

/**
 * The destinations that a version has failed for, nothing as long as that is not certain. FAILED is final at the source, and says nothing
 * of which destination it is: what has not arrived by then never will.
 * Source: S3 User Guide, "Getting replication status information".
 */
export function failedDestinations(
	object: TrackedObject,
	sights: readonly Sight[],
): readonly number[] | undefined {
	if (object.status !== 'FAILED') return undefined;
	const missing = [...sights.keys()].filter((index) => !object.hasArrived[index]);
	const isCertain =
		missing.length <= 1 ||
		missing.every((index) => {
			const sight = sights[index];
			return !sight?.isObserved || !sight.isReachable || isConfirmedMissing(object, index);
		});
	return isCertain ? missing : undefined;
}
