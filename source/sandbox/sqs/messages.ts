import {type Queue, type QueueMessage} from '../world/queue.js';
import {type World} from '../world/world.js';

const usualRetentionSeconds = 345_600;

/** The messages of a queue that have not outlived its retention; those that have are dropped. */
export function inQueue(world: World, queue: Queue): readonly QueueMessage[] {
	const retentionSeconds = Number(queue.attributes.get('MessageRetentionPeriod') ?? usualRetentionSeconds);
	const oldestMs = world.clock.now() - retentionSeconds * 1000;
	while ((queue.messages[0]?.sentMs ?? oldestMs) < oldestMs) queue.messages.shift();
	return queue.messages;
}

/** Puts a message into a queue, and tells those who wait for one. */
export function putMessage(
	world: World,
	queue: Queue,
	sent: Pick<QueueMessage, 'body' | 'attributes' | 'traceHeader' | 'senderId'> & {
		readonly delaySeconds: number;
	},
): QueueMessage {
	const now = world.clock.now();
	const {delaySeconds, ...rest} = sent;
	const message: QueueMessage = {
		...rest,
		messageId: world.ids.uuid(),
		sentMs: now,
		visibleFromMs: now + delaySeconds * 1000,
		receivedCount: 0,
		firstReceivedMs: undefined,
	};
	queue.messages.push(message);
	wake(queue);
	return message;
}

/** Tells those who wait at a queue that something changed. */
export function wake(queue: Queue): void {
	const waiting = [...queue.waiting];
	queue.waiting.clear();
	for (const tell of waiting) tell();
}

/** Takes up to so many visible messages, which nobody else gets for the time given. */
export function takeMessages(
	world: World,
	queue: Queue,
	{maxCount, visibilitySeconds}: {readonly maxCount: number; readonly visibilitySeconds: number},
): readonly QueueMessage[] {
	const now = world.clock.now();
	const taken = inQueue(world, queue)
		.filter(({visibleFromMs}) => visibleFromMs <= now)
		.slice(0, maxCount);
	for (const message of taken) {
		message.visibleFromMs = now + visibilitySeconds * 1000;
		message.receivedCount += 1;
		message.firstReceivedMs ??= now;
	}
	return taken;
}

/** Removes a message for good, if it is still there. */
export function removeMessage(queue: Queue, messageId: string): void {
	const index = queue.messages.findIndex((message) => message.messageId === messageId);
	if (index !== -1) queue.messages.splice(index, 1);
}
