/** An endpoint as it is written down: a name and password in the URL are nobody's business. */
export function recordedEndpoint(endpointUrl: string | null): string | null {
	if (endpointUrl === null || !URL.canParse(endpointUrl)) return endpointUrl;
	const url = new URL(endpointUrl);
	url.username = '';
	url.password = '';
	url.search = '';
	return url.href.replace(/\/+$/, '');
}

/** Whether two endpoints are the same place; `null` is AWS. */
export function sameEndpoint(left: string | null, right: string | null): boolean {
	return recordedEndpoint(left) === recordedEndpoint(right);
}
