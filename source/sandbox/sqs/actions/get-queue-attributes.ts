import {type GetQueueAttributesRequest, type GetQueueAttributesResult} from '@aws-sdk/client-sqs';
import {type SqsAction} from '../action.js';
import {shownAttributes} from '../queue-attributes.js';

export const getQueueAttributes: SqsAction<GetQueueAttributesRequest, GetQueueAttributesResult> = {
	name: 'GetQueueAttributes',
	run({world, input, queueAt}) {
		const queue = queueAt(input.QueueUrl, 'sqs:GetQueueAttributes');
		const names = input.AttributeNames ?? [];
		return names.length === 0 ? {} : {Attributes: shownAttributes(world, queue, names)};
	},
};
