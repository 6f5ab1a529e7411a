import {createContext, useContext} from 'react';
import {type TerminalSize} from '../terminal/terminal-size.js';

/** What a part of the screen may take: cells across, and rows. */
export type Room = {readonly width: number; readonly rows: number};

export const BodyContext = createContext<TerminalSize>({columns: 80, rows: 18});

/** The cells a screen has between the frame's two rules. */
export const useBody = (): TerminalSize => useContext(BodyContext);
