import {Box} from 'ink';
import {type ReactNode} from 'react';
import {Divider} from '../text/divider.js';

/** What is in focus, beside the list it was chosen from. */
export const DocumentPane = ({rows, children}: {readonly rows: number; readonly children: ReactNode}) => (
	<>
		<Box paddingX={1} flexShrink={0}>
			<Divider rows={rows} />
		</Box>
		{children}
	</>
);

type ListWithPaneProps = {
	/** Cells and rows of the list. */
	readonly width: number;
	readonly rows: number;
	/** Whether there is room for what is in focus beside the list. */
	readonly hasPane: boolean;
	readonly pane: ReactNode;
	/** The list, with its head and its foot. */
	readonly children: ReactNode;
};

/** A list over the whole body, or over its left part. */
export const ListWithPane = ({width, rows, hasPane, pane, children}: ListWithPaneProps) => (
	<Box>
		<Box flexDirection="column" width={width} height={rows} overflow="hidden">
			{children}
		</Box>
		{hasPane && <DocumentPane rows={rows}>{pane}</DocumentPane>}
	</Box>
);
