import {useMemo} from 'react';
import {type DiffLine, diffMark, documentDiff} from '../../../domain/plan/document-diff.js';
import {useTheme} from '../../hooks/use-theme.js';
import {type Role, type Theme} from '../../theme.js';
import {LineView, type LineViewProps, type ViewLine} from '../text/line-view.js';
import {wrapHard} from '../text/truncate.js';

type DiffViewProps = Omit<LineViewProps, 'lines'> & {
	readonly before: unknown;
	readonly after: unknown;
};

/** How the lines of a difference look. */
export const diffRoles: Readonly<Record<DiffLine['kind'], Role>> = {
	same: 'plain',
	added: 'ok',
	removed: 'error',
	folded: 'secondary',
};

/** The sign and a blank. */
const markWidth = 2;

/**
 * What changes between two documents, as rows: the sign in column one, also where a line is broken, and the words that
 * changed inside a line stronger than the rest.
 */
export const diffRows = (
	before: unknown,
	after: unknown,
	width: number,
	styles: Theme['styles'],
): readonly ViewLine[] =>
	documentDiff(before, after).flatMap((line) => {
		const style = styles[diffRoles[line.kind]];
		const parts = line.parts.map(({text, isChanged}) => ({
			text: text,
			style: isChanged ? {...style, ...styles.strong} : style,
		}));
		const mark = {text: `${diffMark(line)} `, style};
		return broken(parts, width - markWidth).map((row): ViewLine => [mark, ...row]);
	});

/** A line in pieces, broken where it is wider than the view. */
const broken = (parts: ViewLine, width: number): readonly ViewLine[] => {
	const whole = parts.map(({text}) => text).join('');
	let used = 0;
	return wrapHard(whole, width).map((row, index) => {
		// Rows after the first begin with blanks of their own.
		const indent = index === 0 ? '' : row.slice(0, row.length - restLength(whole, row, used));
		const from = used;
		used += row.length - indent.length;
		return [{text: indent}, ...between(parts, from, used)];
	});
};

/** How much of a row is text of the line, and not the indentation put before it. */
const restLength = (whole: string, row: string, used: number): number => {
	let length = row.length;
	while (length > 0 && !whole.startsWith(row.slice(row.length - length), used)) length--;
	return length;
};

const between = (parts: ViewLine, from: number, to: number): ViewLine => {
	let start = 0;
	return parts.flatMap(({text, style}) => {
		const cut = text.slice(Math.max(0, from - start), Math.max(0, to - start));
		start += text.length;
		return cut === '' ? [] : [{text: cut, style}];
	});
};

/** What changes between two documents; it scrolls. */
export const DiffView = ({before, after, width, ...view}: DiffViewProps) => {
	const {styles} = useTheme();
	const lines = useMemo(() => diffRows(before, after, width, styles), [before, after, width, styles]);
	return <LineView {...view} lines={lines} width={width} />;
};
