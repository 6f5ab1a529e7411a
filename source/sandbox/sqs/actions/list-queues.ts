import {type ListQueuesRequest, type ListQueuesResult} from '@aws-sdk/client-sqs';
import {type SqsAction} from '../action.js';
import {invalidParameter} from '../errors.js';
import {queueArn} from '../find-queue.js';

const maxItems = 1000;

/** Only where MaxResults is given it tells that there are more (SQS API reference, ListQueues). */
export const listQueues: SqsAction<ListQueuesRequest, ListQueuesResult> = {
	name: 'ListQueues',
	run({world, identity: {accountId}, region, input, requireRight, urlOf}) {
		requireRight('sqs:ListQueues', queueArn(region, accountId, '*'));
		const {QueueNamePrefix = '', NextToken, MaxResults} = input;
		if (MaxResults !== undefined && (MaxResults < 1 || MaxResults > maxItems)) {
			throw invalidParameter('MaxResults', MaxResults, 'Must be between 1 and 1000, if provided.');
		}
		const after = NextToken === undefined ? '' : Buffer.from(NextToken, 'base64').toString('utf8');
		const rest = [...world.queues.values()]
			.filter((queue) => queue.accountId === accountId && queue.region === region)
			.filter(({name}) => name.startsWith(QueueNamePrefix) && name > after)
			.sort((left, right) => (left.name < right.name ? -1 : 1));
		const page = rest.slice(0, MaxResults ?? maxItems);
		const last = page.at(-1);
		const isMore = MaxResults !== undefined && last !== undefined && page.length < rest.length;
		return {
			...(page.length === 0 ? {} : {QueueUrls: page.map(urlOf)}),
			...(isMore ? {NextToken: Buffer.from(last.name).toString('base64')} : {}),
		};
	},
};
