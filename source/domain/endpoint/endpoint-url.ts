/** What is wrong with the URL of an endpoint, or nothing where requests can be sent to it. What may hold a secret is not repeated. */
export function endpointFault(url: string): string | undefined {
	if (mayHoldSecret(url))
		return 'An endpoint URL takes no user name, password, query or fragment. It is not shown here.';
	const isUsable = /^https?:\/\/[^/\s]/.test(url) && URL.canParse(url);
	return isUsable ? undefined : `An endpoint is a URL such as http://127.0.0.1:4566, not “${url}”.`;
}

/**
 * Whether a text that should be an endpoint may hold what nobody else is to see. Any @ counts, and what becomes one: a password
 * with a slash in it makes a path of itself, and a URL that cannot be read may hold one anywhere.
 * Source: WHATWG URL Standard, "Host parsing" (percent-decoding and compatibility characters).
 */
export function mayHoldSecret(url: string): boolean {
	return /@|%40|[?#]/i.test(url.normalize('NFKC'));
}

/** A text in which web addresses have lost their user names and passwords; the last way out for what somebody typed in a wrong place. */
export function withoutUserInfo(text: string): string {
	return text.replaceAll(/(https?:[/\\]*)[^\s"'“”]*(?:@|%40|＠)/gi, '$1…@');
}
