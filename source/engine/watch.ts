import {setMaxListeners} from 'node:events';
import type {BucketReference, Connection} from '../aws/ports.js';
import type {RunEvent} from '../domain/event.js';
import {createChannel} from './channel.js';
import type {Clock} from './clock.js';
import {followObjects} from './watch/follow-objects.js';
import {createTracker} from './watch/tracker.js';
import {uploadFiles} from './watch/upload-files.js';

/** A destination whose replicas can be looked at. */
export type WatchedDestination = {readonly reference: BucketReference; readonly connection: Connection};

/** A person's wishes while a watch goes on. */
export type WatchControl = {
	/** Asked again after every round: how many files shall be uploaded in all. */
	readonly filesWanted: () => number;
	/** Whether the watch goes on when every file has come to its end. */
	readonly staysOpen: () => boolean;
	/** Resolves as soon as a wish has changed. */
	readonly changed: (signal: AbortSignal) => Promise<void>;
};

export type WatchOptions = {
	readonly runId: string;
	readonly source: WatchedDestination;
	/** The destination buckets of the rules; one without a connection is seen through the source's status alone. */
	readonly destinations: ReadonlyArray<{readonly bucket: string; readonly watched?: WatchedDestination}>;
	readonly fileSizeBytes: number;
	readonly control: WatchControl;
	/** Whether role or policy are new: then the first file goes alone. */
	readonly isSetupNew: boolean;
	/** When this run last wrote a role, policy or versioning; a file that fails soon after is sent again. */
	readonly changedAt?: number;
	/** Whether files that others write appear in the list as well. */
	readonly followsOthers: boolean;
	/** How long to wait for the files, from the start of the watch. */
	readonly timeoutMs?: number;
	readonly clock: Clock;
	/** Ends the watch at once. */
	readonly signal: AbortSignal;
};

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
	const tracker = createTracker(options, (event) => channel.send(event));
	const tasks = Promise.all([
		uploadFiles(options, tracker, (event) => channel.send(event), stop.signal),
		followObjects(options, tracker, (event) => channel.send(event), stop),
	]);
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
