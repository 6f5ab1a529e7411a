import {type KeyName} from '../../hooks/key-press.js';
import {type KeyBinding} from '../../hooks/use-keys.js';
import {type Glyphs} from '../../theme.js';
import {displayWidth} from '../text/truncate.js';

const nameKey = (key: KeyName, glyphs: Glyphs): string => {
	switch (key) {
		case 'enter':
			return glyphs.enter;
		case 'left':
			return glyphs.left;
		case 'right':
			return glyphs.right;
		case 'escape':
			return 'esc';
		case 'f1':
			return 'F1';
		case 'pageup':
			return 'PgUp';
		case 'pagedown':
			return 'PgDn';
		default:
			return key.startsWith('ctrl+') ? `^${key.slice(5).toUpperCase()}` : key;
	}
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

/**
 * The hint line: as many bindings, in their order, as fit. The rest is in the help.
 *
 * @param width cells
 */
export const hintLine = (bindings: readonly KeyBinding[], glyphs: Glyphs, width: number): string => {
	let line = '';
	for (const binding of bindings) {
		if (binding.isHidden) continue;
		const longer = line === '' ? hintOf(binding, glyphs) : `${line}   ${hintOf(binding, glyphs)}`;
		if (displayWidth(longer) > width) break;
		line = longer;
	}

	return line;
};
