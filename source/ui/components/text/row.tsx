import {useTheme} from '../../hooks/use-theme.js';
import {type Role} from '../../theme.js';
import {truncateEnd} from './truncate.js';
import {Text} from './text.js';

type RowProps = {
	readonly text: string;
	/** Cells across. */
	readonly width: number;
	readonly role?: Role;
};

/** One row, cut at its end where it is too long. */
export const Row = ({text, width, role = 'plain'}: RowProps) => {
	const {glyphs, styles} = useTheme();
	return (
		<Text {...styles[role]} wrap="truncate">
			{truncateEnd(text, width, glyphs.more)}
		</Text>
	);
};

/** How many lines of a list are below those in sight: a row in any case, so that nothing moves. */
export const MoreBelow = ({count, note = ''}: {readonly count: number; readonly note?: string}) => {
	const {glyphs, styles} = useTheme();
	return (
		<Text {...styles.secondary} wrap="truncate">
			{count > 0 ? `   ${glyphs.more}${count} more${note}` : ' '}
		</Text>
	);
};
