import type {ReplicationRule} from '../rule/replication-configuration.js';

/** What is known of an end that is somebody else's, besides its account. */
export type OthersEnd = {
	readonly partition: string;
	/** Where the bucket is, as far as somebody has said. */
	readonly region?: string;
	/** The role that S3 assumes for the bucket's rules, where it is there or told. */
	readonly roleArn?: string;
	/** Of a source: its rules that replicate to the other end. */
	readonly rules?: readonly ReplicationRule[];
	readonly isLocked?: boolean;
	/** Whether it has not said that it is ready: the rule that leads there waits. */
	readonly isWaitedFor?: boolean;
};
