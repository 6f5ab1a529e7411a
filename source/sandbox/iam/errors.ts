import {constraintMessage, rangeRule} from '../wire/constraint.js';
import {errorsOf, type ServiceError, unimplemented} from '../wire/service-error.js';

/**
 * The errors of IAM and STS: status and usual message. Sources: IAM and STS API references (CommonErrors and each
 * action's errors), recordings of AWS (LocalStack's snapshots test_iam and test_sts).
 */
export const iamError = errorsOf({
	AccessDenied: [403, 'Access Denied'],
	DeleteConflict: [409, 'Cannot delete entity, must delete policies first.'],
	EntityAlreadyExists: [409, 'The entity already exists.'],
	ExpiredToken: [403, 'The security token included in the request is expired'],
	ExpiredTokenException: [400, 'The web identity token that was passed is expired or is not valid.'],
	IncompleteSignature: [400, 'The request signature does not conform to AWS standards.'],
	InternalFailure: [500, 'We encountered an internal error. Please try again.'],
	InvalidAuthenticationCode: [403, 'Authentication code for device is not valid.'],
	InvalidAction: [400, 'The action is not valid for this endpoint.'],
	InvalidClientTokenId: [403, 'The security token included in the request is invalid.'],
	InvalidInput: [400, 'The input is not valid.'],
	InvalidParameterValue: [400, 'The value of a parameter is not valid.'],
	InvalidIdentityToken: [400, 'The web identity token that was passed could not be validated by AWS.'],
	LimitExceeded: [409, 'The limit is exceeded.'],
	MalformedPolicyDocument: [400, 'Syntax errors in policy.'],
	MissingAuthenticationToken: [403, 'Request is missing Authentication Token'],
	NoSuchEntity: [404, 'The entity cannot be found.'],
	NotImplemented: [501, 'Not implemented'],
	PackedPolicyTooLarge: [400, 'The session policies and tags are too large.'],
	ServiceUnavailable: [503, 'The request has failed due to a temporary failure of the server.'],
	SignatureDoesNotMatch: [
		403,
		'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
	],
	Throttling: [400, 'Rate exceeded'],
	ValidationError: [400, 'The input fails to satisfy the constraints.'],
});

/** The error for what the sandbox does not do. */
export function notImplemented(what: string): ServiceError {
	return iamError('NotImplemented', unimplemented(what));
}

/** A member that breaks a rule of its own. */
export function invalidMember(member: string, rule: string, value?: string): ServiceError {
	return iamError('ValidationError', constraintMessage(member, rule, value));
}

/** Throws ValidationError for a number out of its bounds, both of which it may have. */
export function checkRange(member: string, value: number, min: number, max: number): void {
	const rule = rangeRule(value, min, max);
	if (rule !== undefined) throw invalidMember(member, rule, String(value));
}
