/** Where each parameter belongs, in the order they are written: two of one place replace each other. */
type Place =
	| 'bold'
	| 'dim'
	| 'italic'
	| 'underline'
	| 'blink'
	| 'inverse'
	| 'hidden'
	| 'strike'
	| 'foreground'
	| 'background';

const placeOf: Readonly<Record<number, Place>> = {
	1: 'bold',
	2: 'dim',
	3: 'italic',
	4: 'underline',
	5: 'blink',
	7: 'inverse',
	8: 'hidden',
	9: 'strike',
};

const endsOf: Readonly<Record<number, readonly Place[]>> = {
	22: ['bold', 'dim'],
	23: ['italic'],
	24: ['underline'],
	25: ['blink'],
	27: ['inverse'],
	28: ['hidden'],
	29: ['strike'],
	39: ['foreground'],
	49: ['background'],
};

const colourPlace = (code: number): Place | undefined => {
	if ((code >= 30 && code <= 38) || (code >= 90 && code <= 97)) return 'foreground';
	if ((code >= 40 && code <= 48) || (code >= 100 && code <= 107)) return 'background';
	return undefined;
};

const order: readonly Place[] = [...Object.values(placeOf), 'foreground', 'background'];

/** How many parameters an extended colour has: `38;5;n` or `38;2;r;g;b`. */
const extendedLength = (kind: number | undefined): number => (kind === 5 ? 3 : kind === 2 ? 5 : 1);

const applyParameters = (slots: Map<Place, string>, parameters: readonly number[]): void => {
	for (let at = 0; at < parameters.length; at++) {
		const code = parameters[at] ?? 0;
		if (code === 0) slots.clear();
		for (const place of endsOf[code] ?? []) slots.delete(place);
		const attribute = placeOf[code];
		if (attribute) slots.set(attribute, String(code));
		const colour = colourPlace(code);
		if (!colour) continue;
		const length = code === 38 || code === 48 ? extendedLength(parameters[at + 1]) : 1;
		slots.set(colour, parameters.slice(at, at + length).join(';'));
		at += length - 1;
	}
};

const numbersIn = (text: string): readonly number[] => (text === '' ? [0] : text.split(';').map(Number));

const known = new Map<string, string>();
const knownLimit = 1000;

/**
 * The style after an SGR sequence. A style is the parameters that bring it about from nothing, in a fixed order: equal
 * styles are equal strings, and the plain style is empty.
 *
 * @param style before the sequence
 * @param parameters between `ESC [` and `m`
 */
export const nextStyle = (style: string, parameters: string): string => {
	const key = `${style}m${parameters}`;
	const before = known.get(key);
	if (before !== undefined) return before;
	const slots = new Map<Place, string>();
	if (style !== '') applyParameters(slots, numbersIn(style));
	applyParameters(slots, numbersIn(parameters));
	const after = order.flatMap((place) => slots.get(place) ?? []).join(';');
	if (known.size >= knownLimit) known.clear();
	known.set(key, after);
	return after;
};

/** The sequence that leads from one style to another. */
export const styleChange = (from: string, to: string): string => {
	if (from === to) return '';
	if (to === '') return '\u001B[m';
	return from === '' ? `\u001B[${to}m` : `\u001B[0;${to}m`;
};
