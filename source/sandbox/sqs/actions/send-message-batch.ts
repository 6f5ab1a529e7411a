import {type SendMessageBatchRequest, type SendMessageBatchResult} from '@aws-sdk/client-sqs';
import {type SqsAction} from '../action.js';
import {checkBatch, eachOfBatch} from '../batch.js';
import {sqsError} from '../errors.js';
import {messageBytes, sendTo} from '../send.js';

const maxBatchBytes = 1_048_576;

export const sendMessageBatch: SqsAction<SendMessageBatchRequest, SendMessageBatchResult> = {
	name: 'SendMessageBatch',
	run(call) {
		const queue = call.queueAt(call.input.QueueUrl, 'sqs:SendMessage');
		const entries = call.input.Entries ?? [];
		checkBatch(entries);
		const bytes = entries.map(messageBytes).reduce((total, each) => total + each, 0);
		// Recorded: test_send_message_batch_with_oversized_contents.
		if (bytes > maxBatchBytes) {
			throw sqsError(
				'BatchRequestTooLong',
				`Batch requests cannot be longer than ${maxBatchBytes} bytes. You have sent ${bytes} bytes.`,
			);
		}
		const {Successful, Failed} = eachOfBatch(entries, (entry) => {
			const {MessageId, MD5OfMessageBody, ...md5} = sendTo(
				call,
				queue,
				entry,
				'One or more parameters cannot be validated',
			);
			return {MessageId, MD5OfMessageBody, ...md5};
		});
		return {Successful, Failed};
	},
};
