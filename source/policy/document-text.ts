import type {PolicyDocument} from './document.js';

/**
 * The texts that documents were read from. A document is what its text means: white space, `1.20`, the order of names are the text's
 * alone. A changed document is another one, and has no text; so nobody's text can be written for what it does not say.
 */
const texts = new WeakMap<object, string>();

/** Takes a document and the text that it was parsed from, gives the same document, which knows its text from now on. */
export function withText(document: PolicyDocument, text: string): PolicyDocument {
	texts.set(document, text);
	return document;
}

/** The text that a document was read from; `undefined` for one that the program made. */
export function readText(document: object): string | undefined {
	return texts.get(document);
}

/** The text to write a document with: the very one that it was read from, so that what is restored is so byte for byte. */
export function textOf(document: PolicyDocument): string {
	return readText(document) ?? JSON.stringify(document);
}
