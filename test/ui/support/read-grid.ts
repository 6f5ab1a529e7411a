import type xterm from '@xterm/headless';

/** What is seen at one place of a terminal. */
export type SeenCell = {readonly text: string; readonly look: string};

const colourOf = (isDefault: boolean, isPalette: boolean, value: number): string =>
	isDefault ? '' : isPalette ? `p${value}` : `#${value.toString(16).padStart(6, '0')}`;

/** Every cell of the visible screen with its colours; the second half of a wide character is empty. */
export const readGrid = (terminal: xterm.Terminal): ReadonlyArray<readonly SeenCell[]> => {
	const {active} = terminal.buffer;
	return Array.from({length: terminal.rows}, (_, row) =>
		Array.from({length: terminal.cols}, (_, column): SeenCell => {
			const cell = active.getLine(active.baseY + row)?.getCell(column);
			if (!cell) throw new Error(`There is no cell ${column}, ${row}`);
			const look = [
				cell.isBold() && 'bold',
				cell.isDim() && 'dim',
				cell.isUnderline() && 'underline',
				cell.isInverse() && 'inverse',
				colourOf(cell.isFgDefault(), cell.isFgPalette(), cell.getFgColor()),
				`on ${colourOf(cell.isBgDefault(), cell.isBgPalette(), cell.getBgColor())}`,
			];
			const text = cell.getWidth() === 0 ? '' : cell.getChars() || ' ';
			return {text, look: look.filter(Boolean).join(' ')};
		}),
	);
};
