import type {UndoReason} from './take-back-context.js';

/** Nothing is to be done: it is as it was already. */
export const gone = (text: string): UndoReason => ({kind: 'gone', text});

/** Nothing may be done: somebody else needs it. */
export const stays = (text: string): UndoReason => ({kind: 'stays', text});
