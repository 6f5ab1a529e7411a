import {problemFrom} from '../../domain/problem.js';
import {rest} from './notifier.js';
import {createPace} from './destination-pace.js';
import {listArrivals} from './list-arrivals.js';
import {failureKind} from './request-gate.js';
import type {RunningWatch, WatchedEnd} from './running-watch.js';

/**
 * Looks for replicas at a destination, round after round, as long as any are missing. A destination that may not be listed is given up:
 * the source's status is all that is known of it then. Ends with the signal.
 */
export async function lookAtDestination(
	watch: RunningWatch,
	end: WatchedEnd,
	destination: number,
): Promise<void> {
	const {tracker, clock, emit, signal} = watch;
	const pace = createPace(clock.now());
	let wasIdle = true;
	while (!signal.aborted) {
		await watch.whilePaused();
		if (!tracker.isAnyMissing(destination)) {
			wasIdle = true;
			await rest(clock, undefined, [tracker.notifier], signal);
			continue;
		}

		if (wasIdle) {
			// Nothing arrives at the very moment of its upload.
			wasIdle = false;
			pace.wake(clock.now());
			await clock.wait(pace.afterRound(clock.now(), {arrived: 0, pages: 0, versions: 0}), signal);
		}

		try {
			const round = await listArrivals(watch, end, destination);
			tracker.setReachable(destination, true);
			await clock.wait(pace.afterRound(clock.now(), round), signal);
		} catch (error) {
			if (signal.aborted) throw error;
			const {code, kind} = problemFrom(error);
			if (kind === 'bug') throw error;
			if (code === 'not-allowed') {
				emit({type: 'destination-lost', bucket: end.reference.bucket, problem: problemFrom(error)});
				tracker.lose(destination);
				return;
			}

			end.gate.fail(error);
			// What the source calls FAILED does not arrive, whether this destination answers or not.
			if (failureKind(error) === 'final') tracker.setReachable(destination, false);
		}
	}
}
