import {type World} from '../world/world.js';
import {mayServiceSend} from './decide-queue.js';
import {putMessage} from './messages.js';

/** Why a service cannot send to a queue. */
export type DeliveryProblem = 'missing' | 'denied';

/** A service's message to a queue. */
type Delivery = {
	readonly queueArn: string;
	readonly service: string;
	/** What it is sent for, and the account that has that. */
	readonly sourceArn: string;
	readonly sourceAccountId: string;
	readonly senderId: string;
	readonly body: string;
};

/** Says what keeps a service from sending to a queue, or undefined. */
export function deliveryProblem(
	world: World,
	{queueArn, ...sender}: Omit<Delivery, 'body' | 'senderId'>,
): DeliveryProblem | undefined {
	const queue = world.queues.get(queueArn);
	if (queue === undefined) return 'missing';
	return mayServiceSend(world, queue, sender) ? undefined : 'denied';
}

/** Sends a service's message to a queue, if it is there and its policy lets the service; nobody hears of one that is lost. */
export function deliver(world: World, delivery: Delivery): void {
	const queue = world.queues.get(delivery.queueArn);
	if (queue === undefined || deliveryProblem(world, delivery) !== undefined) return;
	const {body, senderId} = delivery;
	putMessage(world, queue, {
		body,
		senderId,
		attributes: {},
		traceHeader: undefined,
		delaySeconds: Number(queue.attributes.get('DelaySeconds') ?? 0),
	});
}
