import {useBody} from '../../hooks/use-body.js';
import {useTheme} from '../../hooks/use-theme.js';
import {type Role} from '../../theme.js';
import {displayWidth, padEnd, wrapText} from './truncate.js';
import {Text} from './text.js';

type ParagraphProps = {
	readonly text: string;
	/** Cells across; the whole body by default. */
	readonly width?: number;
	readonly role?: Role;
	/** A sign before the first line: the state in a glyph, as the words say it. */
	readonly sign?: string;
	readonly signRole?: Role;
};

/** A sentence or two, wrapped and set in by the width of a sign. */
export const Paragraph = ({text, width, role = 'plain', sign = '', signRole = role}: ParagraphProps) => {
	const {styles} = useTheme();
	const {columns} = useBody();
	// One of ASCII may be two cells wide.
	const signWidth = sign === '' ? 1 : displayWidth(sign) + 1;
	return wrapText(text, (width ?? columns) - Math.max(4, signWidth + 2)).map((line, index) => (
		<Text key={index} wrap="truncate">
			<Text {...styles[signRole]}>{` ${padEnd(index === 0 ? sign : '', signWidth)}`}</Text>
			<Text {...styles[role]}>{line}</Text>
		</Text>
	));
};

/** What goes on at the moment. */
export const Pending = ({text}: Pick<ParagraphProps, 'text'>) => (
	<Paragraph sign={useTheme().glyphs.pending} signRole="pending" text={text} />
);
