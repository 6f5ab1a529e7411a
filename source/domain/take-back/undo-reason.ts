import type {UndoReason} from './take-back-context.js';

/** Nothing is to be done: it is as it was already. */
export const gone = (text: string): UndoReason => ({kind: 'gone', text});

/** Nothing may be done: somebody else needs it. */
export const stays = (text: string): UndoReason => ({kind: 'stays', text});

/** The same for as long as others need it: it is offered again when they are gone. */
export const needed = (text: string): UndoReason => ({...stays(text), isNeeded: true});
