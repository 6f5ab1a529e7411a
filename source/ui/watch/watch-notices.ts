import {metricsText} from '../../domain/watch/metrics-text.js';
import type {WatchView} from '../../session/watch/watch-view.js';

/** What has to be said at the moment: requests that fail, the first file that goes alone, and what this watch cannot see. */
export const watchNotices = (
	{troubles, probe, notes, resending}: Pick<WatchView, 'troubles' | 'probe' | 'notes' | 'resending'>,
	nowMs: number,
	hasRoomForNotes: boolean,
): readonly string[] => {
	const said = troubles.map(({bucket, problem, nextTryAt}) => {
		const seconds = Math.ceil((nextTryAt - nowMs) / 1000);
		const when = seconds > 0 ? `next try in ${seconds} s` : 'trying now';
		return `! ${problem.headline}; ${when} (${bucket})`;
	});
	if (probe && probe.until > nowMs)
		said.push(`${probe.reason}; at most ${Math.ceil((probe.until - nowMs) / 1000)} s`);
	const again = resending();
	if (again) {
		const seconds = Math.ceil((again.nextAt - nowMs) / 1000);
		const when = seconds > 0 ? `in ${seconds} s` : 'now';
		said.push(`! ${again.count} failed, sending again ${when} (${again.number} of ${again.of})`);
	}

	const [note, ...more] = notes;
	// The report has all of them.
	if (note !== undefined && hasRoomForNotes)
		said.push(more.length === 0 ? `! ${note}` : `! ${note.replace(/\.$/, '')} (and ${more.length} more)`);
	return said;
};

/** What CloudWatch says of the first rule that has metrics, with its age, and of how many more the report has it. */
export const metricsNotice = ({metrics}: Pick<WatchView, 'metrics'>, nowMs: number): string | undefined => {
	const [first, ...more] = metrics;
	if (!first) return undefined;
	const text = metricsText(first, nowMs);
	return more.length === 0 ? text : `${text.replace(/\.$/, '')} (and ${more.length} more)`;
};
