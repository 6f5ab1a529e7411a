import type {UndoStep} from './undo-plan.js';

/** Nothing is to be done: it is as it was already. */
export const gone = (text: string): UndoStep['reason'] => ({kind: 'gone', text});

/** Nothing may be done: somebody else needs it. */
export const stays = (text: string): UndoStep['reason'] => ({kind: 'stays', text});
