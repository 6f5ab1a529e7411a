import {rpcServiceErrors, type RpcServiceErrors} from '../http/rpc-errors.js';
import {errorsOf, type ServiceError, unimplemented} from '../wire/service-error.js';

/** The errors of CloudWatch: status and usual message (CloudWatch API reference, CommonErrors and GetMetricData). */
export const cloudWatchError = errorsOf({
	AccessDenied: [403, 'Access Denied'],
	ExpiredToken: [403, 'The security token included in the request is expired'],
	IncompleteSignature: [400, 'The request signature does not conform to AWS standards.'],
	InternalFailure: [500, 'We encountered an internal error. Please try again.'],
	InvalidClientTokenId: [403, 'The security token included in the request is invalid.'],
	MissingAuthenticationToken: [403, 'Missing Authentication Token'],
	MissingParameter: [400, 'A required parameter is missing.'],
	NotImplemented: [501, 'Not implemented'],
	SerializationException: [400, ''],
	ServiceUnavailable: [503, 'Service is unable to handle request.'],
	SignatureDoesNotMatch: [
		403,
		'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
	],
	Throttling: [400, 'Rate exceeded'],
	UnknownOperationException: [404, ''],
	ValidationException: [400, 'The input fails to satisfy the constraints.'],
});

/** What clients of the query protocol know the error by (Smithy, awsQueryCompatible; the SDK's schema of the error). */
export function queryCodeOf(code: string): string {
	return code === 'ValidationException' ? 'ValidationError' : code;
}

/** The error for what the sandbox does not do. */
export function notImplemented(what: string): ServiceError {
	return cloudWatchError('NotImplemented', unimplemented(what));
}

const usual = rpcServiceErrors(cloudWatchError, 'monitoring', {
	notReadable: 'SerializationException',
	incompleteSignature: 'IncompleteSignature',
	missingSignature: 'MissingAuthenticationToken',
	wrongSignature: 'SignatureDoesNotMatch',
	unknownKey: 'InvalidClientTokenId',
	expiredToken: 'ExpiredToken',
	unknownOperation: 'UnknownOperationException',
	accessDenied: 'AccessDenied',
	slowDown: 'Throttling',
	internal: 'InternalFailure',
	unavailable: 'ServiceUnavailable',
});

/** What CloudWatch answers before an action hears of the request. */
export const cloudWatchServiceErrors: RpcServiceErrors = {
	...usual,
	missingMember: (name) =>
		cloudWatchError('MissingParameter', `The request must contain the parameter ${name}`),
	// Which header was not signed, and how far the clocks are apart, it does not say.
	authentication: {
		...usual.authentication,
		unsignedHeaders: usual.wrongPayload,
		skewed: usual.authentication.expiredUrl,
	},
};
