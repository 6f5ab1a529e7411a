import {Box} from 'ink';
import TextInput from 'ink-text-input';
import {useRef} from 'react';
import {useKeyLayer} from '../hooks/key-root.js';
import {useKeys, type KeyBinding} from '../hooks/use-keys.js';
import {useTheme} from '../hooks/use-theme.js';
import {displayWidth, padEnd, truncateEnd, wrapText} from './truncate.js';
import {Text} from './text.js';

export type TextFieldProps = {
	readonly label: string;
	readonly value: string;
	/** What `^U` restores; a value that differs from it is marked. */
	readonly defaultValue: string;
	readonly onChange: (value: string) => void;
	/** Enter. */
	readonly onSubmit: (value: string) => void;
	/** Cells across. */
	readonly width: number;
	/** Cells for the label, so that fields of a form stand in line. */
	readonly labelWidth?: number;
	/** What is wrong with the value, under the field. */
	readonly problem?: string;
	/** What else there is to say, under the field where nothing is wrong. */
	readonly note?: string;
	/** Has the focus: shows the caret and hears keys. */
	readonly isActive?: boolean;
};

/** What a field does with keys, for the hint line and the help of the screen it is on. */
export const textFieldKeys: readonly KeyBinding[] = [
	{keys: ['enter'], label: 'next'},
	{keys: ['ctrl+u'], label: 'default'},
];

const markWidth = 5;

/** One line of text with a label, its default, and what is wrong with it. Typing never leaves the field. */
export const TextField = ({
	label,
	value,
	defaultValue,
	onChange,
	onSubmit,
	width,
	labelWidth = displayWidth(label) + 2,
	problem,
	note,
	isActive = true,
}: TextFieldProps) => {
	const {glyphs, styles} = useTheme();
	const layer = useKeyLayer();
	const isListening = isActive && layer.isActive;
	// ink-text-input types the letter of every Ctrl and Alt key it does not know. Heard first here, so it can be refused.
	const isCommand = useRef(false);
	useKeys([{keys: ['ctrl+u'], label: 'default', action: () => onChange(defaultValue)}], {
		isActive: isListening,
		onAnyKey({text}) {
			isCommand.current = text === '' || text === '?';
		},
		// Letters are text here and act on nothing further out; no name has a question mark, so that stays the key for help.
		onText: (text) => text !== '?',
	});
	const change = (next: string) => {
		const isErasing = next.length < value.length;
		if (!isCommand.current || isErasing) onChange(next);
	};

	const mark = ` ${padEnd(isActive ? glyphs.focus : '', 2)}${value === defaultValue ? ' ' : glyphs.changed} `;
	const valueWidth = Math.max(8, width - markWidth - labelWidth - 1);
	const indent = ' '.repeat(markWidth + labelWidth);
	const underneath = problem === undefined ? note : problem;
	const underneathWidth = Math.max(8, width - markWidth - labelWidth - 3);
	return (
		<Box flexDirection="column" width={width}>
			<Box>
				<Text {...styles.accent}>{mark}</Text>
				<Text {...(isActive ? styles.accent : styles.plain)}>{padEnd(label, labelWidth, glyphs.more)}</Text>
				<Box width={valueWidth}>
					{isActive ? (
						<TextInput value={value} onChange={change} onSubmit={onSubmit} focus={isListening} />
					) : (
						<Text wrap="truncate">{truncateEnd(value, valueWidth, glyphs.more)}</Text>
					)}
				</Box>
			</Box>
			{underneath !== undefined &&
				wrapText(underneath, underneathWidth).map((line, index) => (
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
