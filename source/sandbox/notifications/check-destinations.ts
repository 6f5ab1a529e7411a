import {Event, type NotificationConfiguration} from '@aws-sdk/client-s3';
import {deliveryProblem, type DeliveryProblem} from '../sqs/deliver.js';
import {type Bucket} from '../world/bucket.js';
import {type World} from '../world/world.js';
import {type Destination, destinationsOf} from './destination.js';
import {hasOverlap} from './match-event.js';
import {senderOf} from './notify.js';

/** What S3 does not take of a notification configuration: its sentence, and the arguments it names. */
type NotificationProblem = {
	readonly message: string;
	readonly fields: Readonly<Record<string, string>>;
};

const arnOf: Readonly<Record<Destination['kind'], RegExp>> = {
	Queue: /^arn:aws[\w-]*:sqs:([a-z0-9-]+):\d{12}:.+$/,
	Topic: /^arn:aws[\w-]*:sns:([a-z0-9-]+):\d{12}:.+$/,
	CloudFunction: /^arn:aws[\w-]*:lambda:([a-z0-9-]+):\d{12}:function:.+$/,
};

const eventNames: ReadonlySet<string> = new Set(Object.values(Event));

/**
 * Gives the first thing that is wrong with a configuration by itself (the ARN: recorded, test_invalid_sqs_arn; overlaps,
 * regions and filters: third-party, texts in public reports; events: documented).
 */
export function configurationProblem(
	bucket: Bucket,
	configuration: NotificationConfiguration,
): NotificationProblem | undefined {
	const destinations = destinationsOf(configuration);
	for (const {kind, arn, events} of destinations) {
		const problem = destinationProblem(bucket, kind, arn, events);
		if (problem !== undefined) return problem;
	}
	const ids = destinations.map(({id}) => id).filter((id) => id !== '');
	if (new Set(ids).size < ids.length) {
		return {message: 'Same ID used for multiple configurations. IDs must be unique', fields: {}};
	}
	if (!hasOverlap(destinations)) return undefined;
	return {
		message:
			'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.',
		fields: {},
	};
}

function destinationProblem(
	bucket: Bucket,
	kind: Destination['kind'],
	arn: string,
	events: readonly string[],
): NotificationProblem | undefined {
	const region = arnOf[kind].exec(arn)?.[1];
	const fields = {ArgumentName: kind, ArgumentValue: arn};
	if (region === undefined) return {message: 'The ARN could not be parsed', fields};
	if (region !== bucket.region) {
		return {
			message: 'The notification destination service region is not valid for the bucket location constraint',
			fields,
		};
	}
	const unknown = events.find((name) => !eventNames.has(name));
	if (unknown === undefined) return undefined;
	return {
		message: 'The event is not supported for notifications',
		fields: {ArgumentName: 'Event', ArgumentValue: unknown},
	};
}

const deliveryWords: Readonly<Record<DeliveryProblem, string>> = {
	missing: 'The destination queue does not exist',
	denied: 'Permissions on the destination queue do not allow S3 to publish notifications from this bucket',
};

/**
 * Names every queue that S3 could not send to (recorded: test_multiple_invalid_sqs_arns; of permissions third-party:
 * aws/aws-cli#8162). Topics and functions are nobody's here and not asked for.
 */
export function deliveryProblems(
	world: World,
	bucket: Bucket,
	queues: readonly Destination[],
): NotificationProblem | undefined {
	const problems = queues.flatMap(({arn}) => {
		const problem = deliveryProblem(world, {...senderOf(bucket), queueArn: arn});
		return problem === undefined ? [] : [[arn, deliveryWords[problem]] as const];
	});
	if (problems.length === 0) return undefined;
	const fields = problems.flatMap(([arn, words], index) => [
		[`ArgumentName${index + 1}`, arn],
		[`ArgumentValue${index + 1}`, words],
	]);
	return {
		message: 'Unable to validate the following destination configurations',
		fields: Object.fromEntries(fields) as Record<string, string>,
	};
}
