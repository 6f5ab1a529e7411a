import type * as sqs from '@aws-sdk/client-sqs';
import {parsePolicy} from '../../policy/parse.js';
import {resolveResourcePolicy} from '../access/resource-policy.js';
import {pageAfter} from '../wire/name-page.js';
import {Propagating} from '../world/propagating.js';
import {type Queue} from '../world/queue.js';
import {type ResourcePolicy} from '../world/resource-policy.js';
import {seenFromMs, type World} from '../world/world.js';
import {onQueue, type SqsAction, sqsAction} from './action.js';
import {invalidParameter, notImplemented, sqsError} from './errors.js';
import {findQueue, queueArn} from './find-queue.js';
import {wake} from './messages.js';
import {checkedAttributes, invalidAttribute, shownAttributes} from './queue-attributes.js';

/** How long the name of a deleted queue cannot be taken again (SQS API reference, DeleteQueue). */
const blockedMs = 60_000;
/** Recorded: test_successive_purge_calls_fail. */
const purgePauseMs = 60_000;
const maxItems = 1000;
const maxTags = 50;

/** Queues themselves. */
export const queueActions: readonly SqsAction[] = [
	sqsAction<sqs.CreateQueueRequest, sqs.CreateQueueResult>(
		'CreateQueue',
		({world, identity: {accountId}, region, input, requireRight, urlOf}) => {
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
	),
	sqsAction<sqs.GetQueueUrlRequest, sqs.GetQueueUrlResult>(
		'GetQueueUrl',
		({world, identity, region, input, requireRight, urlOf}) => {
			const {QueueName = '', QueueOwnerAWSAccountId: accountId = identity.accountId} = input;
			requireRight('sqs:GetQueueUrl', queueArn(region, accountId, QueueName));
			const queue = findQueue(world, region, accountId, QueueName);
			if (queue === undefined) throw sqsError('QueueDoesNotExist');
			return {QueueUrl: urlOf(queue)};
		},
	),
	// Only where MaxResults is given it tells that there are more (SQS API reference, ListQueues).
	sqsAction<sqs.ListQueuesRequest, sqs.ListQueuesResult>(
		'ListQueues',
		({world, identity: {accountId}, region, input, requireRight, urlOf}) => {
			requireRight('sqs:ListQueues', queueArn(region, accountId, '*'));
			const {QueueNamePrefix = '', NextToken, MaxResults} = input;
			if (MaxResults !== undefined && (MaxResults < 1 || MaxResults > maxItems)) {
				throw invalidParameter('MaxResults', MaxResults, 'Must be between 1 and 1000, if provided.');
			}
			const after = NextToken === undefined ? '' : Buffer.from(NextToken, 'base64').toString('utf8');
			const own = [...world.queues.values()].filter(
				(queue) =>
					queue.accountId === accountId && queue.region === region && queue.name.startsWith(QueueNamePrefix),
			);
			const {page, next} = pageAfter(own, ({name}) => name, after, MaxResults ?? maxItems);
			return {
				...(page.length === 0 ? {} : {QueueUrls: page.map(urlOf)}),
				...(MaxResults === undefined || next === undefined
					? {}
					: {NextToken: Buffer.from(next).toString('base64')}),
			};
		},
	),
	onQueue<sqs.GetQueueAttributesRequest, sqs.GetQueueAttributesResult>(
		'GetQueueAttributes',
		({world, input: {AttributeNames: names = []}}, queue) =>
			names.length === 0 ? {} : {Attributes: shownAttributes(world, queue, names)},
	),
	onQueue<sqs.SetQueueAttributesRequest>('SetQueueAttributes', ({world, input: {Attributes = {}}}, queue) => {
		// Recorded: test_set_unsupported_attribute_fifo.
		if (Attributes['FifoQueue'] !== undefined) {
			throw sqsError(
				'InvalidAttributeValue',
				'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.',
			);
		}
		const attributes = checkedAttributes(Attributes);
		const policy = Attributes.Policy === undefined ? undefined : readQueuePolicy(world, Attributes.Policy);
		for (const [name, value] of attributes) queue.attributes.set(name, value);
		if (Attributes.Policy !== undefined) queue.policy.write(policy, seenFromMs(world));
		queue.modifiedMs = world.clock.now();
		return {};
	}),
	onQueue<sqs.TagQueueRequest>('TagQueue', ({input}, queue) => {
		const tags = new Map([...queue.tags, ...Object.entries(input.Tags ?? {})]);
		// SQS Developer Guide, quotas-queues; the words: guessed.
		if (tags.size > maxTags) {
			throw sqsError('InvalidParameterValueException', `Too many tags added for queue ${queue.name}.`);
		}
		queue.tags = tags;
		return {};
	}),
	onQueue<sqs.UntagQueueRequest>('UntagQueue', ({input}, queue) => {
		const removed = new Set(input.TagKeys);
		queue.tags = new Map([...queue.tags].filter(([key]) => !removed.has(key)));
		return {};
	}),
	onQueue<sqs.ListQueueTagsRequest, sqs.ListQueueTagsResult>('ListQueueTags', (_call, {tags}) =>
		tags.size === 0 ? {} : {Tags: Object.fromEntries(tags)},
	),
	onQueue<sqs.PurgeQueueRequest>('PurgeQueue', ({world}, queue) => {
		const now = world.clock.now();
		if (queue.purgedMs !== undefined && now < queue.purgedMs + purgePauseMs) {
			throw sqsError(
				'PurgeQueueInProgress',
				`Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
			);
		}
		queue.purgedMs = now;
		queue.messages.length = 0;
		return {};
	}),
	// Its messages go with it, and its name is blocked for a while (SQS API reference, DeleteQueue).
	onQueue<sqs.DeleteQueueRequest>('DeleteQueue', ({world}, queue) => {
		world.queues.delete(queue.arn);
		world.deletedQueues.set(queue.arn, world.clock.now());
		queue.isDeleted = true;
		wake(queue);
		return {};
	}),
];

/** Throws where a queue cannot have the name (SQS API reference, CreateQueue; text: third-party). */
function checkQueueName(name: string): void {
	if (name.endsWith('.fifo')) throw notImplemented('FIFO queues');
	if (/^[\w-]{1,80}$/.test(name)) return;
	throw sqsError(
		'InvalidParameterValueException',
		'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
	);
}

/**
 * Takes the text of a queue's policy, gives it with its principals resolved; an empty one is none. Throws
 * InvalidAttributeValue for one that SQS does not take (SQS API reference, SetQueueAttributes).
 */
function readQueuePolicy(world: World, text: string): ResourcePolicy | undefined {
	if (text === '') return undefined;
	const parsed = parsePolicy(text, 'resource');
	const resolved = parsed.ok ? resolveResourcePolicy(world, text, parsed.document) : parsed;
	if (!resolved.ok) throw invalidAttribute('Policy');
	return resolved.policy;
}

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
