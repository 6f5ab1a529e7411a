import {type WireRequest} from '../../http/wire-request.js';
import {invalidArgument, notImplemented, s3Error} from '../errors/errors.js';

const forms: ReadonlySet<string> = new Set([
	'UNSIGNED-PAYLOAD',
	'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
	'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
	'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
]);

/** Of signatures with ECDSA, which the sandbox does not check. */
const otherForms: ReadonlySet<string> = new Set([
	'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD',
	'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER',
]);

/**
 * Gives what a request says of its body in x-amz-content-sha256, or undefined where it says nothing. Throws where that
 * is none of the known forms, and where a body in chunks does not say how long it is without them (S3 API reference,
 * sig-v4-header-based-auth and sigv4-streaming).
 */
export function declaredPayload({headers}: WireRequest): string | undefined {
	const declared = headers['x-amz-content-sha256'];
	if (declared === undefined || /^[0-9a-f]{64}$/i.test(declared)) return declared;
	if (otherForms.has(declared)) throw notImplemented('signatures with ECDSA');
	if (!forms.has(declared)) {
		throw invalidArgument(
			`x-amz-content-sha256 must be ${[...forms, ...otherForms].join(', ')} or a valid sha256 value.`,
			'x-amz-content-sha256',
			declared,
		);
	}
	const isSizeMissing = !/^\d+$/.test(headers['x-amz-decoded-content-length'] ?? '');
	if (declared.startsWith('STREAMING-') && isSizeMissing) throw s3Error('MissingContentLength');
	return declared;
}
