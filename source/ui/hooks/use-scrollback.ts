import {createContext, useContext} from 'react';

/** The terminal's normal screen, where lines scroll out of sight and stay to be read and copied. */
export type Scrollback = {
	/** Takes the drawn screen away; keys are heard all the same, and Ctrl-C and Ctrl-Z do what they always do. */
	readonly open: () => void;
	/** Writes lines there; nothing while it is not open. */
	readonly write: (lines: readonly string[]) => void;
	/** Shows the drawn screen again. */
	readonly close: () => void;
};

const nothing = (): void => undefined;

export const ScrollbackContext = createContext<Scrollback>({open: nothing, write: nothing, close: nothing});

export const useScrollback = (): Scrollback => useContext(ScrollbackContext);
