import {metricsText} from '../../domain/watch/metrics-text.js';
import type {WatchView} from '../../session/watch/watch-view.js';
import type {Cause} from '../../domain/event.js';
import type {Glyphs} from '../theme.js';
import {signOf} from '../components/documents/cause-lines.js';
import {type Line, quiet} from '../components/text/line.js';
import {displayWidth, truncateEnd} from '../components/text/truncate.js';

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

const gap = '   ';

type Room = {
	readonly glyphs: Glyphs;
	readonly width: number;
	readonly canMend: boolean;
	/** Whether its words may take a row of their own. */
	readonly hasRoom: boolean;
};

/**
 * What stands in the way of files: the first cause in words, how many there are besides, and the keys that help. Where one row cuts the words
 * they have the next to themselves.
 */
export const causeRows = (
	causes: readonly Cause[],
	{glyphs, width, canMend, hasRoom}: Room,
): readonly Line[] => {
	const [first, ...more] = causes;
	if (!first) return [];
	const {sign, role} = signOf(first, glyphs);
	const keys = `${gap}d why${canMend ? `${gap}x mend` : ''}`;
	const head = `  ${sign} ${first.reason}  `;
	const besides = more.length === 0 ? '' : ` (and ${more.length} more)`;
	const whole = `${head}${first.headline}${besides}${keys}`;
	if (displayWidth(whole) < width || !hasRoom) {
		const room = Math.max(10, width - displayWidth(`${besides}${keys}`) - 1);
		return [
			[{text: truncateEnd(`${head}${first.headline}`, room, glyphs.more), role}, quiet(`${besides}${keys}`)],
		];
	}

	const others = more.length === 0 ? '' : `, and ${more.length} more`;
	const room = Math.max(10, width - displayWidth(keys) - 1);
	return [
		[{text: truncateEnd(`${head}${first.certainty}${others}`, room, glyphs.more), role}, quiet(keys)],
		[{text: truncateEnd(`    ${first.headline}`, width, glyphs.more), role}],
	];
};
