import {mayHoldSecret} from './endpoint-url.js';

const notShown = 'an endpoint that is not shown';

/**
 * An endpoint as it is written down and read again: a name and password in the URL are nobody's business. Endpoints with one are
 * refused; records of earlier versions and edited ones may have some.
 */
export function recordedEndpoint(endpointUrl: string | null): string | null {
	if (endpointUrl === null) return null;
	const isWebAddress = /^https?:/i.test(endpointUrl.trim()) && URL.canParse(endpointUrl);
	if (!isWebAddress) return mayHoldSecret(endpointUrl) ? notShown : endpointUrl;
	const url = new URL(endpointUrl);
	url.username = '';
	url.password = '';
	url.search = '';
	url.hash = '';
	return mayHoldSecret(url.href) ? notShown : url.href.replace(/\/+$/, '');
}

/** Whether two endpoints are the same place; `null` is AWS. */
export function sameEndpoint(left: string | null, right: string | null): boolean {
	return recordedEndpoint(left) === recordedEndpoint(right);
}
