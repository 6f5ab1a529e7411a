import {setMaxListeners} from 'node:events';
import type {RunEvent} from '../../domain/event.js';
import {createChannel} from '../channel.js';
import {createMarkerSides, type MarkerSide} from './marker-sides.js';
import {watch} from './watch.js';
import type {WatchOptions} from './watch-options.js';
import {watchStarted} from './watch-started.js';

/**
 * Watches both directions of a two-way set-up at once, as one: what concerns a file of the way back carries `direction: 'back'`, and the
 * source comes after the destinations as one more of them. Over when both are; what ends one with a problem ends the other, and is thrown.
 */
export async function* watchBothWays(
	there: WatchOptions,
	back: WatchOptions,
): AsyncGenerator<RunEvent, void> {
	const channel = createChannel<RunEvent>();
	const stop = new AbortController();
	const signal = AbortSignal.any([there.signal, stop.signal]);
	setMaxListeners(0, signal);
	const started = watchStarted(there);
	yield {
		...started,
		destinations: [...started.destinations, ...watchStarted(back).destinations],
		isTwoWay: true,
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
	const sides = createMarkerSides(sideOf(there), sideOf(back));
	Promise.all([
		pass(withMarkers(there, sides.there), (event) => event),
		pass(withMarkers(back, sides.back), toldBack),
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

const sideOf = ({source, others}: WatchOptions) => ({
	bucket: source.reference.bucket,
	rules: others?.rules ?? [],
});

const withMarkers = (options: WatchOptions, markers: MarkerSide): WatchOptions =>
	options.others ? {...options, others: {...options.others, markers}} : options;

/** An event of the way back; both are paused together, which is said once. */
function toldBack(event: RunEvent): RunEvent | undefined {
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
			return {...event, direction: 'back'};
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
