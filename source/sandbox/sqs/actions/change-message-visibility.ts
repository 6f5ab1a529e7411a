import {type ChangeMessageVisibilityRequest} from '@aws-sdk/client-sqs';
import {type SqsAction} from '../action.js';
import {changeVisibility} from '../visibility.js';

export const changeMessageVisibility: SqsAction<ChangeMessageVisibilityRequest, object> = {
	name: 'ChangeMessageVisibility',
	run({world, input, queueAt}) {
		const queue = queueAt(input.QueueUrl, 'sqs:ChangeMessageVisibility');
		changeVisibility(world, queue, input.ReceiptHandle, input.VisibilityTimeout ?? 0);
		return {};
	},
};
