import {type Queue, type QueueMessage} from '../world/queue.js';
import {type World} from '../world/world.js';
import {sqsError} from './errors.js';

/** Makes the handle of one receipt: another each time, and each of them deletes the message. */
export function receiptHandleOf(
	world: World,
	{arn}: Queue,
	{messageId, receivedCount}: QueueMessage,
): string {
	return Buffer.from([world.ids.uuid(), arn, messageId, String(receivedCount)].join(' ')).toString('base64');
}

/** Takes a handle, gives the id of the message; throws ReceiptHandleIsInvalid where it is none of the queue's (text: third-party). */
export function messageIdIn({arn}: Queue, handle: string | undefined): string {
	const [, inArn, messageId, count] = Buffer.from(handle ?? '', 'base64')
		.toString('utf8')
		.split(' ');
	if (inArn === arn && messageId !== undefined && count !== undefined) return messageId;
	throw sqsError(
		'ReceiptHandleIsInvalid',
		`The input receipt handle "${handle ?? ''}" is not a valid receipt handle.`,
	);
}
