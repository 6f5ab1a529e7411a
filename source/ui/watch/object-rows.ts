import {sizeText} from '../../domain/text/duration-text.js';
import type {WatchedObject} from '../../session/watch/watched-object.js';
import {type Glyphs} from '../theme.js';
import {type Line, quiet, type Span} from '../components/text/line.js';
import {displayWidth, padEnd, truncateEnd, truncateKey} from '../components/text/truncate.js';
import {ageText, delayCell, replicaCell, sourceCell} from './watch-cells.js';

type ObjectRowsInput = {
	/** Those in sight. */
	readonly objects: readonly WatchedObject[];
	/** Index of the one in focus among them. */
	readonly focusedIndex: number;
	readonly destinationCount: number;
	/** Each row says which way its file goes. */
	readonly isTwoWay?: boolean;
	/** Milliseconds since 1970. */
	readonly nowMs: number;
	readonly glyphs: Glyphs;
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
const minKeyWidth = 16;
const reasonWidth = widths.replica + gap + widths.delay;

/** As long as both columns are wide. */
const markerStays = 'not replicated by rules';

const keyWidthOf = (columns: readonly Column[], width: number): number =>
	width - focusWidth - columns.reduce((sum, column) => sum + widths[column] + gap, 0);

const all: readonly Column[] = ['size', 'sent', 'source', 'replica', 'delay'];

/** Cells from which on every column is shown. */
export const wholeRowWidth =
	focusWidth + minKeyWidth + all.reduce((sum, column) => sum + widths[column] + gap, 0);

/** The columns that leave the key room enough; size goes first, then age. */
const columnsFor = (width: number): readonly Column[] => {
	const fits = (columns: readonly Column[]): boolean => keyWidthOf(columns, width) >= minKeyWidth;
	return [all, all.slice(1), all.slice(2)].find(fits) ?? all.slice(2);
};

const align = (column: Column, text: string): string =>
	rightAligned.has(column)
		? ' '.repeat(Math.max(0, widths[column] - displayWidth(text))) + text
		: padEnd(text, widths[column]);

/**
 * Files on their way, a row each under the heads of the columns. Others' files carry a sign before their key; in a two-way watch every
 * file has one that says which way it goes.
 */
export const objectRows = ({
	objects,
	focusedIndex,
	destinationCount,
	isTwoWay = false,
	nowMs,
	glyphs,
	width,
}: ObjectRowsInput): readonly Line[] => {
	const columns = columnsFor(width);
	const keyWidth = Math.max(8, keyWidthOf(columns, width));
	const heads = columns.map((column) => `  ${align(column, titles[column])}`).join('');
	const rowOf = (object: WatchedObject, index: number): Line => {
		const isFocused = index === focusedIndex;
		const cells: Readonly<Record<Column, Span>> = {
			size: quiet(object.markerTo ? 'marker' : sizeText(object.sizeBytes)),
			sent: quiet(ageText(nowMs - object.startedAt)),
			source: sourceCell(object, glyphs),
			replica: replicaCell(object, glyphs, destinationCount),
			delay: delayCell(object, glyphs),
		};
		const way = object.direction === 'back' ? glyphs.arrowBack : glyphs.arrow;
		const mark = `${isTwoWay ? `${way} ` : ''}${object.isOurs ? '' : `${glyphs.changed} `}`;
		const key = mark + truncateKey(object.key, keyWidth - mark.length, glyphs.more);
		return [
			{text: isFocused ? ` ${glyphs.focus} ` : ' '.repeat(focusWidth), role: 'accent'},
			{text: padEnd(key, keyWidth), role: isFocused ? 'accent' : 'plain'},
			...columns.flatMap((column): readonly Span[] => {
				// What becomes of it takes both columns, too.
				if (object.markerTo?.length === 0 && column === 'replica')
					return [quiet(`  ${padEnd(markerStays, reasonWidth, glyphs.more)}`)];
				if (object.markerTo?.length === 0 && column === 'delay') return [];
				// S3's own word goes before what was found out.
				const reason = object.reasons?.[0]?.reason ?? object.reason;
				// What failed has no delay: the reason takes both columns.
				if (reason !== undefined && column === 'replica') {
					const text = truncateEnd(reason, reasonWidth, glyphs.more);
					return [{text: `  ${padEnd(text, reasonWidth)}`, role: 'error'}];
				}

				if (reason !== undefined && column === 'delay') return [];
				const {text, role} = cells[column];
				return [{text: `  ${align(column, text)}`, role}];
			}),
		];
	};

	return [[quiet(' '.repeat(focusWidth) + padEnd('KEY', keyWidth) + heads)], ...objects.map(rowOf)];
};
