import {createContext, useContext, useSyncExternalStore} from 'react';
import {unknownSize, type TerminalSize, type TerminalSizeSource} from '../terminal/terminal-size.js';

export const TerminalSizeContext = createContext<TerminalSizeSource>({
	get: () => unknownSize,
	subscribe: () => () => undefined,
});

/** Columns and rows of the terminal, now and after every resize. */
export const useTerminalSize = (): TerminalSize => {
	const source = useContext(TerminalSizeContext);
	return useSyncExternalStore(source.subscribe, source.get);
};
