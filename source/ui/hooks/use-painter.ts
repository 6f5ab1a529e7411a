import {createContext, useContext} from 'react';
import {type Painter} from '../terminal/frame-writer.js';

export const PainterContext = createContext<Painter>({
	addArea: () => () => undefined,
	paint: () => undefined,
});

/** Paints past Ink what changes many times a second. */
export const usePainter = (): Painter => useContext(PainterContext);
