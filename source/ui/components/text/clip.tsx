import {Box} from 'ink';
import {type ReactNode} from 'react';

type ClipProps = {
	/** Rows it takes, whatever is in it. */
	readonly rows: number;
	readonly children: ReactNode;
};

/** A part of the screen whose end is cut off where it is too long. Left to itself the layout would take lines out of its middle. */
export const Clip = ({rows, children}: ClipProps) => (
	<Box flexDirection="column" flexShrink={0} height={Math.max(0, rows)} overflow="hidden">
		<Box flexDirection="column" flexShrink={0}>
			{children}
		</Box>
	</Box>
);
