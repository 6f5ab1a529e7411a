import {type DeleteMessageBatchRequest, type DeleteMessageBatchResult} from '@aws-sdk/client-sqs';
import {type SqsAction} from '../action.js';
import {checkBatch, eachOfBatch} from '../batch.js';
import {removeMessage} from '../messages.js';
import {messageIdIn} from '../receipt-handle.js';

export const deleteMessageBatch: SqsAction<DeleteMessageBatchRequest, DeleteMessageBatchResult> = {
	name: 'DeleteMessageBatch',
	run({input, queueAt}) {
		const queue = queueAt(input.QueueUrl, 'sqs:DeleteMessage');
		const entries = input.Entries ?? [];
		checkBatch(entries);
		return eachOfBatch(entries, ({ReceiptHandle}) => {
			removeMessage(queue, messageIdIn(queue, ReceiptHandle));
			return {};
		});
	},
};
