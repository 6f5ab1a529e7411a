/**
 * The key behind its URL-encoded form. A blank may be a plus there, as in S3's listings and events; a plus of the key is `%2B` in every
 * form. What is no such form is taken as it stands.
 */
export function decodedKey(text: string): string {
	try {
		return decodeURIComponent(text.replaceAll('+', ' '));
	} catch {
		return text;
	}
}

/** What is wrong with a text as a URL-encoded key, or nothing. */
export function encodedKeyFault(text: string): string | undefined {
	if (text === '') return 'has no key';
	const odd = /[^\w.~!'()*/%+:@&=$;?#[\]-]/u.exec(text);
	if (odd)
		return `has a key that is not URL-encoded: it has “${odd[0] === '\n' ? 'a line break' : odd[0]}” in it`;
	if (/%(?![\dA-Fa-f]{2})/.test(text))
		return 'has a key that is not URL-encoded: a percent sign is %25 there';
	try {
		decodeURIComponent(text);
		return undefined;
	} catch {
		return 'has a key that is not URL-encoded UTF-8';
	}
}
