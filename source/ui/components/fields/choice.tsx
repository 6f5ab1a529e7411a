import {Box} from 'ink';
import SelectInput from 'ink-select-input';
import {useKeyLayer} from '../../hooks/key-root.js';
import {type KeyBinding} from '../../hooks/use-keys.js';
import {useTheme} from '../../hooks/use-theme.js';
import {displayWidth, truncateEnd, truncateNames} from '../text/truncate.js';
import {Text} from '../text/text.js';

export type ChoiceItem<V extends string> = {
	readonly value: V;
	readonly label: string;
	/** Said beside the label, dim. */
	readonly detail?: string;
	/** Buckets after it, `source → destination`: each is cut in its middle where there is little room. */
	readonly names?: string;
};

type ChoiceProps<V extends string> = {
	/** Few and fixed; what grows or is long is a `FilterList`. */
	readonly items: readonly ChoiceItem<V>[];
	readonly initialValue?: V;
	/** Cells across. */
	readonly width: number;
	readonly onChoose: (value: V) => void;
	readonly onHighlight?: (value: V) => void;
	/** Hears keys; false while another part of the screen has the focus. */
	readonly isActive?: boolean;
};

/** What a choice does with keys, for the hint line and the help of the screen it is on. */
export const choiceKeys: readonly KeyBinding[] = [
	{keys: ['up', 'down'], label: 'move'},
	{keys: ['enter'], label: 'choose'},
];

/** With less nothing would be left of two names. */
const minNamesWidth = 9;

const Indicator = ({isSelected = false}: {readonly isSelected?: boolean}) => {
	const {glyphs, styles} = useTheme();
	return <Text {...styles.accent}>{isSelected ? `   ${glyphs.focus} ` : '     '}</Text>;
};

type RowProps = {readonly isSelected?: boolean; readonly label: string; readonly detail?: string};

const Row = ({isSelected = false, label, detail = ''}: RowProps) => {
	const {styles} = useTheme();
	return (
		<Text wrap="truncate">
			<Text {...(isSelected ? styles.accent : styles.plain)}>{label}</Text>
			<Text {...styles.secondary}>{detail}</Text>
		</Text>
	);
};

/** One of a few fixed things: arrows or its number, Enter chooses. */
export const Choice = <V extends string>({
	items,
	initialValue,
	width,
	onChoose,
	onHighlight,
	isActive = true,
}: ChoiceProps<V>) => {
	const {glyphs} = useTheme();
	const layer = useKeyLayer();
	const labelWidth = Math.max(...items.map(({label}) => displayWidth(label)));
	const detailWidth = width - 5 - labelWidth - 3;
	const detailOf = (detail: string, names = ''): string => {
		const room = detailWidth - displayWidth(detail);
		// As wide as it is shown: an arrow of ASCII is two cells.
		const shown = names.replaceAll('→', glyphs.arrow);
		if (shown === '' || room < minNamesWidth) return truncateEnd(detail + shown, detailWidth, glyphs.more);
		return detail + truncateNames(shown, ` ${glyphs.arrow} `, room, glyphs.more);
	};
	const rows = items.map(({value, label, detail = '', names}) => ({
		value,
		label: truncateEnd(label, width - 6, glyphs.more),
		detail:
			detail === '' || detailWidth < 8
				? ''
				: ' '.repeat(labelWidth - displayWidth(label) + 3) + detailOf(detail, names),
	}));
	return (
		<Box width={width} flexDirection="column">
			<SelectInput
				items={rows}
				initialIndex={Math.max(
					0,
					items.findIndex(({value}) => value === initialValue),
				)}
				isFocused={isActive && layer.isActive}
				indicatorComponent={Indicator}
				itemComponent={Row}
				onSelect={({value}) => onChoose(value)}
				onHighlight={({value}) => onHighlight?.(value)}
			/>
		</Box>
	);
};
