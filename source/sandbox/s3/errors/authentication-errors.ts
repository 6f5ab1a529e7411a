import {type FaultErrors} from '../../faults/early-fault.js';
import {type AuthenticationErrors} from '../../http/authenticate.js';
import {type Authorization, type SignatureFault} from '../../http/authorization.js';
import {type WireRequest} from '../../http/wire-request.js';
import {type ServiceError} from '../../wire/service-error.js';
import {invalidRequest, s3Error} from './errors.js';

/** S3 API reference, ErrorResponses. */
export const s3AuthenticationErrors: AuthenticationErrors = {
	unknownKey: (accessKeyId) => s3Error('InvalidAccessKeyId', {fields: {AWSAccessKeyId: accessKeyId}}),
	// What the last of them says is part of what is signed in any case.
	mustBeSigned: (name) => name === 'host' || (name.startsWith('x-amz-') && name !== 'x-amz-content-sha256'),
	unsignedHeaders: (names) =>
		s3Error('AccessDenied', {
			message: 'There were headers present in the request which were not signed',
			fields: {HeadersNotSigned: names.join(', ')},
		}),
	wrongSignature: (accessKeyId) => s3Error('SignatureDoesNotMatch', {fields: {AWSAccessKeyId: accessKeyId}}),
	wrongToken: () => s3Error('InvalidToken'),
	expiredToken: () => s3Error('ExpiredToken'),
	skewed: (signedAt, now) =>
		s3Error('RequestTimeTooSkewed', {
			fields: {
				RequestTime: signedAt.toISOString().replace(/\.\d+/, ''),
				ServerTime: now.toISOString().replace(/\.\d+/, ''),
				MaxAllowedSkewMilliseconds: '900000',
			},
		}),
	expiredUrl: () => s3Error('AccessDenied', {message: 'Request has expired'}),
};

/** What is wrong with the parameters of a signature in the URL (the messages: third-party). */
const queryFaults: Readonly<Record<Exclude<SignatureFault, 'two-signatures' | 'malformed-header'>, string>> =
	{
		'missing-parameters':
			'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
		'other-algorithm': 'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"',
		'malformed-parameters':
			'Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
		'expires-no-number': 'X-Amz-Expires should be a number',
		'expires-too-early': 'X-Amz-Expires must be non-negative',
		'expires-too-late':
			'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds',
	};

/** The error for a signature that cannot be read (S3 API reference, ErrorResponses; the messages: third-party). */
export function s3SignatureFault(fault: SignatureFault): ServiceError {
	if (fault === 'malformed-header') return s3Error('AuthorizationHeaderMalformed');
	if (fault !== 'two-signatures') {
		return s3Error('AuthorizationQueryParametersError', {message: queryFaults[fault]});
	}
	return s3Error('InvalidArgument', {
		message:
			'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
	});
}

/** The error for a signature that was made for another service (the messages: third-party). */
export function s3WrongService({kind, service}: Authorization): ServiceError {
	const fault = `incorrect service "${service}". This endpoint belongs to "s3".`;
	return kind === 'header'
		? s3Error('AuthorizationHeaderMalformed', {message: `The authorization header is malformed; ${fault}`})
		: s3Error('AuthorizationQueryParametersError', {
				message: `Error parsing the X-Amz-Credential parameter; ${fault}`,
			});
}

/** S3 API reference, ErrorResponses. */
export const s3FaultErrors: FaultErrors = {
	SlowDown: () => s3Error('SlowDown'),
	InternalError: () => s3Error('InternalError'),
	RegionDown: () => s3Error('ServiceUnavailable'),
	ExpiredToken: () => s3Error('ExpiredToken'),
	AccessDenied: () => s3Error('AccessDenied'),
};

/** Signature version 2, which newer buckets do not take (S3 User Guide, UsingAWSSDK). */
export function isSignedTheOldWay({headers, query}: WireRequest): boolean {
	return headers['authorization']?.startsWith('AWS ') === true || query.has('AWSAccessKeyId');
}

/** S3's refusal of it, and what is ours to add: boto3 signs URLs so unless told otherwise. */
export function s3SignedTheOldWay(): ServiceError {
	return invalidRequest(
		"The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256. (With boto3: Config(signature_version='s3v4').)",
	);
}
