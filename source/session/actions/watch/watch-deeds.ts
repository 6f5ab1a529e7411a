import type {Answers} from '../../../domain/answers/answers.js';
import type {Problem} from '../../../domain/problem.js';
import type {FoundReplication} from '../../../engine/watch/find-replication.js';
import type {ReportResult} from '../../report/write-report.js';
import type {WatchRequest} from './watch-request.js';

/** Sending test files, and following them and others'. */
export type WatchActions = {
	/** Uploads test files to the planned buckets and follows them. Gives whether it ended without a problem of its own. */
	readonly watchPlanned: (options: {
		readonly staysOpen: boolean;
		readonly resendsFailed?: boolean;
		readonly followsOthers: boolean;
		readonly fileCount: number;
		readonly fileSizeBytes: number;
	}) => Promise<boolean>;
	/** Finds where a bucket is replicated to, by its own rules, with profiles for the destinations' accounts. Throws what stands in the way. */
	readonly findReplication: (
		bucket: string,
		answers: Pick<Answers, 'sourceProfile' | 'sourceRegion'>,
		destinationProfiles: readonly string[],
		/** One rule alone, all by default; or one that has to take the test files. */
		rule?: {readonly ruleId?: string; readonly wantedRuleId?: string; readonly hasToBeEnabled?: boolean},
	) => Promise<FoundReplication>;
	/** The same for buckets that were replicated before. */
	readonly watch: (request: WatchRequest) => Promise<boolean>;
	/**
	 * Goes on with the last watch after it ended: what was not sent is sent, and what was is followed on. With what was found anew after a mend
	 * failed files are sent again.
	 */
	readonly watchAgain: (mended?: FoundReplication) => Promise<boolean>;
	/** Stops the watch, and goes to the plan that mends the first cause that one mends. Gives whether there is one. */
	readonly openMend: () => boolean;
	readonly uploadMore: (count: number) => void;
	/**
	 * Uploads a file of this machine and follows it like the test files, with which it is removed. Gives the problem that keeps it from
	 * being uploaded, or nothing.
	 *
	 * @param path as it is typed
	 */
	readonly uploadFile: (path: string) => Promise<Problem | undefined>;
	/** Keeps a watch from ending while somebody is about to name a file. */
	readonly holdWatch: (isHeld: boolean) => void;
	/** How long a watch that uploads nothing still lasts; nothing where it has no such end. */
	readonly timeLeftMs: () => number | undefined;
	/** Stops uploads and looks until the watch is resumed; nothing is lost meanwhile, but delays say little then. */
	readonly pauseWatching: () => void;
	readonly resumeWatching: () => void;
	/** Sends failed files again, as new versions: S3 does not try them again by itself. Others' files are left alone. */
	readonly resend: (objectIds: readonly string[]) => void;
	/** Deletes the versions of test files that this run uploaded, and their replicas. Gives whether all of it was done. */
	readonly cleanUp: (found: Pick<FoundReplication, 'source' | 'destinations'>) => Promise<boolean>;
	/** The same for the last watch, wherever it was. */
	readonly cleanUpWatched: () => Promise<boolean>;
	/** Writes the report of what was watched so far: Markdown, JSON and CSV, which their owner alone can read. */
	readonly writeReport: () => Promise<ReportResult>;
	/** Ends a watch at once; another one can be started after it. */
	readonly stopWatching: () => void;
};
