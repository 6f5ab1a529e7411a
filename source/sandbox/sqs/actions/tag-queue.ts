import {type TagQueueRequest} from '@aws-sdk/client-sqs';
import {type SqsAction} from '../action.js';
import {sqsError} from '../errors.js';

const maxTags = 50;

export const tagQueue: SqsAction<TagQueueRequest, object> = {
	name: 'TagQueue',
	run({input, queueAt}) {
		const queue = queueAt(input.QueueUrl, 'sqs:TagQueue');
		const tags = new Map([...queue.tags, ...Object.entries(input.Tags ?? {})]);
		// SQS Developer Guide, quotas-queues; the words: guessed.
		if (tags.size > maxTags) {
			throw sqsError('InvalidParameterValueException', `Too many tags added for queue ${queue.name}.`);
		}
		queue.tags = tags;
		return {};
	},
};
