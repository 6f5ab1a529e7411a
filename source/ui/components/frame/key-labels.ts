import {type KeyName} from '../../hooks/key-press.js';
import {type KeyBinding} from '../../hooks/use-keys.js';
import {type Glyphs} from '../../theme.js';
import {displayWidth} from '../text/truncate.js';

const nameKey = (key: KeyName, {enter, left, right}: Glyphs): string => {
	const named: Readonly<Partial<Record<KeyName, string>>> = {
		...{enter, left, right, escape: 'esc', f1: 'F1', pageup: 'PgUp', pagedown: 'PgDn'},
	};
	return named[key] ?? (key.startsWith('ctrl+') ? `^${key.slice(5).toUpperCase()}` : key);
};

/** Keys as they are shown: `↑↓`, `⏎`, `^U`, `esc`. */
export const labelKeys = (keys: readonly KeyName[], glyphs: Glyphs): string => {
	const pair = keys.join(' ');
	if (pair === 'up down') return glyphs.upDown;
	if (pair === 'left right') return glyphs.leftRight;
	return keys.map((key) => nameKey(key, glyphs)).join(' ');
};

const hintOf = ({keys, label}: KeyBinding, glyphs: Glyphs): string =>
	keys.length === 0 ? label : `${labelKeys(keys, glyphs)} ${label}`;

/** The keys that lead out of a screen. */
const wayOutKeys: readonly KeyName[] = ['escape', 'q', 'ctrl+c'];

const isWayOut = ({keys}: KeyBinding): boolean => keys.some((key) => wayOutKeys.includes(key));

const gap = '   ';

/**
 * The hint line: the ways out, and as many of the other bindings as fit beside them, in the order of the table. The rest
 * is in the help.
 *
 * @param width cells
 */
export const hintLine = (bindings: readonly KeyBinding[], glyphs: Glyphs, width: number): string => {
	const hints = bindings
		.filter(({isHidden}) => !isHidden)
		.map((binding) => ({text: hintOf(binding, glyphs), isKept: isWayOut(binding)}));
	const lineOf = (otherCount: number): string => {
		let others = 0;
		return hints
			.filter(({isKept}) => isKept || (others += 1) <= otherCount)
			.map(({text}) => text)
			.join(gap);
	};
	let shown = hints.filter(({isKept}) => !isKept).length;
	while (shown > 0 && displayWidth(lineOf(shown)) > width) shown -= 1;
	return lineOf(shown);
};
