import {type SendMessageRequest, type SendMessageResult} from '@aws-sdk/client-sqs';
import {type SqsAction} from '../action.js';
import {sendTo} from '../send.js';

export const sendMessage: SqsAction<SendMessageRequest, SendMessageResult> = {
	name: 'SendMessage',
	run(call) {
		const queue = call.queueAt(call.input.QueueUrl, 'sqs:SendMessage');
		return sendTo(call, queue, call.input, 'One or more parameters are invalid');
	},
};
