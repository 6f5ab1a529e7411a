import {sqsActionsOf} from './action.js';
import {changeMessageVisibility} from './actions/change-message-visibility.js';
import {createQueue} from './actions/create-queue.js';
import {deleteMessage} from './actions/delete-message.js';
import {deleteMessageBatch} from './actions/delete-message-batch.js';
import {deleteQueue} from './actions/delete-queue.js';
import {getQueueAttributes} from './actions/get-queue-attributes.js';
import {getQueueUrl} from './actions/get-queue-url.js';
import {listQueueTags} from './actions/list-queue-tags.js';
import {listQueues} from './actions/list-queues.js';
import {purgeQueue} from './actions/purge-queue.js';
import {receiveMessage} from './actions/receive-message.js';
import {sendMessage} from './actions/send-message.js';
import {sendMessageBatch} from './actions/send-message-batch.js';
import {setQueueAttributes} from './actions/set-queue-attributes.js';
import {tagQueue} from './actions/tag-queue.js';
import {untagQueue} from './actions/untag-queue.js';

/** What the sandbox does of SQS; every other operation answers NotImplemented. */
export const sqsActions = sqsActionsOf(
	changeMessageVisibility,
	createQueue,
	deleteMessage,
	deleteMessageBatch,
	deleteQueue,
	getQueueAttributes,
	getQueueUrl,
	listQueueTags,
	listQueues,
	purgeQueue,
	receiveMessage,
	sendMessage,
	sendMessageBatch,
	setQueueAttributes,
	tagQueue,
	untagQueue,
);
