const encodedWords = /=\?([\w-]+)\?([BQ])\?([^?]*)\?=/gi;

/** Takes a header's text, gives it with encoded words read, and as one encoded word where it is not ASCII (RFC 2047). */
export function mailSafe(text: string): string {
	const read = text.replace(
		encodedWords,
		(word, charset: string, form: string, encoded: string) => readWord(charset, form, encoded) ?? word,
	);
	return /^[\t\x20-\x7e]*$/.test(read) ? read : `=?UTF-8?B?${Buffer.from(read).toString('base64')}?=`;
}

function readWord(charset: string, form: string, encoded: string): string | undefined {
	const bytes = form.toUpperCase() === 'B' ? Buffer.from(encoded, 'base64') : quotedBytes(encoded);
	try {
		return new TextDecoder(charset).decode(bytes);
	} catch {
		return undefined;
	}
}

function quotedBytes(encoded: string): Buffer {
	const text = encoded
		.replaceAll('_', ' ')
		.replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
	return Buffer.from(text, 'latin1');
}
