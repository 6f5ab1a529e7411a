import {setMaxListeners} from 'node:events';
import type {RunEvent} from '../domain/event.js';
import {createChannel} from './channel.js';
import {followObjects} from './watch/follow-objects.js';
import {createTracker} from './watch/tracker.js';
import {uploadFiles} from './watch/upload-files.js';
import type {WatchOptions} from './watch/watch-options.js';

/**
 * Uploads test files and follows each at the source and at every destination until all have come to an end,
 * the time is over, or the signal fires. Throws the problem that makes going on pointless.
 */
export async function* watch(options: WatchOptions): AsyncGenerator<RunEvent, void> {
	const channel = createChannel<RunEvent>();
	const stop = new AbortController();
	// Every request under way listens to it; they are many on purpose.
	setMaxListeners(0, stop.signal);
	const onAbort = (): void => stop.abort();
	options.signal.addEventListener('abort', onAbort, {once: true});
	if (options.signal.aborted) stop.abort();

	channel.send({
		type: 'watch-started',
		sourceBucket: options.source.reference.bucket,
		sourceRegion: options.source.reference.region,
		sourceProfile: options.source.connection.profile,
		destinations: options.destinations.map(({bucket, watched}) => ({
			bucket,
			region: watched?.reference.region,
		})),
	});
	const emit = (event: RunEvent): void => channel.send(event);
	const running = {options, tracker: createTracker(options, emit), emit, signal: stop.signal};
	// When all is over the uploads end too: they wait for more wishes.
	const tasks = Promise.all([uploadFiles(running), followObjects(running).then(() => stop.abort())]);
	tasks.then(
		() => channel.close(),
		(error: unknown) => {
			// One task's failure ends the other; an end that was wished for is no failure.
			const wasWished = stop.signal.aborted;
			stop.abort();
			channel.close(wasWished ? undefined : error);
		},
	);
	try {
		yield* channel.read();
	} finally {
		stop.abort();
		options.signal.removeEventListener('abort', onAbort);
	}
}
