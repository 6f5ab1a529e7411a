import type {RunEvent} from '../../domain/event.js';
import type {Clock} from '../clock.js';

const tellMs = 60_000;

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
