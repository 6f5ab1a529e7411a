import {ServiceError} from '../wire/service-error.js';
import {type FaultErrors} from '../faults/early-fault.js';
import {type AuthenticationErrors} from '../http/authenticate.js';

/**
 * The errors of IAM and STS: status and usual message. Sources: IAM and STS API references (CommonErrors and each
 * action's errors), recordings of AWS (LocalStack's snapshots test_iam and test_sts).
 */
const table = {
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
} as const satisfies Readonly<Record<string, readonly [status: number, message: string]>>;

type IamErrorCode = keyof typeof table;

/** Takes a code of the table, gives the error; the message is the usual one unless another is given. */
export function iamError(code: IamErrorCode, message?: string): ServiceError {
	const [status, usual] = table[code];
	return new ServiceError(code, status, message ?? usual);
}

/** The error for what the sandbox does not do: it refuses rather than pretend. */
export function notImplemented(what: string): ServiceError {
	return iamError('NotImplemented', `The sandbox does not implement ${what}.`);
}

/** IAM API reference, CommonErrors. */
export const iamFaultErrors: FaultErrors = {
	slowDown: () => iamError('Throttling'),
	internalError: () => iamError('InternalFailure'),
	unavailable: () => iamError('ServiceUnavailable'),
	expiredToken: () => iamError('ExpiredToken'),
	accessDenied: () => iamError('AccessDenied'),
};

export const iamAuthenticationErrors: AuthenticationErrors = {
	mustBeSigned: (name) => name === 'host',
	unsignedHeaders: () =>
		iamError(
			'SignatureDoesNotMatch',
			"'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
		),
	unknownKey: () => iamError('InvalidClientTokenId'),
	wrongSignature: () => iamError('SignatureDoesNotMatch'),
	wrongToken: () => iamError('InvalidClientTokenId'),
	expiredToken: () => iamError('ExpiredToken'),
	skewed: (signedAt, now) =>
		iamError(
			'SignatureDoesNotMatch',
			signedAt < now
				? `Signature expired: ${compact(signedAt)} is now earlier than ${compact(now)} (15 min.)`
				: `Signature not yet current: ${compact(signedAt)} is still later than ${compact(now)} (15 min.)`,
		),
	expiredUrl: () => iamError('SignatureDoesNotMatch', 'Signature expired'),
};

function compact(time: Date): string {
	return time.toISOString().replace(/[-:]|\.\d+/g, '');
}
