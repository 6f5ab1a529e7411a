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
	return shared(
		withoutUndefined({
			CacheControl: input.CacheControl,
			ContentDisposition: input.ContentDisposition,
			ContentEncoding: contentEncoding === '' ? undefined : contentEncoding,
			ContentLanguage: input.ContentLanguage,
			ContentType: input.ContentType ?? 'binary/octet-stream',
			Expires: sent['expires'],
			WebsiteRedirectLocation: input.WebsiteRedirectLocation,
		}),
	);
}

const sharedHeaders = new Map<string, ObjectHeaders>();
const sharedKept = 100;

/** Objects mostly differ in their bytes only: those with a content type and nothing else share their headers. */
function shared(headers: ObjectHeaders): ObjectHeaders {
	const {ContentType, ...others} = headers;
	if (ContentType === undefined || Object.keys(others).length > 0) return headers;
	const known = sharedHeaders.get(ContentType);
	if (known !== undefined) return known;
	if (sharedHeaders.size < sharedKept) sharedHeaders.set(ContentType, headers);
	return headers;
}

function withoutUndefined(headers: Readonly<Record<string, string | undefined>>): ObjectHeaders {
	return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
}
