import {useBody} from '../../hooks/use-body.js';
import {useTheme} from '../../hooks/use-theme.js';
import {displayWidth, padEnd, wrapText} from './truncate.js';
import {Text} from './text.js';

export type Fact = {
	readonly label: string;
	readonly text: string;
};

type FactsProps = {
	readonly facts: readonly Fact[];
	/** Cells across; the whole body by default. */
	readonly width?: number;
};

const indent = 3;
const gap = 3;

/** What is known, one a line: a dim label, and a text that is wrapped beside it. */
export const Facts = ({facts, width}: FactsProps) => {
	const {styles} = useTheme();
	const {columns} = useBody();
	const labelWidth = Math.max(...facts.map(({label}) => displayWidth(label))) + gap;
	return facts.map(({label, text}) =>
		wrapText(text, Math.max(8, (width ?? columns) - indent - labelWidth - 1)).map((line, index) => (
			<Text key={`${label} ${index}`} wrap="truncate">
				<Text {...styles.secondary}>
					{' '.repeat(indent)}
					{padEnd(index === 0 ? label : '', labelWidth)}
				</Text>
				{line}
			</Text>
		)),
	);
};
