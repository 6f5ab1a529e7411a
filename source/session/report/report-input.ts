import type {Problem} from '../../domain/problem.js';
import type {WatchStore} from '../watch/watch-store.js';

/** What a report is made from. */
export type ReportInput = {
	readonly runId: string;
	/** Milliseconds since 1970: when it is made. */
	readonly nowMs: number;
	readonly watch: WatchStore;
	/** What went wrong with the watch as a whole. */
	readonly problem: Problem | undefined;
};

/** A moment in UTC; empty where there is none. */
export function timeText(ms: number | undefined): string {
	return ms === undefined ? '' : new Date(ms).toISOString();
}
