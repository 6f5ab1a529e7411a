import type {CloudWatchClient} from '@aws-sdk/client-cloudwatch';
import type {Metrics, MetricValue} from '../ports.js';
import type {Caller} from '../problems/caller.js';
import {needed} from '../responses/needed.js';
import {type ClientOf, serviceCaller} from './call-service.js';

/** S3 gives a value a minute. Source: S3 User Guide, "Metrics and dimensions". */
const periodSeconds = 60;

/** S3's metrics, over CloudWatch; the client of a region is made when it is first asked. Source: CloudWatch API Reference, GetMetricData. */
export function metricsPort(client: ClientOf<CloudWatchClient>, caller: () => Caller): Metrics {
	const {list} = serviceCaller(async () => import('@aws-sdk/client-cloudwatch'), client, caller);
	return {
		async read({region, queries, from, until}, signal) {
			const results = await list(
				'GetMetricData',
				(marker) => ({
					StartTime: new Date(from),
					EndTime: new Date(until),
					ScanBy: 'TimestampDescending' as const,
					NextToken: marker,
					MetricDataQueries: queries.map(({metric, statistic, dimensions}, index) => ({
						Id: `m${index}`,
						MetricStat: {
							Metric: {
								Namespace: 'AWS/S3',
								MetricName: metric,
								Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({Name, Value})),
							},
							Period: periodSeconds,
							Stat: statistic,
						},
					})),
				}),
				{region, target: `metrics of S3 in ${region}`, signal},
				({MetricDataResults: found, NextToken: next}) => ({
					items: needed(found, 'MetricDataResults').map(
						({Id: id = '', Timestamps: times = [], Values: values = []}) => ({
							id,
							series: times.map((time, index): MetricValue => ({
								at: time.getTime(),
								value: needed(values[index], 'value of a metric'),
							})),
						}),
					),
					isTruncated: next !== undefined,
					next,
				}),
			);
			return queries.map((_query, index) =>
				results.flatMap(({id, series}) => (id === `m${index}` ? series : [])),
			);
		},
	};
}
