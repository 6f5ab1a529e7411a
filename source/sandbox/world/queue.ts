import {type MessageAttributeValue} from '@aws-sdk/client-sqs';
import {type Propagating} from './propagating.js';
import {type ResourcePolicy} from './resource-policy.js';

/** A message that lies in a queue. Times are milliseconds since 1970. */
export type QueueMessage = {
	readonly messageId: string;
	readonly body: string;
	readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
	/** AWSTraceHeader, the one that senders may give. */
	readonly traceHeader: string | undefined;
	readonly senderId: string;
	readonly sentMs: number;
	/** Nobody gets it before. */
	visibleFromMs: number;
	receivedCount: number;
	firstReceivedMs: number | undefined;
};

/** A standard queue of SQS. */
export type Queue = {
	readonly name: string;
	readonly arn: string;
	readonly accountId: string;
	readonly region: string;
	readonly createdMs: number;
	modifiedMs: number;
	/** Those that were set, as they were set; the policy apart. */
	readonly attributes: Map<string, string>;
	readonly policy: Propagating<ResourcePolicy | undefined>;
	tags: ReadonlyMap<string, string>;
	/** In the order in which they were sent. */
	readonly messages: QueueMessage[];
	purgedMs: number | undefined;
	isDeleted: boolean;
	/** Who waits for a message; each is called once, when one comes or the queue goes. */
	readonly waiting: Set<() => void>;
};
