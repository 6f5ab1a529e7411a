import type {MetricQuery, MetricValue} from '../../aws/ports.js';
import type {RunEvent} from '../../domain/event.js';
import {type Problem, ProblemError, problemFrom} from '../../domain/problem.js';
import {isSameValue} from '../../domain/same-value.js';
import type {ReplicationMetrics} from '../../domain/replication-metrics.js';
import type {Clock} from '../clock.js';
import type {WatchedDestination} from './watch-options.js';

/** A rule that has metrics. */
export type MetricRule = {readonly ruleId: string; readonly destination: string};

type ReadMetricsOptions = {
	readonly source: WatchedDestination;
	readonly rules: readonly MetricRule[];
	/** The region of each destination that is known. */
	readonly regions: ReadonlyMap<string, string>;
	readonly clock: Clock;
	/** Ends the reading at once; a refusal does, too. */
	readonly signal: AbortSignal;
};

/** S3 gives a value a minute. Source: S3 User Guide, "Metrics and dimensions". */
const everyMs = 60_000;
const spanMs = 20 * 60_000;

/**
 * Reads every minute what CloudWatch says of rules, and tells it when it has changed: failures in the source's region, what is pending
 * in the destination's. Never throws: where it may not read them it says so and ends.
 * Source: S3 User Guide, "Using S3 Replication metrics".
 */
export async function* readMetrics(options: ReadMetricsOptions): AsyncGenerator<RunEvent, void> {
	const {source, rules, regions, clock, signal} = options;
	const told = new Map<MetricRule, ReplicationMetrics>();
	while (!signal.aborted) {
		for (const rule of rules) {
			const found = await metricsOf(rule, {source, regions, nowMs: clock.now(), signal});
			if (signal.aborted) return;
			if ('problem' in found) {
				yield {type: 'metrics-lost', problem: found.problem};
				return;
			}

			if (isSameValue(told.get(rule), found)) continue;
			told.set(rule, found);
			yield {type: 'replication-metrics-read', ...found};
		}

		await clock.wait(everyMs, signal).catch(() => undefined);
	}
}

type Place = Pick<ReadMetricsOptions, 'source' | 'regions' | 'signal'> & {readonly nowMs: number};

async function metricsOf(
	{ruleId, destination}: MetricRule,
	{source: {connection, reference}, regions, nowMs, signal}: Place,
): Promise<ReplicationMetrics | {readonly problem: Problem}> {
	const dimensions = {SourceBucket: reference.bucket, DestinationBucket: destination, RuleId: ruleId};
	const read = async (region: string, queries: readonly Omit<MetricQuery, 'dimensions'>[]) =>
		connection.metrics.read(
			{
				region,
				queries: queries.map((query) => ({...query, dimensions})),
				from: nowMs - spanMs,
				until: nowMs,
			},
			signal,
		);
	const there = regions.get(destination);
	try {
		const [[failures = []], [operations = [], bytes = [], latencies = []]] = await Promise.all([
			read(reference.region, [{metric: 'OperationsFailedReplication', statistic: 'Sum'}]),
			there === undefined
				? []
				: read(there, [
						{metric: 'OperationsPendingReplication', statistic: 'Maximum'},
						{metric: 'BytesPendingReplication', statistic: 'Maximum'},
						{metric: 'ReplicationLatency', statistic: 'Maximum'},
					]),
		]);
		return {
			ruleId,
			destination,
			failed: summed(failures),
			pendingOperations: operations[0] ?? null,
			pendingBytes: bytes[0] ?? null,
			latencySeconds: latencies[0] ?? null,
		};
	} catch (error) {
		if (!(error instanceof ProblemError) && !signal.aborted) throw error;
		return {problem: problemFrom(error)};
	}
}

/** All failures of the span, as of the newest. */
function summed(values: readonly MetricValue[]): MetricValue | null {
	const [newest] = values;
	return newest ? {at: newest.at, value: values.reduce((sum, {value}) => sum + value, 0)} : null;
}
