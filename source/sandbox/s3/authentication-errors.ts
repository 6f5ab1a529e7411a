import {type FaultErrors} from '../faults/early-fault.js';
import {type AuthenticationErrors} from '../http/authenticate.js';
import {s3Error} from './errors.js';

/** S3 API reference, ErrorResponses. */
export const s3AuthenticationErrors: AuthenticationErrors = {
	unknownKey: (accessKeyId) => s3Error('InvalidAccessKeyId', {fields: {AWSAccessKeyId: accessKeyId}}),
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

/** S3 API reference, ErrorResponses. */
export const s3FaultErrors: FaultErrors = {
	slowDown: () => s3Error('SlowDown'),
	internalError: () => s3Error('InternalError'),
	unavailable: () => s3Error('ServiceUnavailable'),
	expiredToken: () => s3Error('ExpiredToken'),
	accessDenied: () => s3Error('AccessDenied'),
};
