import {type FaultErrors} from '../faults/early-fault.js';
import {type AuthenticationErrors} from '../http/authenticate.js';
import {type RpcServiceErrors} from '../http/rpc-service.js';
import {describeBug, ServiceError} from '../wire/service-error.js';

/** The errors of CloudWatch: status and usual message (CloudWatch API reference, CommonErrors and GetMetricData). */
const table = {
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
} as const satisfies Readonly<Record<string, readonly [status: number, message: string]>>;

/** Takes a code of the table, gives the error; the message is the usual one unless another is given. */
export function cloudWatchError(code: keyof typeof table, message?: string): ServiceError {
	const [status, usual] = table[code];
	return new ServiceError(code, status, message ?? usual);
}

/** What clients of the query protocol know the error by (Smithy, awsQueryCompatible; the SDK's schema of the error). */
export function queryCodeOf(code: string): string {
	return code === 'ValidationException' ? 'ValidationError' : code;
}

/** The error for what the sandbox does not do: it refuses rather than pretend. */
export function notImplemented(what: string): ServiceError {
	return cloudWatchError('NotImplemented', `The sandbox does not implement ${what}.`);
}

const fault: FaultErrors = {
	slowDown: () => cloudWatchError('Throttling'),
	internalError: () => cloudWatchError('InternalFailure'),
	unavailable: () => cloudWatchError('ServiceUnavailable'),
	expiredToken: () => cloudWatchError('ExpiredToken'),
	accessDenied: () => cloudWatchError('AccessDenied'),
};

const authentication: AuthenticationErrors = {
	mustBeSigned: (name) => name === 'host',
	unsignedHeaders: () => cloudWatchError('SignatureDoesNotMatch'),
	unknownKey: () => cloudWatchError('InvalidClientTokenId'),
	wrongSignature: () => cloudWatchError('SignatureDoesNotMatch'),
	wrongToken: () => cloudWatchError('InvalidClientTokenId'),
	expiredToken: () => cloudWatchError('ExpiredToken'),
	skewed: () => cloudWatchError('SignatureDoesNotMatch', 'Signature expired'),
	expiredUrl: () => cloudWatchError('SignatureDoesNotMatch', 'Signature expired'),
};

/** What CloudWatch answers before an action hears of the request. */
export const cloudWatchServiceErrors: RpcServiceErrors = {
	tooLong: () => cloudWatchError('SerializationException', 'The request is too long'),
	incompleteSignature: () => cloudWatchError('IncompleteSignature'),
	missingSignature: () => cloudWatchError('MissingAuthenticationToken'),
	wrongPayload: () => cloudWatchError('SignatureDoesNotMatch'),
	wrongScope: ({service}) =>
		cloudWatchError(
			'SignatureDoesNotMatch',
			service === 'monitoring'
				? 'Credential should be scoped to a valid region.'
				: "Credential should be scoped to correct service: 'monitoring'.",
		),
	unknownOperation: () => cloudWatchError('UnknownOperationException'),
	notImplemented,
	notDeserializable: () => cloudWatchError('SerializationException'),
	missingMember: (name) =>
		cloudWatchError('MissingParameter', `The request must contain the parameter ${name}`),
	internal: (error) => cloudWatchError('InternalFailure', describeBug(error)),
	authentication,
	fault,
};
