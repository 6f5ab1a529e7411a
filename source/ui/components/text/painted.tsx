import {Box, type DOMElement} from 'ink';
import {useLayoutEffect, useRef} from 'react';
import {usePainter} from '../../hooks/use-painter.js';
import {useTheme} from '../../hooks/use-theme.js';
import {placeOf} from '../../terminal/place-of.js';
import {type TextStyle} from '../../theme.js';
import {type Line} from './line.js';

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
