import {setTimeout as delay} from 'node:timers/promises';

/** A guard against a test that hangs, never a measure: a busy machine must not fail one. Shorter than Vitest's own, which says less. */
export const hangsAfterMs = 240_000;

type UntilOptions = {
	/** How long to wait before giving up; only for what is to be given up. */
	readonly timeoutMs?: number;
	/** Time between two looks. */
	readonly intervalMs?: number;
	/** What to say when it never came true; called then. */
	readonly describe?: () => string;
};

/**
 * Waits until `check` gives something truthy and returns it. A check that throws counts as "not yet"; its last error is
 * the cause of the failure.
 *
 * @throws Error when the time is over
 */
export const until = async <T>(
	check: () => T | Promise<T>,
	{timeoutMs = hangsAfterMs, intervalMs = 10, describe}: UntilOptions = {},
): Promise<NonNullable<T>> => {
	const deadlineMs = performance.now() + timeoutMs;
	let cause: unknown;
	for (;;) {
		try {
			const value = await check();
			if (value) return value;
			cause = undefined;
		} catch (error) {
			cause = error;
		}

		if (performance.now() > deadlineMs) {
			throw new Error(describe?.() ?? `The condition did not come true within ${timeoutMs} ms`, {cause});
		}

		await delay(intervalMs);
	}
};
