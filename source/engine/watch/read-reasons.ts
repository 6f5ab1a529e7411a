import type {Queues, QueueReference} from '../../aws/ports.js';
import type {RunEvent} from '../../domain/event.js';
import {problemFrom} from '../../domain/problem.js';
import {failureReasonsIn} from '../../domain/watch/failure-events.js';
import type {Clock} from '../clock.js';

const tellMs = 60_000;

/** How long SQS waits for a first message. Source: SQS Developer Guide, "Amazon SQS short and long polling". */
const pollSeconds = 20;
const retryMs = 5000;

/** A queue of this run's own: what is read is taken from everybody else. */
export type ReasonQueue = QueueReference;

type ReadReasonsOptions = {
	readonly queues: Queues;
	readonly queue: ReasonQueue;
	/** Whose events they are. */
	readonly bucket: string;
	readonly clock: Clock;
	/** Ends the reading at once; it ends in no other way. */
	readonly signal: AbortSignal;
};

/**
 * Reads the failure events of a bucket until the signal fires, and tells the reason of each version at each destination once: S3 sends
 * an event at least once, in any order. Requests that fail are told and made again. Never throws.
 */
export async function* readReasons(options: ReadReasonsOptions): AsyncGenerator<RunEvent, void> {
	const {queues, queue, bucket, clock, signal} = options;
	const told = new Set<string>();
	let isInTrouble = false;
	const name = queue.url.slice(queue.url.lastIndexOf('/') + 1);
	while (!signal.aborted) {
		try {
			const messages = await queues.receive(queue, pollSeconds, signal);
			if (isInTrouble) yield {type: 'requests-recovered', bucket: name};
			isInTrouble = false;
			for (const {body} of messages) {
				for (const found of failureReasonsIn(body, bucket)) {
					const said = JSON.stringify(found);
					if (told.has(said)) continue;
					told.add(said);
					yield {type: 'failure-reason-received', ...found};
				}
			}

			const handles = messages.map(({receiptHandle}) => receiptHandle);
			if (handles.length > 0) await queues.deleteMessages(queue, handles);
		} catch (error) {
			if (signal.aborted) return;
			const problem = problemFrom(error);
			yield {type: 'request-failed', bucket: name, problem, delayMs: retryMs, isFirst: !isInTrouble};
			isInTrouble = true;
			await clock.wait(retryMs, signal).catch(() => undefined);
		}
	}
}

/**
 * Waits until S3 tells of failures, and says each minute how long that may still take: what is written before may bring no event.
 * Ends early where the signal fires.
 */
export async function* awaitEvents(
	limitMs: number,
	{clock, signal}: {readonly clock: Clock; readonly signal: AbortSignal},
): AsyncGenerator<RunEvent, void> {
	const endsAt = clock.now() + limitMs;
	for (;;) {
		const remainingMs = endsAt - clock.now();
		if (remainingMs <= 0 || signal.aborted) return;
		yield {type: 'events-awaited', remainingMs};
		await clock.wait(Math.min(remainingMs, tellMs), signal).catch(() => undefined);
	}
}
