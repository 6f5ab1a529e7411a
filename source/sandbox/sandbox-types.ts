import {type ReportColumns} from './batch/report.js';
import {type FaultRule} from './faults/fault-rule.js';
import {type AccessKey, type SandboxProfile} from './files/profile-files.js';
import {type RequestEntry} from './http/request-entry.js';
import {type ReplicationEntry} from './replication/tell-copy.js';
import {type Clock} from './world/clock.js';
import {type PartitionId} from './world/partition.js';

export type SandboxOptions = {
	/** 0: any free one. What stands where nothing is said, here and below: `sandboxDefaults`. */
	readonly port?: number;
	/** Whose ARNs, regions and host names it has. */
	readonly partition?: PartitionId;
	/** Added to every request. */
	readonly latencyMs?: number;
	/** The median. */
	readonly replicationDelayMs?: number;
	/** How long changes of IAM, bucket policies and versioning take to be seen. */
	readonly propagationDelayMs?: number;
	/** Same seed, same delays. */
	readonly seed?: number;
	/** How many objects a job of Batch Replication copies in a second. */
	readonly batchObjectsPerSecond?: number;
	/** In which order its reports have the error code and the HTTP status, on which AWS's pages disagree; `as-sample`: the status first. */
	readonly batchReportColumns?: ReportColumns;
	/** How many bytes all objects and uploads under way may have together. */
	readonly capBytes?: number;
	/** Where the config and credentials files are written; a new private folder. */
	readonly directory?: string;
	/** What goes wrong on purpose; nothing. */
	readonly faults?: readonly FaultRule[];
	readonly onRequest?: (entry: RequestEntry) => void;
	readonly onReplication?: (entry: ReplicationEntry) => void;
	readonly clock?: Clock;
};

export type Sandbox = {
	/** `http://127.0.0.1:PORT` */
	readonly endpointUrl: string;
	readonly configFile: string;
	readonly credentialsFile: string;
	readonly profiles: readonly SandboxProfile[];
	/** The last 10,000. */
	readonly requests: readonly RequestEntry[];
	readonly replications: readonly ReplicationEntry[];
	/** Whether a copy of its rules waits or is made: delete markers have no status that tells. */
	readonly isReplicating: () => boolean;
	/** Adds a user, opening its account if need be. Without a policy it is an administrator. */
	readonly addUser: (user: {
		readonly accountId: string;
		readonly userName: string;
		readonly policy?: object;
	}) => AccessKey;
	/** Gives credentials of a session of the profile's account that has expired, to try what a client makes of it. */
	readonly addExpiredSession: (accountId: string) => AccessKey & {readonly sessionToken: string};
	/** Lets other things go wrong from now on. */
	readonly setFaults: (rules: readonly FaultRule[]) => void;
	readonly close: () => Promise<void>;
};
