import {type Queue, type QueueMessage} from '../world/queue.js';
import {type World} from '../world/world.js';
import {currentTextOf} from '../access/resource-policy.js';
import {notImplemented, sqsError} from './errors.js';
import {inQueue} from './messages.js';

type Settable = {readonly usual: string; readonly isValid: (value: string) => boolean};

const within =
	(min: number, max: number) =>
	(value: string): boolean =>
		/^\d{1,9}$/.test(value) && Number(value) >= min && Number(value) <= max;

/** What may be set, with its bounds and what a queue has that was not told (SQS API reference, SetQueueAttributes). */
const settable: Readonly<Record<string, Settable>> = {
	DelaySeconds: {usual: '0', isValid: within(0, 900)},
	// Recorded: test_send_oversized_message.
	MaximumMessageSize: {usual: '1048576', isValid: within(1024, 1_048_576)},
	MessageRetentionPeriod: {usual: '345600', isValid: within(60, 1_209_600)},
	ReceiveMessageWaitTimeSeconds: {usual: '0', isValid: within(0, 20)},
	SqsManagedSseEnabled: {usual: 'true', isValid: (value) => value === 'true' || value === 'false'},
	VisibilityTimeout: {usual: '30', isValid: within(0, 43_200)},
};

const unperformed: readonly (readonly [pattern: RegExp, what: string])[] = [
	[/^Kms/, 'queues encrypted with keys of KMS'],
	[/^Redrive/, 'dead-letter queues'],
];

/** Takes attributes to set, gives them without the policy; throws what SQS answers to one that it does not take. */
export function checkedAttributes(given: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
	const checked = new Map<string, string>();
	for (const [name, value] of Object.entries(given)) {
		if (name === 'Policy') continue;
		const what = unperformed.find(([pattern]) => pattern.test(name))?.[1];
		if (what !== undefined && value !== '') throw notImplemented(what);
		if (what !== undefined) continue;
		const attribute = settable[name];
		// Recorded: test_set_unsupported_attribute_fifo.
		if (attribute === undefined) throw sqsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
		if (!attribute.isValid(value)) throw invalidAttribute(name);
		checked.set(name, value);
	}
	return checked;
}

/** SQS names the attribute and nothing else (third-party: texts in public reports). */
export function invalidAttribute(name: string): Error {
	return sqsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
}

/** A number among the attributes, such as `VisibilityTimeout`. */
export function secondsOf(
	{attributes}: Queue,
	name:
		| 'DelaySeconds'
		| 'MaximumMessageSize'
		| 'MessageRetentionPeriod'
		| 'ReceiveMessageWaitTimeSeconds'
		| 'VisibilityTimeout',
): number {
	return Number(attributes.get(name) ?? settable[name]!.usual);
}

/** What GetQueueAttributes gives of a queue, by name. */
const shown: Readonly<Record<string, (world: World, queue: Queue) => string | undefined>> = {
	...Object.fromEntries(
		Object.entries(settable).map(([name, {usual}]) => [
			name,
			(_world: World, {attributes}: Queue) => attributes.get(name) ?? usual,
		]),
	),
	Policy: (world, {policy}) =>
		policy.written === undefined ? undefined : currentTextOf(world, policy.written),
	QueueArn: (_world, {arn}) => arn,
	CreatedTimestamp: (_world, {createdMs}) => seconds(createdMs),
	LastModifiedTimestamp: (_world, {modifiedMs}) => seconds(modifiedMs),
	ApproximateNumberOfMessages: (world, queue) =>
		counted(world, queue, ({visibleFromMs}, now) => visibleFromMs <= now),
	ApproximateNumberOfMessagesNotVisible: (world, queue) =>
		counted(world, queue, ({visibleFromMs, receivedCount}, now) => visibleFromMs > now && receivedCount > 0),
	ApproximateNumberOfMessagesDelayed: (world, queue) =>
		counted(
			world,
			queue,
			({visibleFromMs, receivedCount}, now) => visibleFromMs > now && receivedCount === 0,
		),
};

/** Known names of which a standard queue without them shows nothing. */
const shownNowhere = /^(Kms|Redrive|Fifo|ContentBasedDeduplication$|DeduplicationScope$)/;

/** The attributes of those names; `All` is each. Throws InvalidAttributeName (SQS API reference, GetQueueAttributes). */
export function shownAttributes(
	world: World,
	queue: Queue,
	names: readonly string[],
): Record<string, string> {
	const unknown = names.find((name) => name !== 'All' && !(name in shown) && !shownNowhere.test(name));
	if (unknown !== undefined) throw sqsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
	const wanted = names.includes('All') ? Object.keys(shown) : names;
	return Object.fromEntries(
		wanted.flatMap((name) => {
			const value = shown[name]?.(world, queue);
			return value === undefined ? [] : [[name, value]];
		}),
	);
}

function seconds(timeMs: number): string {
	return String(Math.floor(timeMs / 1000));
}

function counted(
	world: World,
	queue: Queue,
	isCounted: (message: QueueMessage, now: number) => boolean,
): string {
	const now = world.clock.now();
	return String(inQueue(world, queue).filter((message) => isCounted(message, now)).length);
}
