import type {CreateQueue, DeleteQueue} from '../../domain/operations/create-queue.js';
import type {StepAnswer} from '../../domain/take-back/written-step.js';
import {withRetries} from '../retry.js';
import type {UndoContext} from '../undo/undo-context.js';
import type {OperationContext} from './operation-context.js';

/** Makes the queue. One that is there has the run's id in its name and what is asked for: it is an earlier try's. */
export async function createQueue(
	{side, region, after}: CreateQueue,
	context: OperationContext,
): Promise<StepAnswer> {
	const {queues} = context.connections[side];
	const {QueueName: name, MessageRetentionPeriod, Policy} = after;
	await withRetries(
		async () => queues.create({name, region}, {MessageRetentionPeriod, Policy: JSON.stringify(Policy)}),
		context,
	);
	return {created: 'yes'};
}

/** Deletes the queue with what is in it; one that is gone is no error. */
export async function deleteQueue(
	{target: name, region}: DeleteQueue,
	{connection: {queues}, ...context}: UndoContext,
): Promise<void> {
	await withRetries(async () => {
		const queue = await queues.find({name, region});
		if (queue) await queues.delete(queue);
	}, context);
}
