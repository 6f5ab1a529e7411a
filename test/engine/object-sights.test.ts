import {describe, expect, test} from 'vitest';
import {failedDestinations, hasArrivedEverywhere} from '../../source/engine/watch/object-sights.js';
import {newTrackedObject, type TrackedObject} from '../../source/engine/watch/tracked-object.js';

const seen = {isObserved: true, isReachable: true};
const unseen = {isObserved: false, isReachable: true};
const gone = {isObserved: true, isReachable: false};

/** An object of which the source said FAILED 5 s after its upload. */
function failed(hasArrived: readonly boolean[], lookedAfterMs: readonly number[]): TrackedObject {
	const given = {key: 'k', versionId: 'v', sizeBytes: 1, isOurs: true, uploadedAt: 0, resends: 0};
	return {
		...newTrackedObject(given, hasArrived),
		status: 'FAILED',
		statusAfterMs: 5000,
		lookedAfterMs: [...lookedAfterMs],
	};
}

describe('a version that the source calls FAILED', () => {
	test.each([
		['has failed for the only destination at once', [false], [0], [seen], [0]],
		['has failed for the one that is left', [true, false], [0, 0], [seen, seen], [1]],
		[
			'may still be at either where both were looked at before',
			[false, false],
			[4000, 4000],
			[seen, seen],
			undefined,
		],
		[
			'may still be at the one that was looked at before',
			[false, false],
			[6000, 4000],
			[seen, seen],
			undefined,
		],
		[
			'has failed for both where both were looked at since',
			[false, false],
			[6000, 6000],
			[seen, seen],
			[0, 1],
		],
		[
			'is not waited for where a destination does not answer',
			[false, false],
			[6000, 0],
			[seen, gone],
			[0, 1],
		],
		['is not waited for where nobody can look', [false, false], [6000, 0], [seen, unseen], [0, 1]],
		['has failed nowhere where it has arrived everywhere', [true, true], [0, 0], [seen, seen], []],
	] as const)('%s', (_what, hasArrived, lookedAfterMs, sights, destinations) => {
		expect(failedDestinations(failed(hasArrived, lookedAfterMs), sights)).toEqual(destinations);
	});
});

test.each([
	[[true, true], [seen, seen], true],
	[[true, false], [seen, seen], false],
	[[true, false], [seen, unseen], true],
	[[false, false], [unseen, unseen], true],
] as const)('arrivals %j seen as %j are everywhere: %s', (hasArrived, sights, isEverywhere) => {
	expect(hasArrivedEverywhere(failed(hasArrived, [0, 0]), sights)).toBe(isEverywhere);
});
