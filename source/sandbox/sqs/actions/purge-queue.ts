import {type PurgeQueueRequest} from '@aws-sdk/client-sqs';
import {type SqsAction} from '../action.js';
import {sqsError} from '../errors.js';

/** Recorded: test_successive_purge_calls_fail. */
const pauseMs = 60_000;

export const purgeQueue: SqsAction<PurgeQueueRequest, object> = {
	name: 'PurgeQueue',
	run({world, input, queueAt}) {
		const queue = queueAt(input.QueueUrl, 'sqs:PurgeQueue');
		const now = world.clock.now();
		if (queue.purgedMs !== undefined && now < queue.purgedMs + pauseMs) {
			throw sqsError(
				'PurgeQueueInProgress',
				`Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
			);
		}
		queue.purgedMs = now;
		queue.messages.length = 0;
		return {};
	},
};
