import {type FaultName, type ServiceName} from '../faults/fault-rule.js';

/** One finished request; times are milliseconds since 1970. */
export type RequestEntry = {
	readonly at: number;
	readonly service: ServiceName;
	readonly operation: string;
	/** `bucket/key`, the role, the key of KMS, or the queue. */
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
