/** What one stretch of terminal input means. */
export type KeyToken =
	| {readonly kind: 'key'; readonly sequence: string}
	| {readonly kind: 'paste'; readonly text: string}
	| {readonly kind: 'interrupt'}
	| {readonly kind: 'suspend'};

/**
 * F1 as one character that nobody types: Ink gives all function keys the same nothing. Source: AppKit, NSF1FunctionKey.
 */
export const f1Sequence = '\uF704';

/** F1 of terminals: xterm and vt220, rxvt, the Linux console. */
const f1Key = /^\u001B(?:OP|\[11~|\[\[A)$/;

/** Tokens that are complete, and the input that may still grow into one. */
type ParsedKeys = {
	readonly tokens: readonly KeyToken[];
	readonly rest: string;
};

const pasteStart = '\u001B[200~';
const pasteEnd = '\u001B[201~';

/** Keys that Ink 6.8 has a name for. It dies of others (Ctrl+F1, ink #901) or types them as text. */
const namedKey =
	/^\u001B(?:\[(?:1;\d+)?[A-FH]|\[Z|O[A-FHPQRS]|\[\[[A-E]|\[[a-d]|O[a-d]|\[(?:[1-8]|1[1-57-9]|2[0134])(?:;\d+)?~|\[[235678][$^])$/;

/** Whole escape sequences: X10 mouse, Linux console keys, rxvt shifted keys, CSI, SS3, and OSC, DCS, SOS, PM, APC strings. */
const wholeSequence =
	/^\u001B(?:\[M[^]{3}|\[\[[A-E]|\[[2-8]\$|\[(?!M)[0-?]*[ -/]*[@-~]|O[0-9;]*[A-Za-z]|[\]PX^_][^\u0007\u001B\u0003]*(?:\u0007|\u001B\\))/;

/** The beginning of one of those. */
const partialSequence =
	/^\u001B(?:$|\[$|\[M[^]{0,2}$|\[\[$|\[[0-?]*[ -/]*$|O[0-9;]*$|[\]PX^_][^\u0007\u001B\u0003]*\u001B?$)/;

/** A sequence cut short by a control character: Ctrl-C or Enter in the middle of it. */
const brokenSequence = /^\u001B(?:[[O][0-?]*[ -/]*|[\]PX^_][^\u0000-\u001F]*)(?=[\u0000-\u001F])/;

/** Longer than anybody types in one read: a paste by a terminal that does not mark pastes. */
const longRun = /^[^\u0000-\u001F\u007F-\u009F]{256,}/;

const isControl = /^[\u0000-\u001F\u007F-\u009F]$/;

/**
 * Makes one line of a pasted text: newlines become spaces, one at the end is dropped, and what could steer a terminal
 * is removed.
 */
export const flattenPaste = (text: string): string =>
	text
		.replace(/\u001B\[[0-?]*[ -/]*[@-~]/g, '')
		.replace(/(?:\r\n|\r|\n)+$/, '')
		.replace(/\r\n|[\r\n\t]/g, ' ')
		.replace(/[\u0000-\u001F\u007F-\u009F]/g, '');

const controlToken = (character: string): KeyToken | undefined => {
	switch (character) {
		case '\u0003':
			return {kind: 'interrupt'};
		case '\u001A':
			return {kind: 'suspend'};
		// A line feed is Enter as well; Ink would type it into the field.
		case '\n':
			return {kind: 'key', sequence: '\r'};
		// Ink calls 0x7f "delete"; as 0x08 it can be told from the Delete key.
		case '\u007F':
			return {kind: 'key', sequence: '\b'};
		default:
			return character >= '\u0001' && character <= '\u001A' ? {kind: 'key', sequence: character} : undefined;
	}
};

/**
 * Cuts terminal input into keys, pastes and interrupts; drops what no key of Ink is (mouse, focus, terminal answers).
 *
 * @param input decoded text, the `rest` of the last call in front of it
 */
export const parseKeys = (input: string): ParsedKeys => {
	const tokens: KeyToken[] = [];
	let index = 0;
	while (index < input.length) {
		const ahead = input.slice(index);
		if (ahead.startsWith(pasteStart)) {
			const end = ahead.indexOf(pasteEnd);
			if (end === -1) return {tokens, rest: ahead};
			const text = flattenPaste(ahead.slice(pasteStart.length, end));
			if (text !== '') tokens.push({kind: 'paste', text});
			index += end + pasteEnd.length;
			continue;
		}

		const whole = wholeSequence.exec(ahead)?.[0];
		if (whole !== undefined) {
			if (f1Key.test(whole)) tokens.push({kind: 'key', sequence: f1Sequence});
			else if (namedKey.test(whole)) tokens.push({kind: 'key', sequence: whole});
			index += whole.length;
			continue;
		}

		if (partialSequence.test(ahead)) return {tokens, rest: ahead};

		if (ahead.startsWith('\u001B')) {
			const broken = brokenSequence.exec(ahead)?.[0];
			const next = String.fromCodePoint(ahead.codePointAt(1) ?? 0);
			const isAlt = !isControl.test(next) || next === '\u007F';
			if (broken === undefined) tokens.push({kind: 'key', sequence: isAlt ? `\u001B${next}` : '\u001B'});
			index += broken?.length ?? (isAlt ? 1 + next.length : 1);
			continue;
		}

		const run = longRun.exec(ahead)?.[0];
		if (run !== undefined) {
			tokens.push({kind: 'paste', text: run});
			index += run.length;
			continue;
		}

		const character = String.fromCodePoint(ahead.codePointAt(0) ?? 0);
		const token = isControl.test(character)
			? controlToken(character)
			: {kind: 'key' as const, sequence: character};
		if (token) tokens.push(token);
		index += ahead.startsWith('\r\n') ? 2 : character.length;
	}

	return {tokens, rest: ''};
};

/**
 * Settles input that did not grow in time: a lone Esc is the Escape key, an unfinished paste is pasted, half a sequence
 * is dropped.
 */
export const settleRest = (rest: string): readonly KeyToken[] => {
	if (rest === '\u001B') return [{kind: 'key', sequence: '\u001B'}];
	if (!rest.startsWith(pasteStart)) return [];
	const text = flattenPaste(rest.slice(pasteStart.length));
	return text === '' ? [] : [{kind: 'paste', text}];
};

/** Is this the unfinished beginning of a paste? */
export const isUnfinishedPaste = (rest: string): boolean => rest.startsWith(pasteStart);

/** The tail of an arrow or function key whose Esc came too early (a slow line): `[A`, `OB`, `[5~`. */
export const orphanTail = /^(?:\[[0-9;]*[A-Za-z~]|O[A-Za-z])/;
