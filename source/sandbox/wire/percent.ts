/** Percent-encodes everything but the unreserved characters of RFC 3986, as signatures and IAM's policies want it. */
export function escapeUri(text: string): string {
	return encodeURIComponent(text).replace(
		/[!'()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}

/** Takes percent-encoded text, gives what it means; what is not encoded stands for itself. */
export function unescapeUri(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
