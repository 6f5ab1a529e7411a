import {type GetQueueUrlRequest, type GetQueueUrlResult} from '@aws-sdk/client-sqs';
import {type SqsAction} from '../action.js';
import {sqsError} from '../errors.js';
import {findQueue, queueArn} from '../find-queue.js';

export const getQueueUrl: SqsAction<GetQueueUrlRequest, GetQueueUrlResult> = {
	name: 'GetQueueUrl',
	run({world, identity, region, input, requireRight, urlOf}) {
		const {QueueName = '', QueueOwnerAWSAccountId: accountId = identity.accountId} = input;
		requireRight('sqs:GetQueueUrl', queueArn(region, accountId, QueueName));
		const queue = findQueue(world, region, accountId, QueueName);
		if (queue === undefined) throw sqsError('QueueDoesNotExist');
		return {QueueUrl: urlOf(queue)};
	},
};
