import {type PutObjectRequest} from '@aws-sdk/client-s3';
import {type ObjectHeaders} from '../world/object-version.js';

type Given = Pick<
	PutObjectRequest,
	| 'CacheControl'
	| 'ContentDisposition'
	| 'ContentEncoding'
	| 'ContentLanguage'
	| 'ContentType'
	| 'WebsiteRedirectLocation'
>;

/** Takes what a write says of the object, gives the headers that are kept with it. */
export function storedHeadersOf(input: Given, sent: Readonly<Record<string, string>>): ObjectHeaders {
	// aws-chunked is how the body travelled, no property of the object (S3 API reference, sigv4-streaming).
	const contentEncoding = (input.ContentEncoding ?? '')
		.split(',')
		.map((coding) => coding.trim())
		.filter((coding) => coding !== 'aws-chunked' && coding !== '')
		.join(',');
	return withoutUndefined({
		CacheControl: input.CacheControl,
		ContentDisposition: input.ContentDisposition,
		ContentEncoding: contentEncoding === '' ? undefined : contentEncoding,
		ContentLanguage: input.ContentLanguage,
		ContentType: input.ContentType ?? 'binary/octet-stream',
		Expires: sent['expires'],
		WebsiteRedirectLocation: input.WebsiteRedirectLocation,
	});
}

function withoutUndefined(headers: Readonly<Record<string, string | undefined>>): ObjectHeaders {
	return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
}
