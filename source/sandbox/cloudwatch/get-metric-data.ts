import {
	type Dimension,
	type GetMetricDataInput,
	type GetMetricDataOutput,
	type MetricDataQuery,
	type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import {missingRight} from '../access/own-rights.js';
import {type RpcRequest} from '../http/rpc-service.js';
import {type World} from '../world/world.js';
import {aggregate, type Point, statistics} from './aggregate.js';
import {cloudWatchError, notImplemented} from './errors.js';
import {replicationMetrics} from './replication-metrics.js';

type Asked = {readonly world: World; readonly accountId: string; readonly region: string};

/** CloudWatch API reference, GetMetricData: no more queries, and no more values. */
const maxQueries = 500;
const maxValues = 100_800;

/** Values of metrics; here those of replication alone. Of any other metric there are none, as for one that nobody measures. */
export function getMetricData({world, identity, exchange: {region}, input}: RpcRequest): GetMetricDataOutput {
	const right = {action: 'cloudwatch:GetMetricData', resource: '*'};
	const refusal = missingRight(world, identity, region, right);
	if (refusal !== undefined) throw cloudWatchError('AccessDenied', refusal);
	const {
		MetricDataQueries = [],
		StartTime,
		EndTime,
		ScanBy,
		NextToken,
		MaxDatapoints,
	} = input as unknown as GetMetricDataInput;
	if (NextToken !== undefined) throw notImplemented('pages of metric data');
	checkQueries(MetricDataQueries);
	const range = {startMs: StartTime?.getTime() ?? NaN, endMs: EndTime?.getTime() ?? NaN};
	if (!(range.startMs < range.endMs)) {
		throw cloudWatchError(
			'ValidationException',
			'The parameter StartTime must be less than the parameter EndTime.',
		);
	}
	const results = MetricDataQueries.filter(({ReturnData}) => ReturnData !== false).map(
		(query): MetricDataResult => {
			const points = pointsOf({world, accountId: identity.accountId, region}, query, range);
			// The newest first, unless it is asked otherwise.
			const ordered = ScanBy === 'TimestampAscending' ? points : [...points].reverse();
			return {
				Id: query.Id,
				Label: query.Label ?? query.MetricStat?.Metric?.MetricName,
				Timestamps: ordered.map(({atMs}) => new Date(atMs)),
				Values: ordered.map(({value}) => value),
				StatusCode: 'Complete',
			};
		},
	);
	const count = results.map(({Values = []}) => Values.length).reduce((total, each) => total + each, 0);
	if (count > Math.min(MaxDatapoints ?? maxValues, maxValues)) throw notImplemented('pages of metric data');
	return {MetricDataResults: results, Messages: []};
}

/** The words: third-party, guessed where nobody tells them. */
function checkQueries(queries: readonly MetricDataQuery[]): void {
	if (queries.length > maxQueries) {
		throw cloudWatchError(
			'ValidationException',
			`The collection MetricDataQueries must not have a size greater than ${maxQueries}.`,
		);
	}
	const ids = queries.map(({Id = ''}) => Id);
	const wrong = ids.find((id) => !/^[a-z]\w{0,254}$/.test(id));
	if (wrong !== undefined) {
		throw cloudWatchError(
			'ValidationException',
			`The value ${wrong} for parameter MetricDataQueries.member.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`,
		);
	}
	if (new Set(ids).size < ids.length) {
		throw cloudWatchError(
			'ValidationException',
			'The values for parameter id in MetricDataQueries are not unique.',
		);
	}
	for (const {Expression, MetricStat, AccountId} of queries) {
		if (Expression !== undefined) throw notImplemented('metric expressions');
		if (AccountId !== undefined) throw notImplemented('metrics of other accounts');
		const {Stat = '', Period = 0} = MetricStat ?? {};
		if (statistics[Stat] === undefined) throw notImplemented(`the statistic ${Stat}`);
		if (Period >= 60 && Period % 60 === 0) continue;
		throw cloudWatchError(
			'ValidationException',
			`The parameter MetricDataQueries.member.MetricStat.Period must be a multiple of 60.`,
		);
	}
}

function pointsOf(
	{world, accountId, region}: Asked,
	{MetricStat: asked}: MetricDataQuery,
	range: {readonly startMs: number; readonly endMs: number},
): readonly Point[] {
	const {Namespace, MetricName = '', Dimensions = []} = asked?.Metric ?? {};
	const metric = Object.hasOwn(replicationMetrics, MetricName) ? replicationMetrics[MetricName] : undefined;
	const isAskedOther = asked?.Unit !== undefined && asked.Unit !== metric?.unit;
	if (Namespace !== 'AWS/S3' || metric === undefined || isAskedOther) return [];
	const dimensions = dimensionsOf(Dimensions);
	if (dimensions === undefined) return [];
	const operations = world.measuredOperations.filter(
		(operation) =>
			operation.accountId === accountId &&
			metric.regionOf(operation) === region &&
			operation.sourceBucket === dimensions.SourceBucket &&
			operation.destinationBucket === dimensions.DestinationBucket &&
			operation.ruleId === dimensions.RuleId,
	);
	return aggregate(
		metric.valuesOf(operations, world.clock.now()),
		{...range, periodMs: (asked?.Period ?? 60) * 1000},
		statistics[asked?.Stat ?? '']!,
	);
}

type ReplicationDimensions = Readonly<Record<'SourceBucket' | 'DestinationBucket' | 'RuleId', string>>;

/** A metric is found by all of its dimensions and no other (CloudWatch User Guide, cloudwatch_concepts, "Dimensions"). */
function dimensionsOf(dimensions: readonly Dimension[]): ReplicationDimensions | undefined {
	const {SourceBucket, DestinationBucket, RuleId, ...others} = Object.fromEntries(
		dimensions.map(({Name = '', Value = ''}) => [Name, Value]),
	) as Readonly<Record<string, string | undefined>>;
	if (SourceBucket === undefined || DestinationBucket === undefined || RuleId === undefined) return undefined;
	return Object.keys(others).length > 0 ? undefined : {SourceBucket, DestinationBucket, RuleId};
}
