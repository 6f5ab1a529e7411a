import type {RequestFigures} from '../../session/watch/watch-view.js';
import type {ListChoice} from './use-watch-query.js';
import type {Glyphs} from '../theme.js';
import {type Line, plain, quiet, spread, widthOfLine} from '../components/text/line.js';
import {truncateEnd} from '../components/text/truncate.js';

type WatchFootInput = {
	readonly choice: ListChoice;
	/** First and last in sight, and how many there are. */
	readonly place: {readonly first: number; readonly last: number; readonly total: number};
	readonly hasOthers: boolean;
	/** Rows of delete markers, which are no files, are among them. */
	readonly hasMarkers: boolean;
	readonly requests: RequestFigures;
	readonly glyphs: Glyphs;
	readonly width: number;
};

const priceText = (usd: number): string => (usd < 0.01 ? 'under $0.01' : `about $${usd.toFixed(2)}`);

/** The row under the list: where it is, what it shows, and what looking has cost so far. */
export const footLine = ({
	choice,
	place,
	hasOthers,
	hasMarkers,
	requests,
	glyphs,
	width,
}: WatchFootInput): Line => {
	const {filter, sort, onlyFailed, isTyping} = choice;
	const {first, last, total} = place;
	const isWhole = total === 0 || (first === 1 && last === total);
	const range = isWhole ? String(total) : `${first}-${last} of ${total}`;
	const one = hasMarkers && !onlyFailed ? 'row' : 'file';
	const noun = `${onlyFailed ? 'failed ' : ''}${total === 1 ? one : `${one}s`}`;
	const isFiltered = isTyping || filter !== '';
	const parts = [
		`   ${range} ${noun}`,
		...(hasOthers ? [`${glyphs.changed} from others`] : []),
		`sort ${sort}`,
		...(isFiltered ? [`filter ${glyphs.prompt} `] : []),
	];
	const head = quiet(parts.join('   '));
	const made = requests.put + requests.list + requests.head;
	const cost = made === 0 ? '' : `${made} requests, ${priceText(requests.priceUsd)} `;
	const filterWidth = Math.max(8, width - widthOfLine([head]) - 2);
	const line: Line = isFiltered
		? [
				head,
				plain(truncateEnd(filter, filterWidth, glyphs.more)),
				{text: isTyping ? glyphs.caret : '', role: 'accent'},
			]
		: [head];
	return spread(line, [quiet(cost)], width);
};

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
