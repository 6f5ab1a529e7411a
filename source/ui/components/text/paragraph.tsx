import {useTheme} from '../../hooks/use-theme.js';
import {type Role} from '../../theme.js';
import {padEnd, wrapText} from './truncate.js';
import {Text} from './text.js';

type ParagraphProps = {
	readonly text: string;
	/** Cells across. */
	readonly width: number;
	readonly role?: Role;
	/** A sign before the first line: the state in a glyph, as the words say it. */
	readonly sign?: string;
	readonly signRole?: Role;
};

/** A sentence or two, wrapped and set in by the width of a sign. */
export const Paragraph = ({text, width, role = 'plain', sign = '', signRole = role}: ParagraphProps) => {
	const {styles} = useTheme();
	return wrapText(text, width - 4).map((line, index) => (
		<Text key={index} wrap="truncate">
			<Text {...styles[signRole]}>{` ${padEnd(index === 0 ? sign : '', sign === '' ? 1 : 2)}`}</Text>
			<Text {...styles[role]}>{line}</Text>
		</Text>
	));
};
