import {type Room} from '../../hooks/use-body.js';
import {Box} from 'ink';
import type {CheckResult} from '../../../domain/checks/check.js';
import {checkLabel, shortCheckLabel} from '../../../domain/checks/group-title.js';
import type {CheckProgress} from '../../../session/state/run-state.js';
import {useTheme} from '../../hooks/use-theme.js';
import type {Glyphs, Role} from '../../theme.js';
import {displayWidth, padEnd, truncateEnd} from '../../components/text/truncate.js';
import {Text} from '../../components/text/text.js';

type CheckListProps = Room & {
	readonly checks: readonly CheckProgress[];
	/** The first one in sight. */
	readonly top: number;
	readonly focusedId: string | undefined;
};

const roles: Readonly<Record<CheckResult, Role>> = {
	ok: 'ok',
	warning: 'warning',
	problem: 'error',
	unknown: 'pending',
};

/** The sign of a result, in one or two cells. */
export const resultGlyph = (result: CheckResult, glyphs: Glyphs): string =>
	({ok: glyphs.ok, warning: glyphs.warning, problem: glyphs.failed, unknown: '?'})[result];

/** What a result is coloured as. */
export const resultRole = (result: CheckResult): Role => roles[result];

const wordsWidth = 33;
const prefixWidth = 6;

/** The whole label where it fits; those of the way back are all short, so that they read alike. */
const labelOf = (check: CheckProgress): string => {
	const whole = checkLabel(check);
	const isShort = check.direction === 'back' || displayWidth(whole) > wordsWidth;
	return isShort ? shortCheckLabel(check) : whole;
};

/** Checks, a row each: sign, what is looked at, what was seen. What needs somebody's eye is said in full. */
export const CheckList = ({checks, top, rows, width, focusedId}: CheckListProps) => {
	const {glyphs, styles} = useTheme();
	return (
		<Box flexDirection="column" width={width} height={rows} overflow="hidden">
			{checks.slice(top, top + rows).map((check) => {
				const {id, verdict} = check;
				const isFocused = id === focusedId;
				const room = Math.max(4, width - prefixWidth - 1);
				const words = padEnd(labelOf(check), wordsWidth, glyphs.more);
				const headline = verdict?.result === 'ok' ? undefined : verdict?.problem?.headline;
				const text = headline ?? `${words} ${verdict?.evidence ?? ''}`;
				const sign = verdict ? resultGlyph(verdict.result, glyphs) : glyphs.todo;
				return (
					<Text key={id} wrap="truncate">
						<Text {...styles.accent}>{isFocused ? ` ${glyphs.focus} ` : '   '}</Text>
						<Text {...styles[verdict ? resultRole(verdict.result) : 'secondary']}>{padEnd(sign, 3)}</Text>
						<Text {...styles[isFocused ? 'accent' : verdict ? 'plain' : 'secondary']}>
							{truncateEnd(text, room, glyphs.more)}
						</Text>
					</Text>
				);
			})}
		</Box>
	);
};
