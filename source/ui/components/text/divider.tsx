import {Box} from 'ink';
import {useTheme} from '../../hooks/use-theme.js';
import {Text} from './text.js';

/** A line between two sides of a screen, one cell wide. */
export const Divider = ({rows}: {readonly rows: number}) => {
	const {glyphs, styles} = useTheme();
	return (
		<Box flexDirection="column" width={1} flexShrink={0}>
			{Array.from({length: rows}, (_, row) => (
				<Text key={row} {...styles.secondary}>
					{glyphs.divider}
				</Text>
			))}
		</Box>
	);
};
