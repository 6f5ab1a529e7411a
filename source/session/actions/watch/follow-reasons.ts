import {isWrong} from '../../../domain/diagnose/finding.js';
import type {Cause, RunEvent} from '../../../domain/event.js';
import type {FailureReason} from '../../../domain/failure-reason.js';
import type {Clock} from '../../../engine/clock.js';
import {createNotifier, rest} from '../../../engine/watch/notifier.js';
import {readReasons, type ReasonQueue} from '../../../engine/watch/read-reasons.js';
import {waits} from '../../../engine/waits.js';
import type {WatchedDestination} from '../../../engine/watch/watch-options.js';

/** Reads the reasons of failures beside a watch. */
type FollowedReasons = {
	/** Waits for the reasons of what has failed, as long as they may take; then ends the reading. */
	readonly settle: () => Promise<void>;
};

type FollowReasonsOptions = {
	readonly queue: ReasonQueue;
	readonly source: WatchedDestination;
	readonly play: (events: AsyncGenerator<RunEvent, void>) => Promise<void>;
	readonly emit: (event: RunEvent) => void;
	readonly onEvent: (listener: (event: RunEvent) => void) => () => void;
	readonly clock: Clock;
	readonly signal: AbortSignal;
};

/** Begins to read. What fails from now on is waited for. */
export function followReasons({
	queue,
	source: {connection, reference},
	play,
	emit,
	onEvent,
	clock,
	signal,
}: FollowReasonsOptions): FollowedReasons {
	const end = new AbortController();
	const reading = AbortSignal.any([signal, end.signal]);
	const notifier = createNotifier();
	const open = new Set<string>();
	const told = new Set<string>();
	const compare = createComparison(emit);
	const endListening = onEvent((event) => {
		compare(event);
		if (event.type !== 'object-failed' && event.type !== 'failure-reason-received') return;
		const {key, versionId} = event;
		if (versionId === null) return;
		const version = `${versionId} ${key}`;
		if (event.type === 'failure-reason-received') {
			told.add(version);
			open.delete(version);
			notifier.notify();
		} else if (!told.has(version)) open.add(version);
	});
	const done = play(
		readReasons({
			queues: connection.queues,
			queue,
			bucket: reference.bucket,
			clock,
			signal: reading,
		}),
	);
	return {
		async settle() {
			const endsAt = clock.now() + waits.reasonAfterFailure.limitMs;
			while (open.size > 0 && clock.now() < endsAt && !reading.aborted)
				await rest(clock, endsAt - clock.now(), [notifier], reading);
			endListening();
			end.abort();
			await done;
		},
	};
}

/** Says where S3's own reason is another than the one that was read from the set-up: its word counts. Each difference is told once. */
function createComparison(emit: (event: RunEvent) => void): (event: RunEvent) => void {
	let causes: readonly Cause[] = [];
	const received = new Map<string, FailureReason>();
	const told = new Set<string>();
	return (event) => {
		if (event.type === 'causes-seen') ({causes} = event);
		else if (event.type === 'failure-reason-received')
			received.set(`${event.destination} ${event.reason}`, event);
		else return;
		for (const {key, destination, reason} of received.values()) {
			const own = causes.filter(
				(cause) =>
					isWrong(cause) &&
					(cause.destination === null || cause.destination === destination) &&
					(cause.key === null || cause.key === key),
			);
			const [first] = own;
			const name = `${destination} ${reason} ${first?.reason ?? ''}`;
			if (!first || own.some((cause) => cause.reason === reason) || told.has(name)) continue;
			told.add(name);
			emit({type: 'reasons-differ', destination, reason, inferred: first.reason});
		}
	};
}
