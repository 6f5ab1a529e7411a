import {rpcServiceErrors} from '../http/rpc-errors.js';
import {constraintMessage, rangeRule} from '../wire/constraint.js';
import {errorsOf, type ServiceError, unimplemented} from '../wire/service-error.js';

/**
 * The errors of KMS: status and usual message. Sources: KMS API reference (CommonErrors and each action's errors),
 * recordings of AWS (LocalStack's snapshots test_kms, marked in the tests).
 */
export const kmsError = errorsOf({
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
});

/** The error for what the sandbox does not do. */
export function notImplemented(what: string): ServiceError {
	return kmsError('NotImplemented', unimplemented(what));
}

/** A member that breaks a rule of its own. */
export function invalidMember(member: string, rule: string, value?: string): ServiceError {
	return kmsError('ValidationException', constraintMessage(member, rule, value));
}

/** Throws ValidationException for a number out of its bounds, both of which it may have. */
export function checkRange(member: string, value: number, min: number, max: number): void {
	const rule = rangeRule(value, min, max);
	if (rule !== undefined) throw invalidMember(member, rule, String(value));
}

/** KMS API reference, CommonErrors. */
export const kmsServiceErrors = {
	...rpcServiceErrors(kmsError, 'kms', {
		notReadable: 'SerializationException',
		incompleteSignature: 'IncompleteSignatureException',
		missingSignature: 'MissingAuthenticationTokenException',
		wrongSignature: 'InvalidSignatureException',
		unknownKey: 'UnrecognizedClientException',
		expiredToken: 'ExpiredTokenException',
		unknownOperation: 'UnknownOperationException',
		accessDenied: 'AccessDeniedException',
		slowDown: 'ThrottlingException',
		internal: 'KMSInternalException',
		unavailable: 'ServiceUnavailableException',
	}),
	missingMember: (name: string): ServiceError =>
		kmsError(
			'ValidationException',
			`1 validation error detected: Value null at '${name.charAt(0).toLowerCase()}${name.slice(1)}' failed to satisfy constraint: Member must not be null`,
		),
};
