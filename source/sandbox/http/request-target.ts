/** What stands in a request line behind the method. */
type RequestTarget = {
	/** Of the absolute form, which clients send to what they take for a proxy (RFC 9112, 3.2.2). */
	readonly authority: string | undefined;
	/** With the query, as it was sent. */
	readonly path: string;
};

/**
 * Takes the target of a request. S3 Control is called under a host with the account's id before it, which no loopback address has:
 * its clients reach the sandbox as their proxy (`HTTP_PROXY`), and sign the host that they mean.
 */
export function readRequestTarget(url: string): RequestTarget {
	const [start, authority] = /^https?:\/\/([^/?#]+)/i.exec(url) ?? [];
	if (start === undefined) return {authority: undefined, path: url};
	const path = url.slice(start.length);
	return {authority, path: path.startsWith('/') ? path : `/${path}`};
}

/**
 * Says whether a host is the sandbox: a page in a browser must not reach it under a name of its own (DNS rebinding). An address
 * with an account's id before it is no name that can be looked up.
 */
export function isOwnHost(host: string | undefined): boolean {
	const name = (host ?? '').replace(/:\d+$/, '').toLowerCase();
	return /^(?:\d{12}\.)?127\.0\.0\.1$/.test(name) || name === 'localhost' || name.endsWith('.localhost');
}
