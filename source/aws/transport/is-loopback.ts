/** Whether a host is this machine: such addresses never leave it (RFC 6890, RFC 6761). */
export function isLoopback(hostname: string): boolean {
	const host = bareHost(hostname);
	return (
		host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(?:\.\d+){3}$/.test(host)
	);
}

/** In small letters, an IPv6 address without its brackets. */
export function bareHost(hostname: string): string {
	return hostname.toLowerCase().replace(/^\[([^\]]*)\]$/, '$1');
}
