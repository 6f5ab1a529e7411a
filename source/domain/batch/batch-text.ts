import {durationText} from '../text/duration-text.js';
import type {BatchEvent, ReportReading} from './batch-event.js';
import type {ComparedBuckets} from './compared-buckets.js';
import {countText} from './count-text.js';
import {existingText} from './existing-objects.js';
import {comparisonPriceText} from './job-price.js';

/** Of what is told one by one people read so much. */
const maxTold = 20;

/** How many objects a second, for people. */
export function rateText(perSecond: number): string {
	return `${perSecond < 10 ? perSecond.toFixed(1) : countText(perSecond)}/s`;
}

/** An event of a job or of a comparison as lines for people. */
export function batchLines(event: BatchEvent): readonly string[] {
	switch (event.type) {
		case 'job-created': {
			const {jobId, sourceBucket, region, isNew, madeBy} = event;
			const made = madeBy === null ? 'by another program' : `by run ${madeBy}`;
			return [
				isNew
					? `Job ${jobId} is made: objects of ${sourceBucket} that exist already (${region})`
					: `Job ${jobId} was made before (${made}): following it (${region})`,
			];
		}

		case 'job-retried': {
			const {jobId, reason, delayMs} = event;
			return [
				`  … Job ${jobId} failed before it copied anything: ${reason}`,
				`    AWS may not know its new role everywhere yet: making another job in ${durationText(delayMs)}`,
			];
		}

		case 'job-progressed': {
			return [`  … ${jobProgressText(event)}`];
		}

		case 'job-finished': {
			return jobEndLines(event);
		}

		case 'comparison-started': {
			const {sourceBucket, destination, priceUsd} = event;
			return [
				`Comparing ${sourceBucket} with ${destination}: current versions by key, version id and size`,
				`  ${comparisonPriceText(priceUsd)}`,
			];
		}

		case 'comparison-progressed': {
			const {compared, versions, perSecond, elapsedMs} = event;
			return [
				`  … ${countText(compared)} objects compared, ${countText(versions)} versions read, ${rateText(perSecond)}, ${durationText(elapsedMs)}`,
			];
		}

		case 'comparison-differed': {
			const {key, versionId, verdict, status, number} = event;
			if (number > maxTold)
				return number === maxTold + 1 ? ['  … more; --json tells the first thousand'] : [];
			const sign = verdict === 'not-known' ? '?' : '✗';
			const said = status === undefined ? '' : `; status ${status ?? 'none'}`;
			return [`  ${sign} ${key}  ${verdictText[verdict]} (version ${versionId}${said})`];
		}

		case 'comparison-finished': {
			return [`  ${event.missing + event.different > 0 ? '✗' : '✓'} ${comparedText(event)}`];
		}

		case 'existing-seen': {
			const text = existingText(event);
			return text === undefined ? [] : [`! ${text}`];
		}
	}
}

/** That the report of a job is read for an undo, and how much of it. */
export function reportReadingText({jobId, failed, read}: ReportReading): string {
	const objects = `${countText(failed)} ${failed === 1 ? 'object' : 'objects'}`;
	const first = read < failed ? `, the first ${countText(read)} of them` : '';
	return `Reading the report of the job ${jobId}: ${objects} failed${first}`;
}

const verdictText = {missing: 'is missing', different: 'is different', 'not-known': 'is not known'} as const;

/** How far a job is, in one line. */
function jobProgressText(event: Extract<BatchEvent, {readonly type: 'job-progressed'}>): string {
	const {status, total, succeeded, failed, perSecond, remainingMs, elapsedMs} = event;
	const done = succeeded + failed;
	const parts = [
		status,
		total === null ? `${countText(done)} done` : `${countText(done)} of ${countText(total)}`,
		...(failed > 0 ? [`${countText(failed)} failed`] : []),
		...(perSecond === null || perSecond === 0 ? [] : [rateText(perSecond)]),
		...(remainingMs === null ? [] : [`about ${durationText(remainingMs)} left`]),
		durationText(elapsedMs),
	];
	return parts.join(', ');
}

function jobEndLines(event: Extract<BatchEvent, {readonly type: 'job-finished'}>): readonly string[] {
	const {status, succeeded, failed, isNothingToCopy, failures} = event;
	if (isNothingToCopy) return ['  ✓ Nothing to copy: no object meets what was asked for'];
	// Who cancelled it knows that it is.
	const sign =
		status === 'Cancelled' && failed === 0 ? '–' : status === 'Complete' && failed === 0 ? '✓' : '✗';
	return [
		`  ${sign} ${status}: ${countText(succeeded)} copied, ${countText(failed)} failed`,
		...failures.flatMap(({reason, count, examples, message, means, mend, evidence}) => [
			`  ✗ ${countText(count)} ${reason}${message === '' || message === reason ? '' : `: ${message}`}`,
			`      ${means}`,
			...(evidence === undefined ? [] : [`      ${evidence}`]),
			`      ${mend}`,
			...examples.map(
				({key, versionId}) => `      – ${key}${versionId === null ? '' : ` (version ${versionId})`}`,
			),
		]),
	];
}

/** What a comparison has come to, in one line. */
export function comparedText({
	destination,
	same,
	missing,
	different,
	notKnown,
	young,
	leftOut,
	onlyThere,
	versions,
	requests,
	elapsedMs,
}: ComparedBuckets): string {
	const parts = [
		`${countText(same)} the same`,
		`${countText(missing)} missing`,
		`${countText(different)} different`,
		...(notKnown > 0 ? [`${countText(notKnown)} not known (their tags decide)`] : []),
		...(young > 0 ? [`${countText(young)} may be on their way`] : []),
		...(leftOut > 0 ? [`${countText(leftOut)} left out (no rule takes them)`] : []),
		...(onlyThere > 0 ? [`${countText(onlyThere)} only at the destination`] : []),
	];
	const work = `${countText(versions)} versions, ${countText(requests.list + requests.head)} requests, ${durationText(elapsedMs)}`;
	return `${destination}: ${parts.join(', ')} (${work})`;
}
