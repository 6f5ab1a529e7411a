import {type PutObjectRequest} from '@aws-sdk/client-s3';
import {type ObjectData, type ObjectHeaders} from '../world/object-version.js';

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
	const ContentType = input.ContentType ?? 'binary/octet-stream';
	const headers = {
		CacheControl: input.CacheControl,
		ContentDisposition: input.ContentDisposition,
		ContentEncoding: contentEncoding === '' ? undefined : contentEncoding,
		ContentLanguage: input.ContentLanguage,
		ContentType,
		Expires: sent['expires'],
		WebsiteRedirectLocation: input.WebsiteRedirectLocation,
	};
	const known = Object.values(headers).filter((value) => value !== undefined);
	return known.length > 1 ? headers : sharedHeadersOf(ContentType);
}

const noMetadata: Readonly<Record<string, string>> = {};

/** Gives the metadata to keep: most objects have none, and share that. */
export function storedMetadataOf(
	given: Readonly<Record<string, string>> = noMetadata,
): ObjectData['metadata'] {
	return Object.keys(given).length === 0 ? noMetadata : given;
}

const sharedHeaders = new Map<string, ObjectHeaders>();
const sharedKept = 100;

/** Objects mostly differ in their bytes only: those with a content type and nothing else share their headers. */
function sharedHeadersOf(contentType: string): ObjectHeaders {
	const known = sharedHeaders.get(contentType);
	if (known !== undefined) return known;
	const headers = {ContentType: contentType};
	if (sharedHeaders.size < sharedKept) sharedHeaders.set(contentType, headers);
	return headers;
}
