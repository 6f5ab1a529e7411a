import {checksumHeaders} from '../http/checksum.js';
import {type ServiceError} from '../service-error.js';
import {type Checksum, type ChecksumName} from '../world/object-version.js';
import {notImplemented, s3Error} from './errors.js';

type Headers = Readonly<Record<string, string>>;

/** Headers that begin like a checksum's but only talk about one. */
const aboutChecksums: ReadonlySet<string> = new Set([
	'x-amz-checksum-algorithm',
	'x-amz-checksum-mode',
	'x-amz-checksum-type',
]);

/**
 * Gives the algorithm of the checksum that a request has in its headers or announces as a trailer. Throws
 * NotImplemented for one that the sandbox cannot compute (S3 User Guide, checking-object-integrity-upload).
 */
export function sentChecksumOf(headers: Headers): ChecksumName | undefined {
	const trailer = headers['x-amz-trailer'];
	const announced = trailer?.split(',').map((name) => name.trim().toLowerCase()) ?? [];
	const names = [...Object.keys(headers), ...announced].filter(
		(name) => name.startsWith('x-amz-checksum-') && !aboutChecksums.has(name),
	);
	if (names.length === 0) return undefined;
	const known = Object.entries(checksumHeaders);
	const unknown = names.find((name) => !known.some(([, header]) => header === name));
	if (unknown !== undefined) throw notImplemented(`the checksum ${unknown}`);
	return known.find(([, header]) => names.includes(header))?.[0] as ChecksumName | undefined;
}

/** Takes the headers with the trailers, and what was computed; gives that, or throws where another was sent. */
export function checkSentChecksum(
	headers: Headers,
	sent: ChecksumName | undefined,
	computed: Checksum,
): Checksum {
	if (sent !== undefined && headers[checksumHeaders[sent]] !== computed.value) {
		throw s3Error('BadDigest', {
			message: `The ${sent} you specified did not match the calculated checksum.`,
		});
	}
	return computed;
}

/** The error for a checksum of another algorithm than the upload was begun with (words: third-party). */
export function otherChecksum(wanted: ChecksumName | undefined, given: ChecksumName): ServiceError {
	return s3Error('InvalidRequest', {
		message: `Checksum Type mismatch occurred, expected checksum Type: ${(wanted ?? 'null').toLowerCase()}, actual checksum Type: ${given.toLowerCase()}`,
	});
}
