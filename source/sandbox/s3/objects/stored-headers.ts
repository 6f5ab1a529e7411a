import {type PutObjectRequest} from '@aws-sdk/client-s3';
import {type WireRequest} from '../../http/wire-request.js';
import {mailSafe} from '../../wire/mail-safe.js';
import {type ObjectData, type ObjectHeaders} from '../../world/object-version.js';

type Given = Pick<
	PutObjectRequest,
	| 'CacheControl'
	| 'ContentDisposition'
	| 'ContentEncoding'
	| 'ContentLanguage'
	| 'ContentType'
	| 'WebsiteRedirectLocation'
>;

/**
 * Takes what a write says of the object, gives the headers that are kept with it, of bytes above ASCII as they came: S3
 * gives them back so (third-party: clients report of AWS that they cannot read them as text).
 */
export function storedHeadersOf(input: Given, {headers: sent, headerBytes}: WireRequest): ObjectHeaders {
	// aws-chunked is how the body travelled, no property of the object (S3 API reference, sigv4-streaming).
	const contentEncoding = (headerBytes.get('content-encoding') ?? input.ContentEncoding ?? '')
		.split(',')
		.map((coding) => coding.trim())
		.filter((coding) => coding !== 'aws-chunked' && coding !== '')
		.join(',');
	const asItCame = (name: string, text: string | undefined): string | undefined =>
		headerBytes.size === 0 ? text : (headerBytes.get(name) ?? text);
	const ContentType = asItCame('content-type', input.ContentType) ?? 'binary/octet-stream';
	const headers = {
		CacheControl: asItCame('cache-control', input.CacheControl),
		ContentDisposition: asItCame('content-disposition', input.ContentDisposition),
		ContentEncoding: contentEncoding === '' ? undefined : contentEncoding,
		ContentLanguage: asItCame('content-language', input.ContentLanguage),
		ContentType,
		Expires: asItCame('expires', sent['expires']),
		WebsiteRedirectLocation: redirectLocationOf(input.WebsiteRedirectLocation, headerBytes),
	};
	const known = Object.values(headers).filter((value) => value !== undefined);
	return known.length > 1 ? headers : sharedHeadersOf(ContentType);
}

const noMetadata: Readonly<Record<string, string>> = {};

/** The redirect location that a write gives, of bytes above ASCII as they came. */
export function redirectLocationOf(
	given: string | undefined,
	headerBytes: WireRequest['headerBytes'],
): string | undefined {
	return headerBytes.get('x-amz-website-redirect-location') ?? given;
}

/**
 * Gives the metadata to keep: most objects have none, and share that. What is not ASCII is kept as an encoded word of its
 * bytes, and encoded words are read first (S3 User Guide, UsingMetadata, whose example is the test's).
 */
export function storedMetadataOf(
	given: Readonly<Record<string, string>> = noMetadata,
	{headerBytes}: Pick<WireRequest, 'headerBytes'>,
): ObjectData['metadata'] {
	const names = Object.keys(given);
	if (names.length === 0) return noMetadata;
	if (headerBytes.size === 0 && !names.some((name) => given[name]!.includes('=?'))) return given;
	return Object.fromEntries(
		names.map((name) => [name, mailSafe(headerBytes.get(`x-amz-meta-${name}`) ?? given[name]!)]),
	);
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
