import {
	type Message,
	type MessageAttributeValue,
	type ReceiveMessageRequest,
	type ReceiveMessageResult,
} from '@aws-sdk/client-sqs';
import {type Queue, type QueueMessage} from '../../world/queue.js';
import {type World} from '../../world/world.js';
import {type SqsAction} from '../action.js';
import {invalidParameter} from '../errors.js';
import {attributesMd5} from '../message-attributes.js';
import {secondsOf} from '../queue-attributes.js';
import {receiptHandleOf} from '../receipt-handle.js';
import {md5Of} from '../send.js';
import {checkVisibility} from '../visibility.js';
import {waitForMessages} from '../wait-for-messages.js';

export const receiveMessage: SqsAction<ReceiveMessageRequest, ReceiveMessageResult> = {
	name: 'ReceiveMessage',
	async run({world, input, queueAt, gone}) {
		const queue = queueAt(input.QueueUrl, 'sqs:ReceiveMessage');
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
		const messages = await waitForMessages(world, queue, {maxCount, visibilitySeconds}, {waitSeconds, gone});
		return messages.length === 0
			? {}
			: {Messages: messages.map((message) => receivedMessage(world, queue, message, input))};
	},
};

function receivedMessage(
	world: World,
	queue: Queue,
	message: QueueMessage,
	{AttributeNames, MessageSystemAttributeNames, MessageAttributeNames = []}: ReceiveMessageRequest,
): Message {
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
		...ownAttributes(own),
	};
}

function ownAttributes(
	own: Readonly<Record<string, MessageAttributeValue>>,
): Pick<Message, 'MessageAttributes' | 'MD5OfMessageAttributes'> {
	return Object.keys(own).length === 0
		? {}
		: {MessageAttributes: own, MD5OfMessageAttributes: attributesMd5(own)};
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
