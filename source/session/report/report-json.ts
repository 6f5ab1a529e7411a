import {visibleJson} from '../../domain/text/visible-text.js';
import {type ReportInput, timeText} from './report-input.js';

/** A report for programs: one JSON document, an object a line. Times are ISO 8601 in UTC. */
export async function* reportJson({runId, nowMs, watch, problem}: ReportInput): AsyncGenerator<string> {
	const {ends, delays} = watch;
	const head = {
		runId,
		source: ends && {bucket: ends.sourceBucket, region: ends.sourceRegion},
		...(ends?.homes ? {isTwoWay: true, homes: ends.homes} : {}),
		startedAt: timeText(ends?.startedAt),
		endedAt: timeText(nowMs),
		counts: watch.counts(nowMs),
		delayMs: delays.figures(),
		delaysLeftOut: watch.delaysLeftOut,
		destinations: watch.destinations().map(({delays: own, region = null, ...one}) => ({
			...one,
			region,
			delayMs: own.figures(),
		})),
		requests: watch.requests(),
		problem: problem ?? null,
		causes: watch.causes,
		lostObjects: watch.lostCount,
	};
	yield `${visibleJson(JSON.stringify(head)).slice(0, -1)},"objects":[`;
	let separator = '\n';
	for await (const {id: _id, ...object} of watch.everyObject()) {
		yield separator + visibleJson(JSON.stringify(object));
		separator = ',\n';
	}

	yield '\n]}\n';
}
