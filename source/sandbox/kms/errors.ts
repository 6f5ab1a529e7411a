import {type FaultErrors} from '../faults/early-fault.js';
import {type AuthenticationErrors} from '../http/authenticate.js';
import {ServiceError} from '../wire/service-error.js';

/**
 * The errors of KMS: status and usual message. Sources: KMS API reference (CommonErrors and each action's errors),
 * recordings of AWS (LocalStack's snapshots test_kms, marked in the tests).
 */
const table = {
	AccessDeniedException: [400, 'Access Denied'],
	AlreadyExistsException: [400, 'An alias with the name already exists'],
	DisabledException: [400, 'The key is disabled.'],
	DryRunOperationException: [412, 'The request would have succeeded, but the DryRun option is set.'],
	ExpiredTokenException: [400, 'The security token included in the request is expired'],
	IncompleteSignatureException: [400, 'The request signature does not conform to AWS standards.'],
	IncorrectKeyException: [
		400,
		'The key ID in the request does not identify a CMK that can perform this operation.',
	],
	InvalidAliasNameException: [400, 'The alias name is not valid.'],
	InvalidArnException: [400, 'Invalid ARN'],
	// Recorded without a text: test_encrypt_decrypt_encryption_context.
	InvalidCiphertextException: [400, ''],
	InvalidKeyUsageException: [400, 'The key usage is not valid for this operation.'],
	InvalidMarkerException: [400, 'Could not deserialize marker'],
	InvalidSignatureException: [
		400,
		'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
	],
	KMSInternalException: [500, 'We encountered an internal error. Please try again.'],
	KMSInvalidStateException: [400, 'The state of the key is not valid for this request.'],
	LimitExceededException: [400, 'The limit is exceeded.'],
	MalformedPolicyDocumentException: [400, 'The policy is malformed.'],
	MissingAuthenticationTokenException: [400, 'Missing Authentication Token'],
	NotFoundException: [400, 'The key or alias was not found.'],
	NotImplemented: [501, 'Not implemented'],
	SerializationException: [400, ''],
	ServiceUnavailableException: [503, 'Service is unable to handle request.'],
	TagException: [400, 'The tags are not valid.'],
	ThrottlingException: [400, 'Rate exceeded'],
	UnknownOperationException: [400, ''],
	UnrecognizedClientException: [400, 'The security token included in the request is invalid.'],
	UnsupportedOperationException: [400, 'The operation is not supported.'],
	ValidationException: [400, 'The input fails to satisfy the constraints.'],
} as const satisfies Readonly<Record<string, readonly [status: number, message: string]>>;

type KmsErrorCode = keyof typeof table;

/** Takes a code of the table, gives the error; the message is the usual one unless another is given. */
export function kmsError(code: KmsErrorCode, message?: string): ServiceError {
	const [status, usual] = table[code];
	return new ServiceError(code, status, message ?? usual);
}

/** The error for what the sandbox does not do: it refuses rather than pretend. */
export function notImplemented(what: string): ServiceError {
	return kmsError('NotImplemented', `The sandbox does not implement ${what}.`);
}

/** A member that breaks a rule of its own, as KMS says it (recorded: test_plaintext_size_for_encrypt). */
export function invalidMember(member: string, rule: string, value?: string): ServiceError {
	const subject = value === undefined ? `Value at '${member}'` : `Value '${value}' at '${member}'`;
	return kmsError(
		'ValidationException',
		`1 validation error detected: ${subject} failed to satisfy constraint: Member must ${rule}`,
	);
}

/** KMS API reference, CommonErrors. */
export const kmsFaultErrors: FaultErrors = {
	slowDown: () => kmsError('ThrottlingException'),
	internalError: () => kmsError('KMSInternalException'),
	unavailable: () => kmsError('ServiceUnavailableException'),
	expiredToken: () => kmsError('ExpiredTokenException'),
	accessDenied: () => kmsError('AccessDeniedException'),
};

export const kmsAuthenticationErrors: AuthenticationErrors = {
	mustBeSigned: (name) => name === 'host',
	unsignedHeaders: () =>
		kmsError(
			'InvalidSignatureException',
			"'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
		),
	unknownKey: () => kmsError('UnrecognizedClientException'),
	wrongSignature: () => kmsError('InvalidSignatureException'),
	wrongToken: () => kmsError('UnrecognizedClientException'),
	expiredToken: () => kmsError('ExpiredTokenException'),
	skewed: (signedAt, now) =>
		kmsError(
			'InvalidSignatureException',
			signedAt < now
				? `Signature expired: ${compact(signedAt)} is now earlier than ${compact(now)} (15 min.)`
				: `Signature not yet current: ${compact(signedAt)} is still later than ${compact(now)} (15 min.)`,
		),
	expiredUrl: () => kmsError('InvalidSignatureException', 'Signature expired'),
};

function compact(time: Date): string {
	return time.toISOString().replace(/[-:]|\.\d+/g, '');
}
