import {createContext, useContext} from 'react';

/** Asks the terminal to take a text into its clipboard. No terminal answers: show the text as well. */
export type CopyText = (text: string) => void;

export const ClipboardContext = createContext<CopyText>(() => undefined);

export const useClipboard = (): CopyText => useContext(ClipboardContext);
