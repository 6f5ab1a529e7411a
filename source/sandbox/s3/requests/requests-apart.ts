import {type WireRequest} from '../../http/wire-request.js';

/** An upload by a form of a web page, which brings its policy and signature in the body (S3 API reference, RESTObjectPOST). */
export function isFormUpload({method, headers}: WireRequest): boolean {
	return (
		method === 'POST' && headers['content-type']?.toLowerCase().startsWith('multipart/form-data') === true
	);
}

/** Expires is kept as it came, a date or not; the SDK's schema asks for a date (S3 API reference, PutObject). */
export function withoutExpires(headers: WireRequest['headers']): WireRequest['headers'] {
	if (headers['expires'] === undefined) return headers;
	const {expires: _expires, ...others} = headers;
	return others;
}
