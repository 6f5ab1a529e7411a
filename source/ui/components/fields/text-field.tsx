import {Box} from 'ink';
import {useState} from 'react';
import {useKeyLayer} from '../../hooks/key-root.js';
import {useKeys, type KeyBinding} from '../../hooks/use-keys.js';
import {useTheme} from '../../hooks/use-theme.js';
import {editLine, isEditKey, untouchedLine, visiblePart} from './edit-line.js';
import {FieldRow, fieldMarkWidth} from './field-row.js';
import {displayWidth, padEnd, truncateEnd, wrapText} from '../text/truncate.js';
import {Text} from '../text/text.js';

type TextFieldProps = {
	readonly label: string;
	readonly value: string;
	/** The first text typed takes its place; a value that differs from it is marked. */
	readonly defaultValue: string;
	readonly onChange: (value: string) => void;
	/** Enter. */
	readonly onSubmit: (value: string) => void;
	/** Cells across. */
	readonly width: number;
	/** Cells for the label, so that fields of a form stand in line. */
	readonly labelWidth?: number;
	/** What stands there, dim, while the value is empty. */
	readonly emptyText?: string;
	/** What is wrong with the value, under the field. */
	readonly problem?: string;
	/** What else there is to say, under the field where nothing is wrong. */
	readonly note?: string;
	/** Whether something is wrong with the value that is said elsewhere. */
	readonly isFaulty?: boolean;
	/** Whether `?` may stand in a text; else it is the key for help, and F1 is one everywhere. */
	readonly mayHaveQuestionMark?: (text: string) => boolean;
	/** Has the focus: shows the caret and hears keys. */
	readonly isActive?: boolean;
};

/** What a field does with keys, for the hint line and the help of the screen it is on. */
export const textFieldKeys: readonly KeyBinding[] = [
	{keys: ['enter'], label: 'next'},
	{keys: ['ctrl+u'], label: 'clear'},
	{keys: ['ctrl+a', 'ctrl+e'], label: 'start, end of the line', isHidden: true},
	{keys: ['ctrl+k', 'ctrl+w'], label: 'delete to the end, a word', isHidden: true},
];

/** One line of text with a label, its default, and what is wrong with it. Typing never leaves the field. */
export const TextField = ({
	label,
	value,
	defaultValue,
	onChange,
	onSubmit,
	width,
	labelWidth = displayWidth(label) + 2,
	emptyText = '',
	problem,
	note,
	isFaulty = false,
	mayHaveQuestionMark = () => false,
	isActive = true,
}: TextFieldProps) => {
	const {glyphs, styles} = useTheme();
	const valueWidth = Math.max(8, width - fieldMarkWidth - labelWidth - 1);
	const indent = ' '.repeat(fieldMarkWidth + labelWidth);
	const underneath = problem ?? note;
	return (
		<Box flexDirection="column" width={width}>
			<FieldRow
				label={label}
				labelWidth={labelWidth}
				isActive={isActive}
				isChanged={value !== defaultValue && value !== ''}
				isFaulty={isFaulty}
			>
				{isActive ? (
					<Editor
						{...{value, defaultValue, emptyText, mayHaveQuestionMark, onChange, onSubmit}}
						width={valueWidth}
					/>
				) : value === '' ? (
					<Text {...styles.secondary}>{truncateEnd(emptyText, valueWidth, glyphs.more)}</Text>
				) : (
					truncateEnd(value, valueWidth, glyphs.more)
				)}
			</FieldRow>
			{underneath !== undefined &&
				wrapText(underneath, Math.max(8, width - fieldMarkWidth - labelWidth - 3)).map((line, index) => (
					<Text key={index} wrap="truncate">
						{indent}
						<Text {...styles.error}>
							{problem === undefined ? '' : padEnd(index === 0 ? glyphs.failed : '', 2)}
						</Text>
						<Text {...(problem === undefined ? styles.secondary : styles.plain)}>{line}</Text>
					</Text>
				))}
		</Box>
	);
};

type EditorProps = Pick<TextFieldProps, 'value' | 'defaultValue' | 'onChange' | 'onSubmit' | 'width'> &
	Required<Pick<TextFieldProps, 'emptyText' | 'mayHaveQuestionMark'>>;

/** The text with its caret. It is there only while the field has the focus: who comes again finds a default untouched again. */
const Editor = ({
	value,
	defaultValue,
	emptyText,
	mayHaveQuestionMark,
	onChange,
	onSubmit,
	width,
}: EditorProps) => {
	const {glyphs, styles} = useTheme();
	const isListening = useKeyLayer().isActive;
	const [edited, setEdited] = useState(() => untouchedLine(value));
	// The screen may have changed what was typed, or may show another value.
	const line = edited.text === value ? edited : untouchedLine(value);
	const current = value === defaultValue ? line : {...line, isUntouched: false};
	useKeys([{keys: ['enter'], label: 'next', action: () => onSubmit(value)}], {
		isActive: isListening,
		onKey(press) {
			// Letters are text here and act on nothing further out; so is a question mark where a text may have one.
			if (press.text === '' && !isEditKey(press.name)) return false;
			const next = editLine(current, press);
			if (press.text === '?' && !mayHaveQuestionMark(next.text)) return false;
			setEdited(next);
			if (next.text !== value) onChange(next.text);
			return true;
		},
	});
	const {before, after} = visiblePart(line, width, displayWidth);
	return (
		<>
			{before}
			<Text {...styles.accent}>{glyphs.caret}</Text>
			{value === '' ? (
				<Text {...styles.secondary}>{truncateEnd(emptyText, width - 1, glyphs.more)}</Text>
			) : (
				after
			)}
		</>
	);
};
