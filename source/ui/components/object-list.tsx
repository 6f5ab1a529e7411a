import {Box, Text} from 'ink';
import {memo} from 'react';
import {sizeText} from '../../domain/duration-text.js';
import type {ObjectProgress} from '../../session/run-state.js';
import {useTheme} from '../hooks/use-theme.js';
import {type Role} from '../theme.js';
import {sanitize} from './sanitize.js';
import {displayWidth, padEnd, truncateMiddle} from './truncate.js';
import {ageText, delayCell, replicaCell, sourceCell} from './watch-cells.js';

export type ObjectListProps = {
	/** Those in sight. */
	readonly objects: readonly ObjectProgress[];
	/** Index of the one in focus among them. */
	readonly focusedIndex: number;
	readonly destinationCount: number;
	/** Milliseconds since 1970. */
	readonly nowMs: number;
	/** Cells across. */
	readonly width: number;
};

type Column = 'size' | 'sent' | 'source' | 'replica' | 'delay';

const titles: Readonly<Record<Column, string>> = {
	size: 'SIZE',
	sent: 'SENT',
	source: 'SOURCE',
	replica: 'REPLICA',
	delay: 'DELAY',
};
const widths: Readonly<Record<Column, number>> = {size: 8, sent: 7, source: 12, replica: 10, delay: 13};
const rightAligned: ReadonlySet<Column> = new Set(['size', 'sent']);
const focusWidth = 3;
const gap = 2;
const leastKeyWidth = 16;

/** The columns that leave the key room enough; size goes first, then age. */
export const columnsFor = (width: number): readonly Column[] => {
	const all: readonly Column[] = ['size', 'sent', 'source', 'replica', 'delay'];
	const fits = (columns: readonly Column[]): boolean => keyWidthOf(columns, width) >= leastKeyWidth;
	return [all, all.slice(1), all.slice(2)].find(fits) ?? all.slice(2);
};

const keyWidthOf = (columns: readonly Column[], width: number): number =>
	width - focusWidth - columns.reduce((sum, column) => sum + widths[column] + gap, 0);

const align = (column: Column, text: string): string =>
	rightAligned.has(column)
		? ' '.repeat(Math.max(0, widths[column] - displayWidth(text))) + text
		: padEnd(text, widths[column]);

type RowProps = {
	readonly isFocused: boolean;
	readonly objectKey: string;
	readonly cells: readonly {readonly text: string; readonly role: Role}[];
};

const Row = ({isFocused, objectKey, cells}: RowProps) => {
	const {glyphs, styles} = useTheme();
	return (
		<Text wrap="truncate">
			<Text {...styles.accent}>{isFocused ? ` ${glyphs.focus} ` : '   '}</Text>
			<Text {...(isFocused ? styles.accent : styles.plain)}>{objectKey}</Text>
			{cells.map(({text, role}, index) => (
				<Text key={index} {...styles[role]}>
					{text}
				</Text>
			))}
		</Text>
	);
};

const MemoRow = memo(
	Row,
	(before, after) =>
		before.isFocused === after.isFocused &&
		before.objectKey === after.objectKey &&
		before.cells.length === after.cells.length &&
		before.cells.every(
			({text, role}, index) => after.cells[index]?.text === text && after.cells[index]?.role === role,
		),
);

/** Files on their way, a row each. Others' files carry a sign before their key. */
export const ObjectList = ({objects, focusedIndex, destinationCount, nowMs, width}: ObjectListProps) => {
	const {glyphs, styles} = useTheme();
	const columns = columnsFor(width);
	const keyWidth = Math.max(8, keyWidthOf(columns, width));
	return (
		<Box flexDirection="column" width={width} flexShrink={0}>
			<Text {...styles.secondary} wrap="truncate">
				{' '.repeat(focusWidth) +
					padEnd('KEY', keyWidth) +
					columns.map((column) => `  ${align(column, titles[column])}`).join('')}
			</Text>
			{objects.map((object, index) => {
				const cells = {
					size: {text: sizeText(object.sizeBytes), role: 'secondary'},
					sent: {text: ageText(nowMs - object.startedAt), role: 'secondary'},
					source: sourceCell(object, glyphs),
					replica: replicaCell(object, glyphs, destinationCount),
					delay: delayCell(object, glyphs),
				} as const;
				const mark = object.isOurs ? '' : `${glyphs.changed} `;
				return (
					<MemoRow
						key={object.key}
						isFocused={index === focusedIndex}
						objectKey={padEnd(
							mark + truncateMiddle(sanitize(object.key), keyWidth - mark.length, glyphs.more),
							keyWidth,
						)}
						cells={columns.map((column) => ({
							text: `  ${align(column, cells[column].text)}`,
							role: cells[column].role,
						}))}
					/>
				);
			})}
		</Box>
	);
};
