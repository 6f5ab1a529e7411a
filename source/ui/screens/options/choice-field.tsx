import {useKeyLayer} from '../../hooks/key-root.js';
import {useKeys, type KeyBinding} from '../../hooks/use-keys.js';
import {useTheme} from '../../hooks/use-theme.js';
import {FieldRow, fieldMarkWidth, type FieldRowProps} from '../../components/fields/field-row.js';
import {truncateEnd} from '../../components/text/truncate.js';
import {Text} from '../../components/text/text.js';

type ChoiceFieldProps = Omit<FieldRowProps, 'children' | 'isChanged'> & {
	/** What can be chosen, in its order; two for a switch. */
	readonly choices: readonly string[];
	readonly value: string;
	readonly defaultValue: string;
	/** What a choice is called; its own word by default. */
	readonly nameOf: (choice: string) => string;
	readonly onChange: (value: string) => void;
	/** Enter. */
	readonly onSubmit: () => void;
	/** Cells across. */
	readonly width: number;
};

/** What such a field does with keys, for the hint line and the help of the screen it is on. */
export const choiceFieldKeys: readonly KeyBinding[] = [
	{keys: ['left', 'right'], label: 'change'},
	{keys: ['space'], label: 'change', isHidden: true},
];

/** One of few fixed things in one row: space and the arrows change it, nothing is typed. */
export const ChoiceField = ({
	choices,
	value,
	defaultValue,
	nameOf,
	onChange,
	onSubmit,
	width,
	...row
}: ChoiceFieldProps) => {
	const {glyphs, styles} = useTheme();
	const {isActive, labelWidth} = row;
	const isListening = useKeyLayer().isActive && isActive;
	const turn = (by: number) => () => {
		const next = (choices.indexOf(value) + by + choices.length) % choices.length;
		onChange(choices[next] ?? value);
	};
	useKeys(
		[
			{keys: ['right', 'space'], label: 'next', action: turn(1)},
			{keys: ['left'], label: 'before', action: turn(-1)},
			{keys: ['enter'], label: 'next', action: onSubmit},
		],
		// Letters are no text here, and act on nothing further out.
		{isActive: isListening, onText: (text) => text !== '?'},
	);
	const isSwitch = choices.length === 2;
	const sign = isSwitch ? (value === choices[1] ? '[x] ' : '[ ] ') : isActive ? '< ' : '';
	const place = isSwitch || !isActive ? '' : ` > ${choices.indexOf(value) + 1} of ${choices.length}`;
	const room = width - fieldMarkWidth - labelWidth - 1 - sign.length - place.length;
	return (
		<FieldRow {...row} isChanged={value !== defaultValue}>
			{sign}
			{truncateEnd(nameOf(value), room, glyphs.more)}
			<Text {...styles.secondary}>{place}</Text>
		</FieldRow>
	);
};
