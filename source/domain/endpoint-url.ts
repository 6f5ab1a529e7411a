/** What is wrong with the URL of an endpoint, or nothing where requests can be sent to it. */
export function endpointFault(url: string): string | undefined {
	const isUsable = /^https?:\/\/[^/\s]/.test(url) && URL.canParse(url);
	return isUsable ? undefined : `An endpoint is a URL such as http://127.0.0.1:4566, not “${url}”.`;
}
