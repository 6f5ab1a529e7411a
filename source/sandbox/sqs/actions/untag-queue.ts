import {type UntagQueueRequest} from '@aws-sdk/client-sqs';
import {type SqsAction} from '../action.js';

export const untagQueue: SqsAction<UntagQueueRequest, object> = {
	name: 'UntagQueue',
	run({input, queueAt}) {
		const queue = queueAt(input.QueueUrl, 'sqs:UntagQueue');
		const removed = new Set(input.TagKeys);
		queue.tags = new Map([...queue.tags].filter(([key]) => !removed.has(key)));
		return {};
	},
};
