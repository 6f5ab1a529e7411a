import type {ObjectLock} from './bucket-settings.js';
import {utcText} from '../text/utc-text.js';

/** A bucket whose default retention keeps what a watch uploads. */
export type KeptFiles = {
	readonly bucket: string;
	/** Such as `GOVERNANCE, days: 30`. */
	readonly defaultRetention: string;
	/** Until when nothing that is written now can be deleted; milliseconds since 1970. */
	readonly untilMs: number;
	/** The replicas in this bucket alone are kept, not the files at the source. */
	readonly isReplica?: boolean;
};

type LockedBucket = {readonly bucket: string; readonly lock: ObjectLock | undefined};

/**
 * Where test files are kept by a default retention: the source's goes with each replica, else a destination's holds there. Nothing where no
 * retention was read. Source: S3 User Guide, "What does Amazon S3 replicate?" and "Locking objects with Object Lock".
 */
export function keptFiles(
	source: LockedBucket,
	destinations: readonly LockedBucket[],
	nowMs: number,
): readonly KeptFiles[] {
	const keptIn = ({bucket, lock}: LockedBucket, isReplica: boolean): readonly KeptFiles[] => {
		const {defaultRetention = '', retentionMs} = lock ?? {};
		return retentionMs === undefined
			? []
			: [{bucket, defaultRetention, untilMs: nowMs + retentionMs, ...(isReplica ? {isReplica} : {})}];
	};
	const atSource = keptIn(source, false);
	return atSource.length > 0 ? atSource : destinations.flatMap((one) => keptIn(one, true));
}

/** The same in words, with the date: `Test files stay locked until 2027-01-01 00:00 UTC …`. */
export function keptFilesText({bucket, defaultRetention, untilMs, isReplica = false}: KeptFiles): string {
	const until = utcText(untilMs);
	const what = isReplica ? 'Replicas' : 'Test files and their replicas';
	return `${what} stay locked until ${until}: ${bucket} has the default retention ${defaultRetention}`;
}
