import {delayBins} from '../../domain/watch/delay-bins.js';
import type {DelayFacts} from '../../domain/watch/delay-histogram.js';
import {durationText, sizeText} from '../../domain/text/duration-text.js';
import {leftOutText} from '../../domain/run-figures.js';
import type {Cause} from '../../domain/event.js';
import {visibleJson} from '../../domain/text/visible-text.js';
import type {Problem} from '../../domain/problem.js';
import {metricsText} from '../../domain/watch/metrics-text.js';
import type {WatchedObject} from '../watch/watched-object.js';
import {markdownCode, markdownLine, markdownText} from './markdown-text.js';
import {type ReportInput, timeText} from './report-input.js';

const barWidth = 40;
const binCount = 12;
const keysShown = 20;

const stateNames: Readonly<Record<string, string | undefined>> = {
	deletedAtSource: 'deleted at source',
	deleteMarker: 'delete marker',
};

/** A report for people: figures, a histogram, and what failed, why, and what to do. */
export async function* reportMarkdown({runId, nowMs, watch, problem}: ReportInput): AsyncGenerator<string> {
	const {ends, delays} = watch;
	const {objects, bytes, total, others} = watch.counts(nowMs);
	const both = ends?.homes ? `, both ways with ${ends.homes.map(markdownText).join(', ')}` : '';
	yield `# Replication of ${markdownText(ends?.sourceBucket ?? 'nothing')}${both}\n\n`;
	yield `Run ${runId}, watched from ${timeText(ends?.startedAt)} to ${timeText(nowMs)}.\n\n`;
	yield table(
		['state', 'objects', 'size'],
		(
			[
				'replicated',
				'pending',
				'slow',
				'unseen',
				'failed',
				'uploading',
				'deletedAtSource',
				'unmatched',
				'deleteMarker',
			] as const
		)
			.filter((state) => objects[state] > 0)
			.map((state) => [stateNames[state] ?? state, String(objects[state]), sizeText(bytes[state])]),
	);
	yield `${total} objects in all, ${others} of them put there by others.\n\n`;
	yield '## Delays\n\n';
	yield 'From the end of the upload to the moment the replica was first seen. A replica may have arrived earlier, within the interval between two looks.\n\n';
	yield table(
		['destination', 'region', 'replicated', 'pending', 'failed', 'p50', 'p95', 'p99', 'max'],
		watch
			.destinations()
			.map((one) => [
				one.bucket,
				one.region ?? 'seen through the source alone',
				String(one.replicated),
				String(one.pending),
				String(one.failed),
				...figureTexts(one.delays),
			]),
	);
	if (delays.count > 0) yield histogram(delays);
	if (watch.delaysLeftOut > 0) yield `${leftOutText(watch.delaysLeftOut)}.\n\n`;
	const notes = [...watch.notes, ...watch.metrics.map((one) => metricsText(one, nowMs))];
	if (notes.length > 0) yield `${notes.map((note) => `- ${markdownLine(note)}`).join('\n')}\n\n`;
	if (problem) yield `## ${markdownText(problem.headline)}\n\n${problemText(problem)}`;
	for (const cause of watch.causes) yield causeText(cause);
	yield* failures(watch.everyObject());
	const {put, list, head, priceUsd, pricesOf} = watch.requests();
	yield '## Requests\n\n';
	yield `${put} PUT, ${list} LIST, ${head} HEAD: about $${priceUsd.toFixed(4)} (${pricesOf}). What replication itself costs, storage, transfer and requests of S3, is not in it.\n`;
	if (watch.lostCount > 0)
		yield `\n${watch.lostCount} settled objects are missing from the lists: their file could not be written.\n`;
}

function figureTexts(delays: DelayFacts): readonly string[] {
	const figures = delays.figures();
	if (!figures) return ['-', '-', '-', '-'];
	return [figures.p50, figures.p95, figures.p99, figures.max].map(durationText);
}

function histogram(delays: DelayFacts): string {
	const bins = delayBins(delays, binCount);
	const max = Math.max(...bins.map(({count}) => count));
	const rows = bins.map(({label, count}) => {
		const bar = '█'.repeat(count === 0 ? 0 : Math.max(1, Math.round((count / max) * barWidth)));
		return `${label.padStart(4)}  ${bar}${bar === '' ? '' : ' '}${count}`;
	});
	return `\`\`\`text\n${rows.join('\n')}\n\`\`\`\n\n`;
}

/** What stands in the way of files, with what it was read from. */
function causeText({reason, certainty, headline, evidence, mend, document}: Cause): string {
	const handed = document
		? `${markdownText(document.title)}:\n\n\`\`\`json\n${visibleJson(JSON.stringify(document.value, undefined, 2))}\n\`\`\`\n\n`
		: '';
	return `## ${markdownText(reason)}: ${markdownText(headline)}\n\n${markdownLine(evidence)} (${certainty})\n\n${markdownLine(mend)}\n\n${handed}`;
}

/** Failures with the same cause stand together. */
async function* failures(objects: AsyncIterable<WatchedObject>): AsyncGenerator<string> {
	const groups = new Map<
		string,
		{readonly problem: Problem; readonly keys: string[]; count: number; readonly isFoundOut: boolean}
	>();
	for await (const {state, problem, key, reason, reasons = []} of objects) {
		if (state !== 'failed' || !problem) continue;
		// S3's own word goes before what was found out.
		const told = [...new Set(reasons.map((one) => one.reason))].join(', ');
		const name = told === '' ? (reason ?? problem.code) : told;
		const group = groups.get(name) ?? {
			...{problem, keys: [], count: 0},
			isFoundOut: told === '' && reason !== undefined,
		};
		group.count++;
		if (group.keys.length < keysShown) group.keys.push(key);
		groups.set(name, group);
	}

	for (const [name, {problem, keys, count, isFoundOut}] of groups) {
		yield `## ${count} failed: ${markdownText(name)}\n\n${isFoundOut ? '' : problemText(problem)}`;
		yield keys.map((key) => `- ${markdownCode(key)}\n`).join('');
		yield count > keys.length ? `- and ${count - keys.length} more\n\n` : '\n';
	}
}

function problemText({cause, nextSteps}: Problem): string {
	const steps = nextSteps.map((step, index) => `${index + 1}. ${markdownLine(step)}\n`);
	return `${markdownLine(cause)}\n\n${steps.join('')}\n`;
}

function table(heads: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
	const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
	return `${line(heads)}${line(heads.map(() => '---'))}${rows.map((row) => line(row.map(markdownText))).join('')}\n`;
}
