import {durationText} from '../domain/text/duration-text.js';
import type {WatchView} from '../session/watch/watch-view.js';

const recentSeconds = 10;

/** How far a watch is, in one line for people: counts, percentiles, and arrivals a second of late. */
export function progressLine(watch: WatchView, filesWanted: number, nowMs: number): string {
	const {objects} = watch.counts(nowMs);
	const ours = watch.objectCounts();
	const sent = ours.replicated + ours.failed + ours.pending;
	const all = watch.objectCounts(true);
	const total = Math.max(sent, filesWanted) + all.replicated + all.failed + all.pending - sent;
	const parts = [`${objects.replicated} of ${total} replicated`];
	const counted = [
		[objects.pending + objects.uploading, 'pending'],
		[objects.slow, 'slow'],
		[objects.unseen, 'unseen'],
		[objects.failed, 'failed'],
	] as const;
	for (const [count, name] of counted) if (count > 0) parts.push(`${count} ${name}`);
	const figures = watch.delays.figures();
	if (figures) parts.push(`p50 ${durationText(figures.p50)}`, `p95 ${durationText(figures.p95)}`);
	// The second that still goes on would make it look slower.
	const recent = watch.arrivals(nowMs).objects.slice(-recentSeconds - 1, -1);
	const rate = recent.reduce((sum, count) => sum + count, 0) / recentSeconds;
	if (rate > 0) parts.push(`${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`);
	return `  … ${parts.join(', ')}`;
}
