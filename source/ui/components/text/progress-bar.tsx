import {useTheme} from '../../hooks/use-theme.js';
import {Text} from './text.js';

type ProgressBarProps = {
	readonly done: number;
	/** 0 draws an empty bar. */
	readonly total: number;
	/** Cells across. */
	readonly width: number;
};

/** How many cells of the bar are filled: all only when all is done, one as soon as anything is. */
export const filledCells = (done: number, total: number, width: number): number => {
	if (total <= 0 || done <= 0) return 0;
	if (done >= total) return width;
	return Math.min(width - 1, Math.max(1, Math.round((done / total) * width)));
};

/** How much is done, as a bar. The figures stand beside it: a bar alone says nothing to who cannot see it. */
export const ProgressBar = ({done, total, width}: ProgressBarProps) => {
	const {glyphs, styles} = useTheme();
	const filled = filledCells(done, total, width);
	return (
		<Text wrap="truncate">
			<Text {...styles.accent}>{glyphs.barDone.repeat(filled)}</Text>
			<Text {...styles.secondary}>{glyphs.barTodo.repeat(Math.max(0, width - filled))}</Text>
		</Text>
	);
};
