import {type DeleteMessageRequest} from '@aws-sdk/client-sqs';
import {type SqsAction} from '../action.js';
import {removeMessage} from '../messages.js';
import {messageIdIn} from '../receipt-handle.js';

/** One that is gone already was deleted as well (SQS API reference, DeleteMessage). */
export const deleteMessage: SqsAction<DeleteMessageRequest, object> = {
	name: 'DeleteMessage',
	run({input, queueAt}) {
		const queue = queueAt(input.QueueUrl, 'sqs:DeleteMessage');
		removeMessage(queue, messageIdIn(queue, input.ReceiptHandle));
		return {};
	},
};
