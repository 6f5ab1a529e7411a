import type {MetricPoint, ReplicationMetrics} from '../replication-metrics.js';
import {agoText, durationText, sizeText} from '../text/duration-text.js';

/**
 * What CloudWatch says of a rule, each figure with its age; and what to know where it says nothing. Figures are a minute old at least, and
 * those of failures older than the others where nothing has failed of late: figures of one age stand together.
 * Source: S3 User Guide, "Metrics and dimensions": a value a minute.
 */
export function metricsText(metrics: ReplicationMetrics, nowMs: number): string {
	const {ruleId, failed, pendingOperations, pendingBytes, latencySeconds} = metrics;
	const figures = [
		...figure(failed, (count) => `${count} failed`),
		...figure(pendingOperations, (count) => `${count} pending`),
		...figure(pendingBytes, (bytes) => `${sizeText(bytes)} pending`),
		...figure(latencySeconds, (seconds) => `latency ${durationText(seconds * 1000)}`),
	];
	const name = `CloudWatch on rule ${ruleId}`;
	if (figures.length === 0)
		return `${name}: no values yet. They come up to 15 min after metrics go on. Send a file, then look again.`;
	const groups = new Map<string, string[]>();
	for (const {at, text} of figures) {
		const age = agoText(nowMs - at);
		groups.set(age, [...(groups.get(age) ?? []), text]);
	}

	const parts = [...groups].map(([age, texts]) => `${texts.join(', ')} (${age})`);
	return `${name}: ${parts.join('; ')}.`;
}

function figure(
	point: MetricPoint | null,
	textOf: (value: number) => string,
): ReadonlyArray<{readonly at: number; readonly text: string}> {
	return point ? [{at: point.at, text: textOf(point.value)}] : [];
}
