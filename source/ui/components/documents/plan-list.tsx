import {type Room} from '../../hooks/use-body.js';
import {Box} from 'ink';
import {operationDetail, operationTitle} from '../../../domain/operations/registry.js';
import type {Change} from '../../../domain/take-back/operation.js';
import {changeMark} from '../../../domain/plan/plan-text.js';
import {useTheme} from '../../hooks/use-theme.js';
import {type Role} from '../../theme.js';
import {type PlanLine} from './plan-lines.js';
import {displayWidth, padEnd, truncateEnd, truncateMiddle} from '../text/truncate.js';
import {Text} from '../text/text.js';

type PlanListProps = Room & {
	/** All lines, for the widths of the columns. */
	readonly lines: readonly PlanLine[];
	/** The first line in sight. */
	readonly top: number;
	/** Id of the operation in focus. */
	readonly focusedId: string | undefined;
};

const roles: Readonly<Record<Change, Role>> = {
	create: 'ok',
	update: 'warning',
	keep: 'secondary',
	delete: 'error',
};

const prefixWidth = 6;
const wordsWidth = 20;
const gap = 2;

/** The operations of a plan: sign, words, resource, detail. */
export const PlanList = ({lines, top, rows, width, focusedId}: PlanListProps) => {
	const {glyphs, styles} = useTheme();
	const room = width - prefixWidth - wordsWidth - gap * 2 - 1;
	const longest = Math.max(
		8,
		...lines.map((line) => (line.type === 'operation' ? displayWidth(line.operation.target) : 0)),
	);
	const targetWidth = Math.max(8, Math.min(longest, Math.floor(room * 0.6)));
	const detailWidth = Math.max(0, room - targetWidth);
	return (
		<Box flexDirection="column" width={width} height={rows} overflow="hidden">
			{lines.slice(top, top + rows).map((line) => {
				if (line.type === 'head') {
					const {direction, account, profile} = line;
					const side = direction === undefined ? line.side : `${direction}, ${line.side}`;
					return (
						<Text key={side} wrap="truncate">
							{`  ${side}  `}
							<Text {...styles.secondary}>
								{truncateEnd(`account ${account}  profile ${profile}`, width - side.length - 4, glyphs.more)}
							</Text>
						</Text>
					);
				}

				const {operation} = line;
				const {id, change, target, notes} = operation;
				const isFocused = id === focusedId;
				return (
					<Text key={id} wrap="truncate">
						<Text {...styles.accent}>{isFocused ? ` ${glyphs.focus} ` : '   '}</Text>
						<Text {...styles[roles[change]]}>{changeMark(change)}</Text>
						<Text {...styles.warning}>{notes ? `${glyphs.warning} ` : '  '}</Text>
						<Text {...(isFocused ? styles.accent : styles.plain)}>
							{padEnd(operationTitle(operation), wordsWidth)}
						</Text>
						{'  '}
						{padEnd(truncateMiddle(target, targetWidth, glyphs.more), targetWidth)}
						{'  '}
						<Text {...styles.secondary}>
							{truncateEnd(
								operationDetail(operation).replaceAll('→', glyphs.arrow),
								detailWidth,
								glyphs.more,
							)}
						</Text>
					</Text>
				);
			})}
		</Box>
	);
};
