import {type CreateQueueRequest, type CreateQueueResult} from '@aws-sdk/client-sqs';
import {Propagating} from '../../world/propagating.js';
import {type Queue} from '../../world/queue.js';
import {type World} from '../../world/world.js';
import {type SqsAction} from '../action.js';
import {notImplemented, sqsError} from '../errors.js';
import {queueArn} from '../find-queue.js';
import {checkedAttributes, shownAttributes} from '../queue-attributes.js';
import {checkQueueName} from '../queue-name.js';
import {readQueuePolicy} from '../queue-policy.js';

/** How long the name of a deleted queue cannot be taken again (SQS API reference, DeleteQueue). */
const blockedMs = 60_000;

export const createQueue: SqsAction<CreateQueueRequest, CreateQueueResult> = {
	name: 'CreateQueue',
	run({world, identity: {accountId}, region, input, requireRight, urlOf}) {
		const {QueueName: name = '', Attributes = {}, tags = {}} = input;
		if (Attributes['FifoQueue'] === 'true') throw notImplemented('FIFO queues');
		checkQueueName(name);
		const arn = queueArn(region, accountId, name);
		requireRight('sqs:CreateQueue', arn);
		if (Object.keys(tags).length > 0) requireRight('sqs:TagQueue', arn);
		const attributes = checkedAttributes(Attributes);
		const policy = readQueuePolicy(world, Attributes.Policy ?? '');
		const existing = world.queues.get(arn);
		if (existing !== undefined) {
			refuseDifference(world, existing, Attributes);
			return {QueueUrl: urlOf(existing)};
		}
		const now = world.clock.now();
		if (now < (world.deletedQueues.get(arn) ?? Number.NEGATIVE_INFINITY) + blockedMs) {
			throw sqsError('QueueDeletedRecently');
		}
		world.deletedQueues.delete(arn);
		const queue: Queue = {
			name,
			arn,
			accountId,
			region,
			createdMs: now,
			modifiedMs: now,
			attributes: new Map(attributes),
			policy: new Propagating(policy),
			tags: new Map(Object.entries(tags)),
			messages: [],
			purgedMs: undefined,
			isDeleted: false,
			waiting: new Set(),
		};
		world.queues.set(arn, queue);
		return {QueueUrl: urlOf(queue)};
	},
};

/** What is asked for again may say less than there is, and nothing else (recorded: test_create_queue_with_different_attributes_raises_exception). */
function refuseDifference(world: World, queue: Queue, given: Readonly<Record<string, string>>): void {
	const shown = shownAttributes(world, queue, ['All']);
	const different = Object.entries(given).find(([name, value]) => (shown[name] ?? '') !== value)?.[0];
	if (different === undefined) return;
	throw sqsError(
		'QueueNameExists',
		`A queue already exists with the same name and a different value for attribute ${different}`,
	);
}
