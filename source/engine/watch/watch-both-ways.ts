import {setMaxListeners} from 'node:events';
import type {RunEvent} from '../../domain/event.js';
import {createChannel} from '../channel.js';
import {createMarkerSides, type MarkerSide} from './marker-sides.js';
import {watch} from './watch.js';
import type {WatchOptions} from './watch-options.js';
import {watchStarted} from './watch-started.js';

/**
 * Watches both directions at once, as one: what concerns a file of a way back carries `direction: 'back'` and the bucket it comes from, and
 * the source comes after the destinations as one more of them. Over when all are; what ends one with a problem ends the others, and is thrown.
 *
 * @param back one for each destination that leads back, at least one
 */
export async function* watchBothWays(
	there: WatchOptions,
	back: readonly WatchOptions[],
): AsyncGenerator<RunEvent, void> {
	const channel = createChannel<RunEvent>();
	const stop = new AbortController();
	const signal = AbortSignal.any([there.signal, stop.signal]);
	setMaxListeners(0, signal);
	const started = watchStarted(there);
	yield {
		...started,
		// All of them lead to the source.
		destinations: [
			...started.destinations,
			...back.slice(0, 1).flatMap((one) => watchStarted(one).destinations),
		],
		homes: back.map(bucketOf),
	};
	const pass = async (
		options: WatchOptions,
		told: (event: RunEvent) => RunEvent | undefined,
	): Promise<void> => {
		for await (const event of watch({...options, signal})) {
			const one = event.type === 'watch-started' ? undefined : told(event);
			if (one) channel.send(one);
		}
	};
	const sides = createMarkerSides(sideOf(there), back.map(sideOf));
	Promise.all([
		pass(withMarkers(there, sides.there), (event) => event),
		...back.map(async (one, index) =>
			pass(withMarkers(one, sides.back[index]), (event) => toldBack(event, bucketOf(one))),
		),
	]).then(
		() => channel.close(),
		(error: unknown) => {
			stop.abort();
			channel.close(error);
		},
	);
	try {
		yield* channel.read();
	} finally {
		stop.abort();
	}
}

const bucketOf = ({source}: WatchOptions): string => source.reference.bucket;

const sideOf = ({source, others}: WatchOptions) => ({
	bucket: source.reference.bucket,
	rules: others?.rules ?? [],
});

const withMarkers = (options: WatchOptions, markers: MarkerSide | undefined): WatchOptions =>
	options.others ? {...options, others: {...options.others, markers}} : options;

/** An event of a way back; all are paused together, which is said once. */
function toldBack(event: RunEvent, from: string): RunEvent | undefined {
	switch (event.type) {
		case 'upload-started':
		case 'object-uploaded':
		case 'object-resent':
		case 'object-replicated':
		case 'object-failed':
		case 'object-unseen':
		case 'object-unmatched':
		case 'object-deleted-at-source':
		case 'delete-marker-found':
		case 'delete-marker-replicated':
		case 'status-seen': {
			return {...event, direction: 'back', from};
		}

		case 'watch-paused':
		case 'watch-resumed': {
			return undefined;
		}

		default: {
			return event;
		}
	}
}
