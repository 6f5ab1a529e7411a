import {type Clock} from './clock.js';
import {type FaultName, type FaultRule} from './faults/fault-rule.js';

/** One finished request; times are milliseconds since 1970. */
export type RequestEntry = {
	readonly at: number;
	readonly service: 's3' | 'iam' | 'sts';
	readonly operation: string;
	/** `bucket/key`, or the role. */
	readonly target?: string;
	readonly accountId?: string;
	readonly status: number;
	readonly errorCode?: string;
	readonly durationMs: number;
	readonly startedAt: number;
	readonly expectedBucketOwner?: string;
	readonly region: string;
	/** The fault it met on purpose; where the connection was reset, the status is 0. */
	readonly fault?: FaultName;
};

/** One finished copy of a version to one destination; the reasons are those of the S3 User Guide, replication-metrics-events. */
export type ReplicationEntry = {
	readonly bucket: string;
	readonly key: string;
	readonly versionId: string;
	readonly destination: string;
	readonly ruleId: string;
	readonly outcome: 'COMPLETED' | 'FAILED';
	readonly failureReason?: string;
};

export type SandboxProfile = {readonly name: string; readonly accountId: string; readonly region: string};

export type SandboxOptions = {
	/** 0: any free one. */
	readonly port?: number;
	/** Added to every request; 0. */
	readonly latencyMs?: number;
	/** The median; 1500. */
	readonly replicationDelayMs?: number;
	/** How long changes of IAM, bucket policies and versioning take to be seen; 0. */
	readonly propagationDelayMs?: number;
	/** Same seed, same delays; 1. */
	readonly seed?: number;
	/** How many bytes all objects and uploads under way may have together; 1 GiB. */
	readonly capBytes?: number;
	/** Where the config and credentials files are written; a new private folder. */
	readonly directory?: string;
	/** What goes wrong on purpose; nothing. */
	readonly faults?: readonly FaultRule[];
	readonly onRequest?: (entry: RequestEntry) => void;
	readonly onReplication?: (entry: ReplicationEntry) => void;
	readonly clock?: Clock;
};

export type AccessKey = {readonly accessKeyId: string; readonly secretAccessKey: string};

export type Sandbox = {
	/** `http://127.0.0.1:PORT` */
	readonly endpointUrl: string;
	readonly configFile: string;
	readonly credentialsFile: string;
	readonly profiles: readonly SandboxProfile[];
	/** The last 10,000. */
	readonly requests: readonly RequestEntry[];
	readonly replications: readonly ReplicationEntry[];
	/** Adds a user, opening its account if need be. Without a policy it is an administrator. */
	addUser(user: {readonly accountId: string; readonly userName: string; readonly policy?: object}): AccessKey;
	/** Gives credentials of a session of the profile's account that has expired, to try what a client makes of it. */
	addExpiredSession(accountId: string): AccessKey & {readonly sessionToken: string};
	/** Lets other things go wrong from now on. */
	setFaults(rules: readonly FaultRule[]): void;
	close(): Promise<void>;
};
