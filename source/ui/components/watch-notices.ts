import type {WatchView} from '../../session/watch/watch-view.js';
import {sanitize} from './sanitize.js';

/** What has to be said at the moment: requests that fail, or the first file that goes alone. */
export const watchNotices = (
	{troubles, probe}: Pick<WatchView, 'troubles' | 'probe'>,
	nowMs: number,
): readonly string[] => {
	const said = troubles.map(({bucket, problem, nextTryAt}) => {
		const seconds = Math.ceil((nextTryAt - nowMs) / 1000);
		const when = seconds > 0 ? `next try in ${seconds} s` : 'trying now';
		return `! ${problem.headline}; ${when} (${bucket})`;
	});
	if (probe && probe.until > nowMs)
		said.push(`${probe.reason}; at most ${Math.ceil((probe.until - nowMs) / 1000)} s`);
	return said.map(sanitize);
};
