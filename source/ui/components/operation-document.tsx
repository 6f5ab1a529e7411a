import {Box, Text} from 'ink';
import type {Operation} from '../../domain/plan.js';
import {changeMark} from '../../domain/plan-text.js';
import {operationText} from '../../domain/operation-text.js';
import {useTheme} from '../hooks/use-theme.js';
import {JsonView} from './json-view.js';
import {truncateEnd, truncateMiddle} from './truncate.js';

export type OperationDocumentProps = {
	readonly operation: Operation;
	/** Shows what is there now instead of what will be. */
	readonly showsBefore: boolean;
	/** Whose credentials make the call. */
	readonly profile: string;
	readonly width: number;
	readonly rows: number;
	/** Hears keys. */
	readonly isActive: boolean;
};

const titleRows = 4;

/** What stands at the target before an update, where it is known and differs. */
export const documentBefore = (operation: Operation): unknown =>
	operation.change === 'update' && 'before' in operation ? operation.before : undefined;

/** An operation opened: the very value that will be written, or what is there now. */
export const OperationDocument = ({
	operation,
	showsBefore,
	profile,
	width,
	rows,
	isActive,
}: OperationDocumentProps) => {
	const {glyphs, styles} = useTheme();
	const {id, kind, change, target, account, region, after} = operation;
	const before = documentBefore(operation);
	const isBefore = showsBefore && before !== undefined;
	const title = `${changeMark(change)} ${operationText(kind).plan}  `;
	const state = isBefore ? 'There now' : change === 'keep' ? 'There already, and stays' : 'Will be written';
	const other = isBefore ? 'b what will be written' : 'b what is there now';
	return (
		<Box flexDirection="column" width={width} height={rows} overflow="hidden">
			<Text {...styles.strong} wrap="truncate">
				{title + truncateMiddle(target, Math.max(8, width - title.length), glyphs.more)}
			</Text>
			<Text {...styles.secondary} wrap="truncate">
				{truncateEnd(`account ${account}  ${region}  profile ${profile}`, width, glyphs.more)}
			</Text>
			<Text {...styles.accent} wrap="truncate">
				{state}
				<Text {...styles.secondary}>{before === undefined ? '' : `   ${other}`}</Text>
			</Text>
			<Text> </Text>
			<JsonView
				key={`${id} ${String(isBefore)}`}
				value={isBefore ? before : after}
				width={width}
				rows={Math.max(1, rows - titleRows)}
				isActive={isActive}
			/>
		</Box>
	);
};
