import {useState} from 'react';
import {useKeys, when, type KeyBinding} from './use-keys.js';

/** What scrolling does with keys, for the hint line and the help of the screen it is on. */
export const scrollKeys: readonly KeyBinding[] = [
	{keys: ['up', 'down'], label: 'scroll'},
	{keys: ['pageup', 'pagedown'], label: 'page'},
	{keys: ['home', 'end'], label: 'first, last', isHidden: true},
];

/** The first visible line after scrolling by some lines. */
export const scrollTop = (top: number, byLines: number, lineCount: number, rows: number): number =>
	Math.max(0, Math.min(top + byLines, lineCount - rows));

/**
 * Which of some lines are in sight; what does not fit is reached with the keys, and one row says where one is.
 *
 * @param hasArrows whether it scrolls line by line, too: not below a list, where the arrows move
 */
export const useScroll = (
	lineCount: number,
	rows: number,
	isActive: boolean,
	hasArrows = true,
): {readonly top: number; readonly textRows: number; readonly isLong: boolean} => {
	const [wantedTop, setWantedTop] = useState(0);
	const isLong = lineCount > rows;
	const textRows = isLong ? Math.max(1, rows - 1) : rows;
	// The document or the room for it may have become smaller since the last key.
	const top = scrollTop(wantedTop, 0, lineCount, textRows);
	const scroll = (byLines: number) => () => setWantedTop(scrollTop(top, byLines, lineCount, textRows));
	useKeys(
		[
			{keys: ['pageup'], label: 'page up', action: scroll(-textRows)},
			{keys: ['pagedown', 'space'], label: 'page down', action: scroll(textRows)},
			...when(
				hasArrows,
				{keys: ['up', 'k'], label: 'up', action: scroll(-1)},
				{keys: ['down', 'j'], label: 'down', action: scroll(1)},
				{keys: ['home'], label: 'first', action: scroll(-lineCount)},
				{keys: ['end'], label: 'last', action: scroll(lineCount)},
			),
		],
		{isActive},
	);
	return {top, textRows, isLong};
};
