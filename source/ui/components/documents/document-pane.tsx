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
