import {
	type LambdaFunctionConfiguration,
	type NotificationConfiguration,
	type QueueConfiguration,
	type TopicConfiguration,
} from '@aws-sdk/client-s3';

/** One entry of a notification configuration: where events of some names go, and of which keys. */
export type Destination = {
	readonly id: string;
	/** As S3 names it in an error. */
	readonly kind: 'Queue' | 'Topic' | 'CloudFunction';
	readonly arn: string;
	readonly events: readonly string[];
	readonly prefix: string;
	readonly suffix: string;
};

type Entry = Pick<QueueConfiguration, 'Id' | 'Events' | 'Filter'>;

/** Takes a notification configuration, gives its entries for SQS, SNS and Lambda alike. */
export function destinationsOf(configuration: NotificationConfiguration): readonly Destination[] {
	const {QueueConfigurations, TopicConfigurations, LambdaFunctionConfigurations} = configuration;
	return [
		...entriesOf(QueueConfigurations, 'Queue', ({QueueArn}: QueueConfiguration) => QueueArn),
		...entriesOf(TopicConfigurations, 'Topic', ({TopicArn}: TopicConfiguration) => TopicArn),
		...entriesOf(
			LambdaFunctionConfigurations,
			'CloudFunction',
			({LambdaFunctionArn}: LambdaFunctionConfiguration) => LambdaFunctionArn,
		),
	];
}

function entriesOf<One extends Entry>(
	entries: readonly One[] | undefined,
	kind: Destination['kind'],
	arnOf: (entry: One) => string | undefined,
): readonly Destination[] {
	return (entries ?? []).map((entry) => ({
		id: entry.Id ?? '',
		kind,
		arn: arnOf(entry) ?? '',
		events: entry.Events ?? [],
		prefix: ruleOf(entry, 'prefix'),
		suffix: ruleOf(entry, 'suffix'),
	}));
}

function ruleOf({Filter}: Entry, name: string): string {
	const rule = Filter?.Key?.FilterRules?.find(({Name}) => Name?.toLowerCase() === name);
	return rule?.Value ?? '';
}
