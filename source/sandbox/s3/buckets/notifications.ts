import {type FilterRule, type NotificationConfiguration, type QueueConfiguration} from '@aws-sdk/client-s3';
import {configurationProblem, deliveryProblems} from '../../notifications/check-destinations.js';
import {type Destination, destinationsOf} from '../../notifications/destination.js';
import {sendTestEvents} from '../../notifications/notify.js';
import {type BucketCall} from '../action.js';
import {s3Error} from '../errors/errors.js';

type Call = BucketCall<unknown>;
type Entry = Pick<QueueConfiguration, 'Id' | 'Filter'>;

/** Throws what S3 answers to a configuration that it does not take, or to one whose queues it cannot reach. */
export function checkNotifications(call: Call, configuration: NotificationConfiguration): void {
	for (const {Filter} of entriesOf(configuration)) checkFilter(Filter?.Key?.FilterRules ?? []);
	const problem =
		configurationProblem(call.bucket, configuration) ??
		(skipsValidation(call) ? undefined : deliveryProblems(call.world, call.bucket, queuesOf(configuration)));
	if (problem === undefined) return;
	throw s3Error('InvalidArgument', problem);
}

/** Sends a test message to each queue, unless the caller does not want them looked at (S3 API reference, PutBucketNotificationConfiguration). */
export function tryNotifications(call: Call, configuration: NotificationConfiguration): void {
	if (!skipsValidation(call)) sendTestEvents(call.world, call.bucket, queuesOf(configuration));
}

/**
 * S3 names the configurations that have no Id (S3 API reference, QueueConfiguration), and writes the names of filters large
 * (recorded: test_filter_rules_case_insensitive).
 */
export function storedNotifications(
	configuration: NotificationConfiguration,
	newId: () => string,
): NotificationConfiguration {
	const stored = <One extends Entry>(all: One[] | undefined): One[] | undefined =>
		all?.map((one) => ({...one, Id: one.Id ?? newId(), ...storedFilter(one)}));
	const {QueueConfigurations, TopicConfigurations, LambdaFunctionConfigurations, ...rest} = configuration;
	return {
		...rest,
		QueueConfigurations: stored(QueueConfigurations),
		TopicConfigurations: stored(TopicConfigurations),
		LambdaFunctionConfigurations: stored(LambdaFunctionConfigurations),
	};
}

function storedFilter({Filter}: Entry): Pick<Entry, 'Filter'> {
	if (Filter?.Key?.FilterRules === undefined) return {};
	const rules = Filter.Key.FilterRules.map(({Name = '', Value = ''}): FilterRule => ({
		Name: `${Name.charAt(0).toUpperCase()}${Name.slice(1).toLowerCase()}` as FilterRule['Name'],
		Value,
	}));
	return {Filter: {Key: {FilterRules: rules}}};
}

/** Third-party: texts in public reports. */
function checkFilter(rules: readonly FilterRule[]): void {
	const names = rules.map(({Name = ''}) => Name.toLowerCase());
	const unknown = rules.find((_rule, index) => !['prefix', 'suffix'].includes(names[index] ?? ''));
	if (unknown !== undefined) {
		throw s3Error('InvalidArgument', {
			message: 'filter rule name must be either prefix or suffix',
			fields: {ArgumentName: 'FilterRule.Name', ArgumentValue: unknown.Name ?? ''},
		});
	}
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (twice === undefined) return;
	throw s3Error('InvalidArgument', {
		message: `Cannot specify more than one ${twice} rule in a filter.`,
		fields: {ArgumentName: 'FilterRule.Name', ArgumentValue: twice},
	});
}

function entriesOf(configuration: NotificationConfiguration): readonly Entry[] {
	const {QueueConfigurations, TopicConfigurations, LambdaFunctionConfigurations} = configuration;
	return [
		...(QueueConfigurations ?? []),
		...(TopicConfigurations ?? []),
		...(LambdaFunctionConfigurations ?? []),
	];
}

function queuesOf(configuration: NotificationConfiguration): readonly Destination[] {
	return destinationsOf(configuration).filter(({kind}) => kind === 'Queue');
}

function skipsValidation({request}: Call): boolean {
	return request.headers['x-amz-skip-destination-validation']?.toLowerCase() === 'true';
}
