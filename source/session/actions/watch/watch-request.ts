import type {
	ReplicationConfiguration,
	ReplicationRule,
} from '../../../domain/rule/replication-configuration.js';
import type {Problem} from '../../../domain/problem.js';
import type {MetricRule} from '../../../engine/watch/read-metrics.js';
import type {ReasonQueue} from '../../../engine/watch/read-reasons.js';
import type {FollowedDestination, WatchedDestination} from '../../../engine/watch/watch-options.js';

/** What shall be uploaded and followed, and where. */
export type WatchRequest = {
	/** Whether the watch goes on when every file has come to its end, until `stopWatching`. */
	readonly staysOpen: boolean;
	/** Whether it goes on, too, when all that did not arrive has failed: somebody is there to look at it, and to send it again. */
	readonly staysForFailed?: boolean;
	/** Whether files that failed in an earlier watch of the same buckets are sent again. */
	readonly resendsFailed?: boolean;
	readonly followsOthers: boolean;
	/** Only others' files below this prefix appear; all by default. */
	readonly followPrefix?: string;
	/** How long others' files are waited for where nothing is uploaded. */
	readonly followMs?: number;
	/** How many files are sent there, besides those of earlier watches of this run. */
	readonly fileCount: number;
	readonly ratePerSecond?: number;
	readonly fileSizeBytes: number;
	/** What the files have to begin with, and their tags, for the rules to take them; nothing by default. */
	readonly rulePrefix?: string;
	readonly tags?: Readonly<Record<string, string>>;
	/** The destinations, which are in sight, from which files go to the source as well, and are followed there. */
	readonly homes?: readonly string[];
	/** Those of them from which files are asked for: of the others the watch goes on where nothing may be written to one. */
	readonly askedHomes?: readonly string[];
	/** How many are sent there and on each way back, where that is not `fileCount` each. */
	readonly fileCounts?: readonly number[];
	/** Destinations that the files do not reach; to be told. */
	readonly leftOut?: readonly string[];
	/** Profiles that see no destination; to be told. */
	readonly blindProfiles?: readonly string[];
	/** Whether a check has told of Object Lock already; else it is read before anything is sent. */
	readonly isChecked?: boolean;
	/** The rules whose metrics are read; none by default. */
	readonly metricRules?: readonly MetricRule[];
	/** The queue of this run where S3 tells why objects fail. */
	readonly reasons?: ReasonQueue;
	/** Why S3 is not asked for its reasons, though that was wanted; to be told. */
	readonly reasonsLeftOut?: Problem;
	/** The rules that there were before: what is lost of them can be set up again. */
	readonly before?: ReplicationConfiguration;
	/** The rules of each way back, in the order of `homes`: they say what becomes of delete markers there. */
	readonly rulesBack?: ReadonlyArray<readonly ReplicationRule[]>;
	readonly source: WatchedDestination;
	readonly destinations: readonly FollowedDestination[];
};
