import stringWidth from 'string-width';

/** Letters and the signs the program draws: one code point is one character there. */
const simple = /^[ -~\u00A1-\u02FF\u2010-\u2027\u2030-\u205E\u2190-\u27BF]*$/;
const segmenter = new Intl.Segmenter();

const widths = new Map<string, number>();
const widthsLimit = 5000;

/** A text as what a person calls characters. */
export const charactersOf = (text: string): readonly string[] =>
	simple.test(text) ? text.split('') : Array.from(segmenter.segment(text), ({segment}) => segment);

/** How many cells a character takes. Measuring is slow, and a screen has the same few hundred of them over and over. */
export const characterWidth = (character: string): number => {
	if (character.length === 1 && character >= ' ' && character <= '~') return 1;
	let width = widths.get(character);
	if (width === undefined) {
		width = stringWidth(character);
		if (widths.size >= widthsLimit) widths.clear();
		widths.set(character, width);
	}

	return width;
};
