import type {Cause, RunEvent} from '../../domain/event.js';
import {problemFrom} from '../../domain/problem.js';
import type {createCauseTriggers} from './cause-triggers.js';
import {rest} from './notifier.js';
import type {RunningWatch} from './running-watch.js';
import type {WatchOptions} from './watch-options.js';

const firstPauseMs = 5000;
const longestPauseMs = 60_000;

type CauseSearch = {
	/** Whether a first look is wanted or goes on: a watch that ended before it would say less than it can. */
	readonly isBusy: boolean;
	/** Looks whenever it is worth it, until the signal fires. */
	readonly run: () => Promise<void>;
};

/**
 * Looks for what stands in the way of files: at once with the first that fails, then after pauses that grow as long as nothing has changed.
 * Each look reads the set-up once, however many files have failed; a cause is told once, and again after it was gone.
 */
export function createCauseSearch(
	{clock, signal, emit, whilePaused, source}: RunningWatch,
	look: NonNullable<WatchOptions['lookForCauses']>,
	triggers: ReturnType<typeof createCauseTriggers>,
): CauseSearch {
	let isLooking = false;
	let known = new Set<string>();

	/** Gives whether anything is news. */
	function tell(causes: readonly Cause[]): boolean {
		const names = causes.map(nameOf);
		const isNews = names.length !== known.size || names.some((name) => !known.has(name));
		for (const [index, cause] of causes.entries()) {
			if (!known.has(names[index] ?? '')) emit({type: 'cause-found', ...cause} satisfies RunEvent);
		}

		if (isNews) emit({type: 'causes-seen', sourceBucket: source.reference.bucket, causes});
		known = new Set(names);
		return isNews;
	}

	async function lookOnce(): Promise<boolean> {
		isLooking = true;
		try {
			return tell(await look(triggers.take(), signal));
		} catch (error) {
			// What keeps the set-up from being read is told by the watch's own requests, or by the next look.
			if (signal.aborted || problemFrom(error).kind === 'bug') throw error;
			return false;
		} finally {
			isLooking = false;
		}
	}

	return {
		get isBusy() {
			return isLooking || (triggers.isWanted && triggers.isFirst);
		},
		async run() {
			let pauseMs = firstPauseMs;
			while (!signal.aborted) {
				await whilePaused();
				if (!triggers.isWanted) {
					await rest(clock, undefined, [triggers.notifier], signal);
					continue;
				}

				pauseMs = (await lookOnce()) ? firstPauseMs : Math.min(longestPauseMs, pauseMs * 2);
				await rest(clock, pauseMs, [], signal);
			}
		},
	};
}

/** Evidence that differs is another cause: the same one may stand in another statement. */
function nameOf({ruleId, destination, key, reason, evidence}: Cause): string {
	return JSON.stringify([ruleId, destination, key, reason, evidence]);
}
