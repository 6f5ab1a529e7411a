import {createContext, useContext} from 'react';

/** Runs a command in the terminal that the screen is given back for; gives what became of it where it did not end well. */
export type RunInForeground = (command: readonly string[]) => Promise<string | undefined>;

export const ForegroundContext = createContext<RunInForeground>(
	async () => 'There is no terminal to run it in.',
);

export const useForeground = (): RunInForeground => useContext(ForegroundContext);
