import type * as s3 from '@aws-sdk/client-s3';
import {type StreamedBody} from '../../http/exchange.js';
import {bytesInMemory, readBytes, type StoredBody} from '../../world/body-store.js';
import {type World} from '../../world/world.js';
import {type BucketCall, onObject, permissionOnVersion, type S3Action, type S3Reply} from '../action.js';
import {invalidArgument} from '../errors/errors.js';
import {requireReadable} from '../objects/archive.js';
import {requireDecrypt} from '../objects/encryption.js';
import {isNotModified} from '../objects/preconditions.js';
import {type ByteRange} from '../reading/byte-range.js';
import {describeObject, notModified, plainHeadersOf} from '../reading/object-output.js';
import {checksumOfRange, contentRangeOf, partCountOf, wantedRangeOf} from '../reading/part-range.js';
import {findObject} from '../versions/find-version.js';

export const readObjectActions: readonly S3Action[] = [
	onObject<s3.HeadObjectRequest, s3.HeadObjectOutput>(
		'HeadObject',
		(call) => {
			const {input} = call;
			const version = findObject(call, input.VersionId);
			// Only checksums are encrypted with the object (S3 API reference, HeadObject).
			if (input.ChecksumMode === 'ENABLED')
				requireDecrypt(call, call.bucket, call.key, version.data.encryption);
			return described(call, version, wantedRangeOf(input, version.data), {}, undefined);
		},
		permissionOnVersion('s3:GetObject'),
	),
	onObject<s3.GetObjectRequest, s3.GetObjectOutput>(
		'GetObject',
		(call) => {
			const {world, input} = call;
			const version = findObject(call, input.VersionId);
			requireReadable(world, version);
			requireDecrypt(call, call.bucket, call.key, version.data.encryption);
			const range = wantedRangeOf(input, version.data);
			const wanted = responseHeadersOf(input);
			const expires = responseExpiresOf(call.request.query);
			const reply = described(call, version, range, wanted, expires);
			return reply.status === 304 ? reply : {...reply, body: bodyOf(world, version.data.body, range)};
		},
		permissionOnVersion('s3:GetObject'),
	),
];

/** What both answer but for the bytes; to GET in place of the object's own headers those that the caller wants. */
function described(
	call: BucketCall<s3.HeadObjectRequest | s3.GetObjectRequest>,
	version: ReturnType<typeof findObject>,
	range: ByteRange | undefined,
	wanted: Partial<s3.GetObjectOutput>,
	expires: string | undefined,
): S3Reply<s3.HeadObjectOutput> {
	const {input} = call;
	const {data} = version;
	const output = {...describeObject(call, version, checksumOfRange(input, data, range)), ...wanted};
	const headers = plainHeadersOf(version, expires);
	if (isNotModified(input, version)) return notModified(output, headers);
	if (range === undefined) return {headers, output};
	return {
		status: 206,
		headers,
		output: {
			...output,
			...partCountOf(input.PartNumber, data),
			ContentLength: range.lastByte - range.firstByte + 1,
			ContentRange: contentRangeOf(range, data.body.sizeBytes),
		},
	};
}

/** The bytes of an object, or a range of them, for an answer. What is in a file is held until it was sent. */
function bodyOf(
	world: World,
	stored: StoredBody,
	{firstByte, lastByte}: ByteRange = {firstByte: 0, lastByte: stored.sizeBytes - 1},
): Buffer | StreamedBody {
	const bytes = bytesInMemory(stored);
	if (bytes !== undefined) return bytes.subarray(firstByte, lastByte + 1);
	const held = world.bodies.share(stored);
	return {
		sizeBytes: lastByte - firstByte + 1,
		read: (maxBytes) => readBytes(held, firstByte, Math.min(lastByte, firstByte + maxBytes - 1)),
		close: () => {
			world.bodies.release(held);
		},
	};
}

const responseHeaders = [
	['response-cache-control', 'ResponseCacheControl', 'CacheControl'],
	['response-content-disposition', 'ResponseContentDisposition', 'ContentDisposition'],
	['response-content-encoding', 'ResponseContentEncoding', 'ContentEncoding'],
	['response-content-language', 'ResponseContentLanguage', 'ContentLanguage'],
	['response-content-type', 'ResponseContentType', 'ContentType'],
] as const;

/**
 * Headers that the caller wants in the answer in place of the object's own. Throws InvalidArgument for what no header can
 * hold (third-party: the answer as clients report it of AWS; control characters: guessed).
 */
function responseHeadersOf(input: s3.GetObjectRequest): Partial<s3.GetObjectOutput> {
	let given: Partial<Record<(typeof responseHeaders)[number][2], string>> | undefined;
	for (const [parameter, member, header] of responseHeaders) {
		const value = input[member];
		if (value === undefined) continue;
		checkHeaderValue(parameter, value);
		(given ??= {})[header] = value;
	}
	return given ?? {};
}

/** As it came: the SDK would make a time of it. */
function responseExpiresOf(query: ReadonlyMap<string, string>): string | undefined {
	const value = query.get('response-expires');
	if (value !== undefined) checkHeaderValue('response-expires', value);
	return value;
}

function checkHeaderValue(parameter: string, value: string): void {
	if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
		throw invalidArgument('Header value cannot be represented using ISO-8859-1.', parameter, value);
	}
}
