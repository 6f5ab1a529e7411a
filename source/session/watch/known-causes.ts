import {isWrong} from '../../domain/diagnose/finding.js';
import type {Cause} from '../../domain/event.js';

/** What was found to stand in the way of files. */
export type KnownCauses = {
	/** What does so now, what is certain first. */
	readonly now: readonly Cause[];
	/** Another look has been taken. */
	readonly see: (sourceBucket: string, causes: readonly Cause[]) => void;
	/** What stands in the way now is not known any longer. */
	readonly forget: () => void;
	/** Why an object is missing at some destinations: by what is known now, else by what was found last. */
	readonly of: (key: string, missingAt: readonly string[]) => Cause | undefined;
};

export function createKnownCauses(): KnownCauses {
	let now: readonly Cause[] = [];
	/** Of two ways each has its own. */
	const bySource = new Map<string, readonly Cause[]>();
	/** Files that failed keep their reason when it has been mended. */
	let last: readonly Cause[] = [];
	return {
		get now() {
			return now;
		},
		see(sourceBucket, causes) {
			bySource.set(sourceBucket, causes);
			now = [...bySource.values()].flat();
			if (now.some(isWrong)) last = now;
		},
		forget() {
			bySource.clear();
			now = [];
		},
		of(key, missingAt) {
			const isAbout = (cause: Cause): boolean =>
				isWrong(cause) &&
				(cause.key === null || cause.key === key) &&
				(cause.destination === null || missingAt.includes(cause.destination));
			return now.find(isAbout) ?? last.find(isAbout);
		},
	};
}
