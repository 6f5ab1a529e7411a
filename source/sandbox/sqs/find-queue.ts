import {partitionOfRegion} from '../world/partition.js';
import {type Queue} from '../world/queue.js';
import {type World} from '../world/world.js';

export function queueArn(region: string, accountId: string, name: string): string {
	return `arn:${partitionOfRegion(region).id}:sqs:${region}:${accountId}:${name}`;
}

/**
 * Takes a queue's URL, gives the account and the name in it. The host may be any: the one of AWS, or this sandbox under
 * another of its names.
 */
export function addressOf(queueUrl: string): {readonly accountId: string; readonly name: string} | undefined {
	const [, accountId, name] =
		/^(?:https?:\/\/[^/]+)?\/?(\d{12})\/([\w-]{1,80}(?:\.fifo)?)$/.exec(queueUrl) ?? [];
	return accountId === undefined || name === undefined ? undefined : {accountId, name};
}

/** The queue of that name, in the region that is asked: a URL of another region's finds none. */
export function findQueue(world: World, region: string, accountId: string, name: string): Queue | undefined {
	return world.queues.get(queueArn(region, accountId, name));
}
