import type {PolicyDocument} from '../../policy/document.js';
import {partitionOfArn} from '../arn.js';
import type {AnyOperation, OperationBase} from '../take-back/operation.js';
import {type Group, stepFor, undoOf} from '../take-back/recorded-group.js';
import {gone, type TakeBackContext, type TakenBack} from '../take-back/take-back-context.js';
import type {Kind, PlannedKind} from './kind.js';
import {isPolicy, isText, shaped} from '../take-back/shape.js';

export type CreateQueue = OperationBase & {
	readonly kind: 'create-queue';
	readonly after: {
		readonly QueueName: string;
		/** In seconds. */
		readonly MessageRetentionPeriod: string;
		readonly Policy: PolicyDocument;
	};
};

export type DeleteQueue = OperationBase & {readonly kind: 'delete-queue'; readonly after: null};

const deleteQueue: Kind<DeleteQueue> = {
	kind: 'delete-queue',
	words: {plan: 'Delete queue', keep: 'Keep queue', doing: 'Deleting queue', done: 'Queue deleted'},
	noun: 'the queue',
	detail: ({region}) => region,
	deletesTarget: true,
};

export const createQueue: PlannedKind<CreateQueue, DeleteQueue> = {
	kind: 'create-queue',
	words: {plan: 'Create queue', keep: 'Keep queue', doing: 'Creating queue', done: 'Queue created'},
	noun: 'the queue',
	detail: ({region}) => `${region}, for the events of this run alone`,
	on: 'queue',
	remaining: {noun: 'queue'},
	needs: {queue: ['sqs:CreateQueue']},
	undoNeeds: {queue: ['sqs:GetQueueUrl', 'sqs:DeleteQueue']},
	// No replication takes one: `watch --reasons` plans it, see `plan-reasons.ts`.
	plan: () => [],
	mayBeAt: () => false,
	takesEffectLate: false,
	recorded: {after: shaped({QueueName: isText, Policy: isPolicy})},
	undoReadings: [],
	undoKinds: {'delete-queue': deleteQueue},
	takeBack,
};

/** So long a message waits: nothing of a watch that was killed lies there for good. */
const retentionSeconds = 86_400;

/** What names a queue for events, and the account and region it is in. */
export type QueuePlace = {readonly name: string; readonly region: string; readonly accountId: string};

/** The ARN that SQS gives a queue. Source: Service Authorization Reference, Amazon SQS. */
export function queueArn(partition: string, {name, region, accountId}: QueuePlace): string {
	return `arn:${partition}:sqs:${region}:${accountId}:${name}`;
}

/**
 * A queue that S3 may send the events of one bucket to, and nobody else may send to.
 * Source: S3 User Guide, "Granting permissions to publish event notification messages to a destination".
 */
export function queueFor(bucketArn: string, place: QueuePlace, earlier: readonly string[]): CreateQueue {
	return {
		id: 'create-queue',
		kind: 'create-queue',
		side: 'source',
		target: place.name,
		change: 'create',
		account: place.accountId,
		region: place.region,
		requires: earlier,
		after: {
			QueueName: place.name,
			MessageRetentionPeriod: String(retentionSeconds),
			Policy: {
				Version: '2012-10-17',
				Statement: [
					{
						Sid: 'EventsOfTheBucket',
						Effect: 'Allow',
						Principal: {Service: 's3.amazonaws.com'},
						Action: 'sqs:SendMessage',
						Resource: queueArn(partitionOfArn(bucketArn), place),
						Condition: {
							ArnLike: {'aws:SourceArn': bucketArn},
							StringEquals: {'aws:SourceAccount': place.accountId},
						},
					},
				],
			},
		},
	};
}

/** Deletes a queue of a run: its name holds the run's id, so that it is nobody else's. */
function takeBack(
	group: Group<CreateQueue>,
	{observed: {queues = {}}, earlier}: TakeBackContext,
): TakenBack<DeleteQueue> {
	const isThere = queues[group.target] === true;
	// S3 stops sending before there is nowhere to send to.
	const before = earlier.filter(({target}) => target !== group.target).map(({id}) => id);
	const operation = {
		...undoOf(group, deleteQueue.kind, before),
		change: isThere ? ('delete' as const) : ('keep' as const),
		after: null,
	};
	return {step: stepFor(group, operation, isThere ? undefined : gone('it is gone'))};
}

/** The queue that a plan makes, if it makes one. */
export function queueIn(operations: readonly AnyOperation[]): CreateQueue | undefined {
	return operations.find((operation): operation is CreateQueue => operation.kind === createQueue.kind);
}
