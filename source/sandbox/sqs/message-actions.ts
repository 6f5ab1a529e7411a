import type * as sqs from '@aws-sdk/client-sqs';
import {type Queue, type QueueMessage} from '../world/queue.js';
import {type World} from '../world/world.js';
import {onQueue, type SqsAction} from './action.js';
import {checkBatch, eachOfBatch} from './batch.js';
import {invalidParameter, sqsError} from './errors.js';
import {attributesMd5} from './message-attributes.js';
import {inQueue, removeMessage, wake} from './messages.js';
import {secondsOf} from './queue-attributes.js';
import {messageIdIn, receiptHandleOf} from './receipt-handle.js';
import {md5Of, messageBytes, sendTo} from './send.js';
import {waitForMessages} from './wait-for-messages.js';

const maxBatchBytes = 1_048_576;
const maxVisibilitySeconds = 43_200;

/** The messages of queues. */
export const messageActions: readonly SqsAction[] = [
	onQueue<sqs.SendMessageRequest, sqs.SendMessageResult>('SendMessage', (call, queue) =>
		sendTo(call, queue, call.input, 'One or more parameters are invalid'),
	),
	onQueue<sqs.SendMessageBatchRequest, sqs.SendMessageBatchResult>(
		'SendMessageBatch',
		(call, queue) => {
			const entries = call.input.Entries ?? [];
			checkBatch(entries);
			const bytes = entries.map(messageBytes).reduce((total, each) => total + each, 0);
			// Recorded: test_send_message_batch_with_oversized_contents.
			if (bytes > maxBatchBytes) {
				throw sqsError(
					'BatchRequestTooLong',
					`Batch requests cannot be longer than ${maxBatchBytes} bytes. You have sent ${bytes} bytes.`,
				);
			}
			return eachOfBatch(entries, (entry) => {
				const {MessageId, MD5OfMessageBody, ...md5} = sendTo(
					call,
					queue,
					entry,
					'One or more parameters cannot be validated',
				);
				return {MessageId, MD5OfMessageBody, ...md5};
			});
		},
		'sqs:SendMessage',
	),
	onQueue<sqs.ReceiveMessageRequest, sqs.ReceiveMessageResult>(
		'ReceiveMessage',
		async ({world, input, gone}, queue) => {
			const maxCount = input.MaxNumberOfMessages ?? 1;
			// Recorded: test_send_receive_max_number_of_messages, test_send_receive_wait_time_seconds.
			if (maxCount < 1 || maxCount > 10) {
				throw invalidParameter('MaxNumberOfMessages', maxCount, 'Must be between 1 and 10, if provided.');
			}
			const waitSeconds = input.WaitTimeSeconds ?? secondsOf(queue, 'ReceiveMessageWaitTimeSeconds');
			if (waitSeconds < 0 || waitSeconds > 20) {
				throw invalidParameter('WaitTimeSeconds', waitSeconds, 'Must be >= 0 and <= 20, if provided.');
			}
			const visibilitySeconds = input.VisibilityTimeout ?? secondsOf(queue, 'VisibilityTimeout');
			checkVisibility(visibilitySeconds);
			const messages = await waitForMessages(
				world,
				queue,
				{maxCount, visibilitySeconds},
				{waitSeconds, gone},
			);
			return messages.length === 0
				? {}
				: {Messages: messages.map((message) => receivedMessage(world, queue, message, input))};
		},
	),
	// Has a message come back so many seconds from now; of one that is gone it says so (text: third-party).
	onQueue<sqs.ChangeMessageVisibilityRequest>('ChangeMessageVisibility', ({world, input}, queue) => {
		const {ReceiptHandle, VisibilityTimeout: seconds = 0} = input;
		checkVisibility(seconds);
		const messageId = messageIdIn(queue, ReceiptHandle);
		const message = inQueue(world, queue).find((each) => each.messageId === messageId);
		if (message === undefined) {
			throw invalidParameter(
				'ReceiptHandle',
				ReceiptHandle ?? '',
				'Message does not exist or is not available for visibility timeout change.',
			);
		}
		message.visibleFromMs = world.clock.now() + seconds * 1000;
		wake(queue);
		return {};
	}),
	// One that is gone already was deleted as well (SQS API reference, DeleteMessage).
	onQueue<sqs.DeleteMessageRequest>('DeleteMessage', ({input}, queue) => {
		removeMessage(queue, messageIdIn(queue, input.ReceiptHandle));
		return {};
	}),
	onQueue<sqs.DeleteMessageBatchRequest, sqs.DeleteMessageBatchResult>(
		'DeleteMessageBatch',
		({input: {Entries = []}}, queue) => {
			checkBatch(Entries);
			return eachOfBatch(Entries, ({ReceiptHandle}) => {
				removeMessage(queue, messageIdIn(queue, ReceiptHandle));
				return {};
			});
		},
		'sqs:DeleteMessage',
	),
];

/** Takes a timeout, throws where SQS would not take it (SQS API reference, ReceiveMessage, ChangeMessageVisibility). */
function checkVisibility(seconds: number): void {
	if (seconds >= 0 && seconds <= maxVisibilitySeconds) return;
	throw invalidParameter('VisibilityTimeout', seconds, 'Must be between 0 and 43200, if provided.');
}

function receivedMessage(
	world: World,
	queue: Queue,
	message: QueueMessage,
	{AttributeNames, MessageSystemAttributeNames, MessageAttributeNames = []}: sqs.ReceiveMessageRequest,
): sqs.Message {
	const system = systemAttributes(message, MessageSystemAttributeNames ?? AttributeNames ?? []);
	const own = Object.fromEntries(
		Object.entries(message.attributes).filter(([name]) => isWanted(name, MessageAttributeNames)),
	);
	return {
		MessageId: message.messageId,
		ReceiptHandle: receiptHandleOf(world, queue, message),
		MD5OfBody: md5Of(message.body),
		Body: message.body,
		...(Object.keys(system).length === 0 ? {} : {Attributes: system}),
		...(Object.keys(own).length === 0
			? {}
			: {MessageAttributes: own, MD5OfMessageAttributes: attributesMd5(own)}),
	};
}

/** All, by name, or all that begin so (SQS API reference, ReceiveMessage; recorded: test_receive_message_message_attribute_names_filters). */
function isWanted(name: string, wanted: readonly string[]): boolean {
	return wanted.some(
		(each) => each === 'All' || each === name || (each.endsWith('.*') && name.startsWith(each.slice(0, -2))),
	);
}

/** Recorded: test_receive_message_attribute_names_filters. */
function systemAttributes(message: QueueMessage, wanted: readonly string[]): Record<string, string> {
	const all: Readonly<Record<string, string | undefined>> = {
		SenderId: message.senderId,
		SentTimestamp: String(message.sentMs),
		ApproximateReceiveCount: String(message.receivedCount),
		ApproximateFirstReceiveTimestamp: String(message.firstReceivedMs),
		AWSTraceHeader: message.traceHeader,
	};
	return Object.fromEntries(
		Object.entries(all).flatMap(([name, value]) =>
			value !== undefined && (wanted.includes('All') || wanted.includes(name)) ? [[name, value]] : [],
		),
	);
}
