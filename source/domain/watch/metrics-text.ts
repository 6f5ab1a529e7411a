import type {ReplicationMetrics} from '../replication-metrics.js';
import {durationText, sizeText} from '../text/duration-text.js';

/** What CloudWatch says of a rule, in a sentence, with the time that it is about; and what to know where it says nothing. */
export function metricsText(metrics: ReplicationMetrics): string {
	const {ruleId, failed, pendingOperations, pendingBytes, latencySeconds} = metrics;
	const points = [failed, pendingOperations, pendingBytes, latencySeconds].flatMap((one) => one ?? []);
	const name = `CloudWatch on rule ${ruleId}`;
	if (points.length === 0)
		return `${name}: no values yet. They come up to 15 minutes after metrics go on, and while something is replicated: send a file, and look again then.`;
	const newest = Math.max(...points.map(({at}) => at));
	const parts = [
		...(failed ? [`${failed.value} failed`] : []),
		...(pendingOperations ? [`${pendingOperations.value} pending`] : []),
		...(pendingBytes ? [`${sizeText(pendingBytes.value)} pending`] : []),
		...(latencySeconds ? [`latency ${durationText(latencySeconds.value * 1000)}`] : []),
	];
	return `${name} at ${new Date(newest).toISOString().slice(11, 16)} UTC: ${parts.join(', ')}.`;
}
