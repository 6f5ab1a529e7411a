/** What a terminal sends for a key. */
export const keyCodes = {
	enter: '\r',
	escape: '\u001B',
	tab: '\t',
	shiftTab: '\u001B[Z',
	backspace: '\u007F',
	delete: '\u001B[3~',
	up: '\u001B[A',
	down: '\u001B[B',
	right: '\u001B[C',
	left: '\u001B[D',
	home: '\u001B[H',
	end: '\u001B[F',
	pageUp: '\u001B[5~',
	pageDown: '\u001B[6~',
	ctrlC: '\u0003',
	ctrlE: '\u0005',
	ctrlR: '\u0012',
	ctrlU: '\u0015',
	ctrlZ: '\u001A',
	ctrlF1: '\u001B[1;5P',
	pasteStart: '\u001B[200~',
	pasteEnd: '\u001B[201~',
} as const;

export type KeyCode = keyof typeof keyCodes;
