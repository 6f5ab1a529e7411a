import {type Queue, type QueueMessage} from '../world/queue.js';
import {type World} from '../world/world.js';
import {inQueue, takeMessages} from './messages.js';

/**
 * Takes messages, and waits for the first of them if there is none (SQS Developer Guide, sqs-short-and-long-polling).
 * Gives none where the time is over, the queue or the client gone.
 */
export async function waitForMessages(
	world: World,
	queue: Queue,
	wanted: Parameters<typeof takeMessages>[2],
	{waitSeconds, gone}: {readonly waitSeconds: number; readonly gone: AbortSignal},
): Promise<readonly QueueMessage[]> {
	const untilMs = world.clock.now() + waitSeconds * 1000;
	for (;;) {
		if (gone.aborted || queue.isDeleted) return [];
		const taken = takeMessages(world, queue, wanted);
		const leftMs = untilMs - world.clock.now();
		if (taken.length > 0 || leftMs <= 0) return taken;
		await changeWithin(world, queue, Math.min(leftMs, nextVisibleMs(world, queue)), gone);
	}
}

/** How long until a message of the queue can be seen again. */
function nextVisibleMs(world: World, queue: Queue): number {
	return Math.min(...inQueue(world, queue).map(({visibleFromMs}) => visibleFromMs)) - world.clock.now();
}

async function changeWithin(world: World, queue: Queue, delayMs: number, gone: AbortSignal): Promise<void> {
	const ending = new AbortController();
	const end = (): void => {
		ending.abort();
	};
	queue.waiting.add(end);
	gone.addEventListener('abort', end, {once: true});
	try {
		await world.clock.wait(delayMs, ending.signal);
	} catch {
		// A message came, or the client went: the loop looks.
	} finally {
		queue.waiting.delete(end);
		gone.removeEventListener('abort', end);
	}
}
