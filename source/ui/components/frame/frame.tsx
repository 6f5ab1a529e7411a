import {Box} from 'ink';
import {useEffect, useMemo, useState, type ReactNode} from 'react';
import {KeyLayer} from '../../hooks/key-root.js';
import {BodyContext} from '../../hooks/use-body.js';
import {useKeys, type KeyBinding} from '../../hooks/use-keys.js';
import {useTerminalSize} from '../../hooks/use-terminal-size.js';
import {useTheme} from '../../hooks/use-theme.js';
import {HelpOverlay, helpKeys} from './help-overlay.js';
import {hintLine} from './key-labels.js';
import {contextWidth, layoutSteps, type FrameStep} from './step-line.js';
import {displayWidth, truncateNames} from '../text/truncate.js';
import {Text} from '../text/text.js';

export type FrameProps = {
	/** The steps of the wizard; none on screens outside it. */
	readonly steps?: readonly FrameStep[];
	/** Title of a screen without steps. */
	readonly title?: string;
	/** What was chosen so far, at the right of the first row: `source → destination`. */
	readonly context?: string;
	/** Keys of this screen, most used first: they act, and they make the hint line and the help. */
	readonly bindings: readonly KeyBinding[];
	/** The key for the help that the foot names: F1 where `?` is typed into a field. Both are heard. */
	readonly helpKey?: '?' | 'F1';
	/** Sentences for the help. */
	readonly helpNotes?: readonly string[];
	/** The screen itself. It gets the cells that `useBody` tells. */
	readonly children: ReactNode;
};

/** The smallest terminal a screen is laid out for. */
const minSize = {columns: 60, rows: 16} as const;

const name = ' s3-replicate  ';
/** First row, two rules, last row. */
const chromeRows = 4;

/** True once Ink listens to keys: what is typed at a frame with hints is heard. */
const useIsArmed = (): boolean => {
	const [isArmed, setIsArmed] = useState(false);
	useEffect(() => {
		const soon = setImmediate(() => setIsArmed(true));
		return () => clearImmediate(soon);
	}, []);
	return isArmed;
};

/**
 * What every screen stands in: name, steps and context; the body; the keys. It is one row lower than the terminal, always,
 * so that nothing ever scrolls. On a terminal that is too small it asks for room and the screen goes on underneath.
 */
export const Frame = ({
	steps = [],
	title = '',
	context = '',
	bindings,
	helpKey = '?',
	helpNotes,
	children,
}: FrameProps) => {
	const {columns, rows} = useTerminalSize();
	const {glyphs, styles} = useTheme();
	const [isHelpOpen, setIsHelpOpen] = useState(false);
	const isArmed = useIsArmed();
	const isTooSmall = columns < minSize.columns || rows < minSize.rows;
	const isCovered = isHelpOpen || isTooSmall;
	useKeys([...bindings, {keys: ['?', 'f1'], label: 'help', action: () => setIsHelpOpen(true)}], {
		isActive: !isCovered,
	});

	const body = useMemo(
		() => ({
			columns: Math.max(columns, minSize.columns),
			rows: Math.max(rows, minSize.rows) - 1 - chromeRows,
		}),
		[columns, rows],
	);
	const taken = displayWidth(name) + 2;
	const shownContext = truncateNames(
		context,
		` ${glyphs.arrow} `,
		contextWidth(steps, glyphs, {columns, taken}),
		glyphs.more,
	);
	const room = columns - taken - displayWidth(shownContext);
	const helpHint = `${helpKey} help `;
	const hints = hintLine(bindings, glyphs, columns - displayWidth(helpHint) - 3);
	const rule = glyphs.rule.repeat(columns);
	return (
		<Box flexDirection="column" width={columns} height={Math.max(1, rows - 1)} overflow="hidden">
			{isTooSmall && (
				<Text wrap="truncate">
					needs {minSize.columns}x{minSize.rows}, has {columns}x{rows}
				</Text>
			)}
			<Box display={isTooSmall ? 'none' : 'flex'} flexDirection="column">
				<Box justifyContent="space-between" height={1}>
					<Text wrap="truncate">
						<Text {...styles.strong}>{name}</Text>
						{layoutSteps(steps, glyphs, {columns, room}).map(({text, role}, index) => (
							<Text key={index} {...styles[role]}>
								{text}
							</Text>
						))}
						{title}
					</Text>
					<Box flexShrink={0}>
						<Text {...styles.secondary}>{shownContext} </Text>
					</Box>
				</Box>
				<Text {...styles.secondary}>{rule}</Text>
				<Box height={body.rows} overflow="hidden" flexDirection="column">
					{isHelpOpen && (
						<KeyLayer isActive={!isTooSmall}>
							<HelpOverlay
								bindings={bindings}
								notes={helpNotes}
								width={body.columns}
								rows={body.rows}
								onClose={() => setIsHelpOpen(false)}
							/>
						</KeyLayer>
					)}
					<Box
						display={isHelpOpen ? 'none' : 'flex'}
						flexDirection="column"
						height={body.rows}
						overflow="hidden"
					>
						<KeyLayer isActive={!isCovered}>
							<BodyContext value={body}>{children}</BodyContext>
						</KeyLayer>
					</Box>
				</Box>
				<Text {...styles.secondary}>{rule}</Text>
				<Box justifyContent="space-between" height={1}>
					<Text {...styles.secondary} wrap="truncate">
						{' '}
						{isArmed
							? isHelpOpen
								? hintLine(helpKeys, glyphs, columns - displayWidth(helpHint) - 3)
								: hints
							: ''}
					</Text>
					<Box flexShrink={0}>
						<Text {...styles.secondary}>{isArmed ? helpHint : ''}</Text>
					</Box>
				</Box>
			</Box>
		</Box>
	);
};
