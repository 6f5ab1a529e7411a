import {type ListChoice} from './use-watch-query.js';
import {type Line, quiet} from '../components/text/line.js';
import {truncateEnd} from '../components/text/truncate.js';

/** Why a list shows no file, and which key shows more. */
export const emptyListLine = ({filter, onlyFailed}: ListChoice, width: number, more: string): Line => {
	const among = onlyFailed ? ' among the failed files' : '';
	const why =
		filter !== ''
			? `no key, version or state${among} has ${filter} in it; esc takes the filter away`
			: onlyFailed
				? 'no file has failed; f shows all files'
				: 'no file yet; u uploads test files';
	return [quiet(truncateEnd(`   ${why}`, width, more))];
};
