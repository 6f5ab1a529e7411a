import type {CloudWatchClient} from '@aws-sdk/client-cloudwatch';
import type {Metrics, MetricValue} from '../ports.js';
import type {Caller} from '../problems/caller.js';
import {errorOf} from '../problems/problem-of.js';
import {needed} from '../responses/needed.js';

/** S3 gives a value a minute. Source: S3 User Guide, "Metrics and dimensions". */
const periodSeconds = 60;

/** S3's metrics, over CloudWatch; the client of a region is made when it is first asked. Source: CloudWatch API Reference, GetMetricData. */
export function metricsPort(
	client: (region: string) => Promise<CloudWatchClient>,
	caller: () => Caller,
): Metrics {
	return {
		async read({region, queries, from, until}, signal) {
			try {
				const {GetMetricDataCommand} = await import('@aws-sdk/client-cloudwatch');
				const cloudWatch = await client(region);
				const found = queries.map((): MetricValue[] => []);
				let next: string | undefined;
				do {
					const answer = await cloudWatch.send(
						new GetMetricDataCommand({
							StartTime: new Date(from),
							EndTime: new Date(until),
							ScanBy: 'TimestampDescending',
							NextToken: next,
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
						{abortSignal: signal},
					);
					for (const {Id: id = '', Timestamps: times = [], Values: values = []} of needed(
						answer.MetricDataResults,
						'MetricDataResults',
					)) {
						const series = found[Number(id.slice(1))];
						for (const [index, time] of times.entries())
							series?.push({at: time.getTime(), value: needed(values[index], 'value of a metric')});
					}

					next = answer.NextToken;
				} while (next !== undefined);
				return found;
			} catch (error) {
				throw errorOf(error, {...caller(), operation: 'GetMetricData', target: `metrics of S3 in ${region}`});
			}
		},
	};
}
