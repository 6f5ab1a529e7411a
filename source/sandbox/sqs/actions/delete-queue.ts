import {type DeleteQueueRequest} from '@aws-sdk/client-sqs';
import {type SqsAction} from '../action.js';
import {wake} from '../messages.js';

/** Its messages go with it, and its name is blocked for a while (SQS API reference, DeleteQueue). */
export const deleteQueue: SqsAction<DeleteQueueRequest, object> = {
	name: 'DeleteQueue',
	run({world, input, queueAt}) {
		const queue = queueAt(input.QueueUrl, 'sqs:DeleteQueue');
		world.queues.delete(queue.arn);
		world.deletedQueues.set(queue.arn, world.clock.now());
		queue.isDeleted = true;
		wake(queue);
		return {};
	},
};
