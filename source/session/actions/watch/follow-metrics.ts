import type {RunEvent} from '../../../domain/event.js';
import type {Clock} from '../../../engine/clock.js';
import {readMetrics} from '../../../engine/watch/read-metrics.js';
import type {WatchRequest} from './watch-request.js';

type FollowMetricsOptions = {
	readonly play: (events: AsyncGenerator<RunEvent, void>) => Promise<void>;
	readonly clock: Clock;
	readonly signal: AbortSignal;
};

/** Reads what CloudWatch says of the rules beside a watch. Gives the function that ends it. */
export function followMetrics(
	{metricRules = [], source, destinations}: WatchRequest,
	{play, clock, signal}: FollowMetricsOptions,
): () => Promise<void> {
	if (metricRules.length === 0) return async () => undefined;
	const end = new AbortController();
	const regions = new Map(
		destinations.flatMap(({bucket, watched}) =>
			watched ? [[bucket, watched.reference.region] as const] : [],
		),
	);
	const reading = AbortSignal.any([signal, end.signal]);
	const done = play(readMetrics({source, rules: metricRules, regions, clock, signal: reading}));
	// Awaited when the watch ends.
	done.catch(() => undefined);
	return async () => {
		end.abort();
		await done;
	};
}
