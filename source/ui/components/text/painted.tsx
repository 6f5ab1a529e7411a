import {Box, type DOMElement} from 'ink';
import {useLayoutEffect, useRef} from 'react';
import {usePainter} from '../../hooks/use-painter.js';
import {useTheme} from '../../hooks/use-theme.js';
import type {TextStyle} from '../../theme.js';
import type {Line} from './line.js';
import type {PaintedArea} from '../../terminal/frame-writer.js';

type PaintedProps = {
	/** Cells across and rows it takes, whatever is drawn. */
	readonly width: number;
	readonly rows: number;
	/** The rows as they are now; called for every frame, so it looks at what it shows by itself. */
	readonly draw: () => readonly Line[];
};

const colours = {red: '31', green: '32', yellow: '33', cyan: '36'} as const;

const sgrOf = ({color, dimColor, bold}: TextStyle): string =>
	[bold && '1', dimColor && '2', color && colours[color]].filter(Boolean).join(';');

/**
 * A part of the screen that is painted row by row past Ink. For what changes many times a second: Ink lays out and draws
 * the whole screen for every change.
 */
export const Painted = ({width, rows, draw}: PaintedProps) => {
	const painter = usePainter();
	const {styles} = useTheme();
	const box = useRef<DOMElement>(null);
	const latest = useRef<() => ReturnType<Parameters<typeof painter.addArea>[0]['draw']>>(() => []);
	useLayoutEffect(() => {
		latest.current = () =>
			draw().map((line) => line.map(({text, role}) => ({text, style: sgrOf(styles[role])})));
		painter.paint();
	});
	useLayoutEffect(
		() => painter.addArea({place: () => placeOf(box.current), draw: () => latest.current()}),
		[painter],
	);
	return <Box ref={box} width={width} height={rows} flexShrink={0} />;
};

/** Yoga's DISPLAY_NONE. */
const displayNone = 1;

/** Where Ink has laid out an element, from the screen's upper left corner; nothing where it is not shown. */
const placeOf = (element: DOMElement | null): ReturnType<PaintedArea['place']> => {
	if (!element?.yogaNode) return undefined;
	const columns = element.yogaNode.getComputedWidth();
	const rows = element.yogaNode.getComputedHeight();
	let left = 0;
	let top = 0;
	for (let node: DOMElement | undefined = element; node; node = node.parentNode) {
		if (Number(node.yogaNode?.getDisplay()) === displayNone) return undefined;
		left += node.yogaNode?.getComputedLeft() ?? 0;
		top += node.yogaNode?.getComputedTop() ?? 0;
	}

	return {left, top, columns, rows};
};
