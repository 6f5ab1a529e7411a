import {type ReactNode} from 'react';
import {useTheme} from '../../hooks/use-theme.js';
import {padEnd} from '../text/truncate.js';
import {Text} from '../text/text.js';

/** Cells before the label: the focus, and the mark of a value that differs from its default. */
export const fieldMarkWidth = 5;

export type FieldRowProps = {
	readonly label: string;
	/** Cells for the label, so that fields of a form stand in line. */
	readonly labelWidth: number;
	readonly isActive: boolean;
	/** Whether the value differs from its default. */
	readonly isChanged: boolean;
	/** Whether something is wrong with the value. */
	readonly isFaulty?: boolean;
	/** The value, at most as wide as there is room. */
	readonly children: ReactNode;
};

/** One row of a form: its marks, its label, its value. */
export const FieldRow = ({
	label,
	labelWidth,
	isActive,
	isChanged,
	isFaulty = false,
	children,
}: FieldRowProps) => {
	const {glyphs, styles} = useTheme();
	const mark = isFaulty ? glyphs.failed : isChanged ? glyphs.changed : ' ';
	return (
		<Text wrap="truncate">
			<Text {...styles.accent}>{` ${padEnd(isActive ? glyphs.focus : '', 2)}`}</Text>
			<Text {...(isFaulty ? styles.error : styles.accent)}>{`${mark} `}</Text>
			<Text {...(isActive ? styles.accent : styles.plain)}>{padEnd(label, labelWidth, glyphs.more)}</Text>
			{children}
		</Text>
	);
};
