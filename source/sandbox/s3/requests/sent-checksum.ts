import {ChecksumAlgorithm} from '@aws-sdk/client-s3';
import {checksumHeaders} from '../../http/checksum.js';
import {type ServiceError} from '../../wire/service-error.js';
import {type Checksum, type ChecksumName} from '../../world/object-version.js';
import {invalidRequest, notImplemented, s3Error} from '../errors/errors.js';

type Headers = Readonly<Record<string, string>>;

/** Headers that begin like a checksum's but only talk about one. */
const aboutChecksums: ReadonlySet<string> = new Set([
	'x-amz-checksum-algorithm',
	'x-amz-checksum-mode',
	'x-amz-checksum-type',
]);

/**
 * Gives the algorithm of the checksum that a request has in its headers or announces as a trailer. Throws InvalidRequest for
 * several and for one that S3 does not know, NotImplemented for one that the sandbox cannot compute (S3 User Guide,
 * checking-object-integrity-upload; words: third-party).
 */
export function sentChecksumOf(headers: Headers): ChecksumName | undefined {
	const chosen = headers['x-amz-sdk-checksum-algorithm'];
	if (chosen !== undefined) knownAlgorithm(chosen.toUpperCase());
	const trailer = headers['x-amz-trailer'];
	const announced = trailer?.split(',').map((name) => name.trim().toLowerCase()) ?? [];
	const names = [...Object.keys(headers), ...announced].filter(
		(name) => name.startsWith('x-amz-checksum-') && !aboutChecksums.has(name),
	);
	if (names.length === 0) return undefined;
	const known = Object.entries(checksumHeaders);
	const unknown = names.find((name) => !known.some(([, header]) => header === name));
	if (unknown !== undefined) throw unknownHeader(unknown);
	const [header = '', ...others] = new Set(names);
	if (others.length > 0) {
		throw invalidRequest(
			'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
		);
	}
	return known.find((one) => one[1] === header)?.[0] as ChecksumName | undefined;
}

/** Takes the headers with the trailers, and what was computed; gives that, or throws where another was sent. */
export function checkSentChecksum(
	headers: Headers,
	sent: ChecksumName | undefined,
	computed: Checksum,
): Checksum {
	if (sent === undefined) return computed;
	const header = checksumHeaders[sent];
	const value = headers[header];
	if (value !== undefined) checkIsDigest(sent, value, computed.value);
	if (value !== computed.value) {
		throw s3Error('BadDigest', {
			message: `The ${sent} you specified did not match the calculated checksum.`,
		});
	}
	return computed;
}

/** Throws InvalidRequest unless it is Base64 of as many bytes as what was computed has (words: third-party). */
export function checkIsDigest(sent: ChecksumName, value: string, computed: string): void {
	const bytes = Buffer.from(value, 'base64');
	if (bytes.toString('base64') === value && bytes.length === Buffer.from(computed, 'base64').length) return;
	throw invalidRequest(`Value for ${checksumHeaders[sent]} header is invalid.`);
}

const algorithms: readonly string[] = Object.values(ChecksumAlgorithm).sort();

/**
 * Takes the name of an algorithm, gives it as one that the sandbox computes. Throws InvalidRequest where S3 knows no such one (words:
 * third-party), NotImplemented where it does.
 */
export function knownAlgorithm(name: string): ChecksumName {
	if (Object.hasOwn(checksumHeaders, name)) return name as ChecksumName;
	if (algorithms.includes(name)) throw notImplemented(`the checksum ${name}`);
	throw invalidRequest(
		`Checksum algorithm provided is unsupported. Please try again with any of the valid types: [${algorithms.join(', ')}]`,
	);
}

function unknownHeader(header: string): ServiceError {
	const isKnown = algorithms.some((name) => header === `x-amz-checksum-${name.toLowerCase()}`);
	if (isKnown) return notImplemented(`the checksum ${header}`);
	return invalidRequest('The algorithm type you specified in x-amz-checksum- header is invalid.');
}

/** The error for a checksum of another algorithm than the upload was begun with (words: third-party). */
export function otherChecksum(wanted: ChecksumName | undefined, given: ChecksumName): ServiceError {
	return invalidRequest(
		`Checksum Type mismatch occurred, expected checksum Type: ${(wanted ?? 'null').toLowerCase()}, actual checksum Type: ${given.toLowerCase()}`,
	);
}
