import {type ListQueueTagsRequest, type ListQueueTagsResult} from '@aws-sdk/client-sqs';
import {type SqsAction} from '../action.js';

export const listQueueTags: SqsAction<ListQueueTagsRequest, ListQueueTagsResult> = {
	name: 'ListQueueTags',
	run({input, queueAt}) {
		const {tags} = queueAt(input.QueueUrl, 'sqs:ListQueueTags');
		return tags.size === 0 ? {} : {Tags: Object.fromEntries(tags)};
	},
};
