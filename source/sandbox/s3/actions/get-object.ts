import {type GetObjectOutput, type GetObjectRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {requireReadable} from '../objects/archive.js';
import {bodyOf} from '../reading/reply-body.js';
import {checksumOfRange, contentRangeOf, partCountOf, wantedRangeOf} from '../reading/part-range.js';
import {requireDecrypt} from '../objects/encryption.js';
import {findObject} from '../versions/find-version.js';
import {invalidArgument} from '../errors/errors.js';
import {describeObject, notModified, plainHeadersOf} from '../reading/object-output.js';
import {isNotModified} from '../objects/preconditions.js';

export const getObject: BucketAction<GetObjectRequest, GetObjectOutput> = {
	name: 'GetObject',
	target: 'object',
	permissions: ({input}) => [input.VersionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion'],
	run(call) {
		const {input} = call;
		const version = findObject(call, input.VersionId);
		requireReadable(call.world, version);
		requireDecrypt(call, call.bucket, call.key, version.data.encryption);
		const {sizeBytes} = version.data.body;
		const range = wantedRangeOf(input, version.data);
		const output = {
			...describeObject(call, version, checksumOfRange(input, version.data, range)),
			...responseHeadersOf(input),
		};
		const headers = plainHeadersOf(version, responseExpiresOf(call.request.query));
		if (isNotModified(input, version)) return notModified(output, headers);
		if (range === undefined) return {headers, output, body: bodyOf(call.world, version.data.body)};
		const {firstByte, lastByte} = range;
		return {
			status: 206,
			headers,
			output: {
				...output,
				ContentLength: lastByte - firstByte + 1,
				...partCountOf(input.PartNumber, version.data),
				ContentRange: contentRangeOf(range, sizeBytes),
			},
			body: bodyOf(call.world, version.data.body, range),
		};
	},
};

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
function responseHeadersOf(input: GetObjectRequest): Partial<GetObjectOutput> {
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
