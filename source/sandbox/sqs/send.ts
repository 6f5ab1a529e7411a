import {createHash} from 'node:crypto';
import {type SendMessageBatchRequestEntry, type SendMessageResult} from '@aws-sdk/client-sqs';
import {callerOf} from '../access/decide-access.js';
import {type Queue} from '../world/queue.js';
import {type SqsCall} from './action.js';
import {invalidParameter, sqsError} from './errors.js';
import {attributesBytes, attributesMd5, checkMessageAttributes} from './message-attributes.js';
import {putMessage} from './messages.js';
import {secondsOf} from './queue-attributes.js';

type Sent = Omit<SendMessageBatchRequestEntry, 'Id'>;

/** What SQS takes of a text (SQS API reference, SendMessage). */
const allowed = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u;

/** Checks a message and puts it into the queue; throws what SQS answers to one that it does not take. */
export function sendTo(
	{world, identity}: Pick<SqsCall<unknown>, 'world' | 'identity'>,
	queue: Queue,
	sent: Sent,
	tooLong: 'One or more parameters are invalid' | 'One or more parameters cannot be validated',
): SendMessageResult {
	const {MessageBody = '', MessageAttributes = {}, MessageSystemAttributes = {}} = sent;
	// Recorded: test_send_empty_message.
	if (MessageBody === '') {
		throw sqsError(
			'MissingRequiredParameterException',
			'The request must contain the parameter MessageBody.',
		);
	}
	refuseFifo(sent);
	const delaySeconds = sent.DelaySeconds ?? secondsOf(queue, 'DelaySeconds');
	if (delaySeconds < 0 || delaySeconds > 900) {
		throw invalidParameter('DelaySeconds', delaySeconds, 'DelaySeconds must be >= 0 and <= 900.');
	}
	checkMessageAttributes(MessageAttributes);
	const maxBytes = secondsOf(queue, 'MaximumMessageSize');
	// Recorded: test_send_oversized_message, test_send_batch_message_size.
	if (messageBytes(sent) > maxBytes) {
		throw sqsError(
			'InvalidParameterValueException',
			`${tooLong}. Reason: Message must be shorter than ${maxBytes} bytes.`,
		);
	}
	if (!allowed.test(MessageBody)) throw sqsError('InvalidMessageContents');
	const caller = callerOf(identity);
	const message = putMessage(world, queue, {
		body: MessageBody,
		attributes: MessageAttributes,
		traceHeader: MessageSystemAttributes.AWSTraceHeader?.StringValue,
		senderId: 'uniqueId' in caller ? (caller.uniqueId ?? '') : '',
		delaySeconds,
	});
	return {
		MessageId: message.messageId,
		MD5OfMessageBody: md5Of(MessageBody),
		MD5OfMessageAttributes: attributesMd5(MessageAttributes),
		MD5OfMessageSystemAttributes: attributesMd5(MessageSystemAttributes),
	};
}

/** How many bytes a message counts: its text, and its attributes. */
export function messageBytes({MessageBody = '', MessageAttributes = {}}: Sent): number {
	return Buffer.byteLength(MessageBody) + attributesBytes(MessageAttributes);
}

export function md5Of(text: string): string {
	return createHash('md5').update(text).digest('hex');
}

/** A standard queue takes a group and has no use for a deduplication id (SQS API reference, SendMessage). */
function refuseFifo({MessageDeduplicationId}: Sent): void {
	if (MessageDeduplicationId === undefined) return;
	throw invalidParameter(
		'MessageDeduplicationId',
		MessageDeduplicationId,
		'The request include parameter that is not valid for this queue type.',
	);
}
