import {createContext, useContext} from 'react';
import {type TerminalSize} from '../terminal/terminal-size.js';

export const BodyContext = createContext<TerminalSize>({columns: 80, rows: 18});

/** The cells a screen has between the frame's two rules. */
export const useBody = (): TerminalSize => useContext(BodyContext);
