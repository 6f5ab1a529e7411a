import {type Queue} from '../world/queue.js';
import {type World} from '../world/world.js';
import {invalidParameter} from './errors.js';
import {inQueue, wake} from './messages.js';
import {messageIdIn} from './receipt-handle.js';

const maxVisibilitySeconds = 43_200;

/** Takes a timeout, throws where SQS would not take it (SQS API reference, ReceiveMessage, ChangeMessageVisibility). */
export function checkVisibility(seconds: number): void {
	if (seconds >= 0 && seconds <= maxVisibilitySeconds) return;
	throw invalidParameter('VisibilityTimeout', seconds, 'Must be between 0 and 43200, if provided.');
}

/** Has a message come back so many seconds from now; of one that is gone it says so (text: third-party). */
export function changeVisibility(
	world: World,
	queue: Queue,
	handle: string | undefined,
	seconds: number,
): void {
	checkVisibility(seconds);
	const messageId = messageIdIn(queue, handle);
	const message = inQueue(world, queue).find((each) => each.messageId === messageId);
	if (message === undefined) {
		throw invalidParameter(
			'ReceiptHandle',
			handle ?? '',
			'Message does not exist or is not available for visibility timeout change.',
		);
	}
	message.visibleFromMs = world.clock.now() + seconds * 1000;
	wake(queue);
}
