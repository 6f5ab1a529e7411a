import {type KeyBinding} from '../../hooks/use-keys.js';

/** What Ctrl-C does while changes are made: the first stops safely, the second at once. */
export const stopKey = (interrupts: number): KeyBinding => ({
	keys: ['ctrl+c'],
	label: interrupts === 0 ? 'stop safely' : 'stop now',
});
