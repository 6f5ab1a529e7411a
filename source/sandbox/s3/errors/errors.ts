import {ServiceError} from '../../wire/service-error.js';

/**
 * S3's errors: status and usual message. Sources: S3 API reference, ErrorResponses; recordings of AWS (LocalStack's
 * snapshots test_s3_api); docs/aws-facts.md, 5 and 7, name the source of each of the others.
 */
const table = {
	AccessControlListNotSupported: [400, 'The bucket does not allow ACLs'],
	AccessDenied: [403, 'Access Denied'],
	AuthorizationHeaderMalformed: [400, 'The authorization header is malformed.'],
	AuthorizationQueryParametersError: [400, 'Query-string authentication is malformed.'],
	BadRequest: [400, 'Bad Request'],
	BadDigest: [400, 'The Content-MD5 you specified did not match what we received.'],
	BucketAlreadyExists: [
		409,
		'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again',
	],
	BucketAlreadyOwnedByYou: [
		409,
		'Your previous request to create the named bucket succeeded and you already own it.',
	],
	BucketNotEmpty: [409, 'The bucket you tried to delete is not empty'],
	ConditionalRequestConflict: [
		409,
		'The conditional request cannot succeed due to a conflicting operation against this resource.',
	],
	EntityTooLarge: [400, 'Your proposed upload exceeds the maximum allowed size'],
	EntityTooSmall: [400, 'Your proposed upload is smaller than the minimum allowed size'],
	ExpiredToken: [400, 'The provided token has expired.'],
	IdMismatch: [400, 'Document ID does not match the specified configuration ID.'],
	IllegalLocationConstraintException: [400, ''],
	IllegalVersioningConfigurationException: [400, 'The Versioning element must be specified'],
	IncompleteBody: [400, 'The request body terminated unexpectedly'],
	InternalError: [500, 'We encountered an internal error. Please try again.'],
	InvalidAccessKeyId: [403, 'The AWS Access Key Id you provided does not exist in our records.'],
	InvalidArgument: [400, 'Invalid Argument'],
	InvalidBucketAclWithBlockPublicAccessError: [
		400,
		'Bucket cannot have public ACLs set with BlockPublicAccess enabled',
	],
	InvalidBucketAclWithObjectOwnership: [
		400,
		"Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
	],
	InvalidBucketName: [400, 'The specified bucket is not valid.'],
	InvalidBucketOwnerAWSAccountID: [
		400,
		'The value of the expected bucket owner parameter must be an AWS account ID.',
	],
	InvalidBucketState: [409, 'The request is not valid with the current state of the bucket.'],
	InvalidDigest: [400, 'The Content-MD5 you specified was invalid.'],
	InvalidLocationConstraint: [400, 'The specified location-constraint is not valid'],
	InvalidObjectState: [403, "The operation is not valid for the object's storage class"],
	InvalidPart: [
		400,
		"One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
	],
	InvalidPartOrder: [
		400,
		'The list of parts was not in ascending order. Parts must be ordered by part number.',
	],
	InvalidPartNumber: [416, 'The requested partnumber is not satisfiable'],
	InvalidRange: [416, 'The requested range is not satisfiable'],
	InvalidRequest: [400, 'Invalid Request'],
	InvalidStorageClass: [400, 'The storage class you specified is not valid'],
	InvalidTag: [400, 'The tag provided was not a valid tag.'],
	InvalidToken: [400, 'The provided token is malformed or otherwise invalid.'],
	InvalidURI: [400, "Couldn't parse the specified URI."],
	KeyTooLongError: [400, 'Your key is too long'],
	MalformedACLError: [
		400,
		'The XML you provided was not well-formed or did not validate against our published schema',
	],
	MalformedPolicy: [400, "Policies must be valid JSON and the first byte must be '{'"],
	MalformedTrailerError: [
		400,
		'The request contained trailing data that was not well-formed or did not conform to our published schema.',
	],
	MalformedXML: [
		400,
		'The XML you provided was not well-formed or did not validate against our published schema',
	],
	MethodNotAllowed: [405, 'The specified method is not allowed against this resource.'],
	MissingContentLength: [411, 'You must provide the Content-Length HTTP header.'],
	MissingSecurityHeader: [400, 'Your request was missing a required header'],
	NoSuchBucket: [404, 'The specified bucket does not exist'],
	NoSuchBucketPolicy: [404, 'The bucket policy does not exist'],
	NoSuchConfiguration: [404, 'The specified configuration does not exist.'],
	NoSuchCORSConfiguration: [404, 'The CORS configuration does not exist'],
	NoSuchKey: [404, 'The specified key does not exist.'],
	NoSuchLifecycleConfiguration: [404, 'The lifecycle configuration does not exist'],
	NoSuchObjectLockConfiguration: [404, 'The specified object does not have a ObjectLock configuration'],
	NoSuchPublicAccessBlockConfiguration: [404, 'The public access block configuration was not found'],
	NoSuchTagSet: [404, 'The TagSet does not exist'],
	NoSuchUpload: [
		404,
		'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
	],
	NoSuchVersion: [404, 'The specified version does not exist.'],
	NoSuchWebsiteConfiguration: [404, 'The specified bucket does not have a website configuration'],
	NotImplemented: [501, 'A header you provided implies functionality that is not implemented'],
	ObjectLockConfigurationNotFoundError: [404, 'Object Lock configuration does not exist for this bucket'],
	OwnershipControlsNotFoundError: [404, 'The bucket ownership controls were not found'],
	PermanentRedirect: [
		301,
		'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
	],
	PreconditionFailed: [412, 'At least one of the pre-conditions you specified did not hold'],
	ReplicationConfigurationNotFoundError: [404, 'The replication configuration was not found'],
	RequestTimeTooSkewed: [403, 'The difference between the request time and the current time is too large.'],
	RestoreAlreadyInProgress: [409, 'Object restore is already in progress'],
	ServiceUnavailable: [503, 'Service is unable to handle request.'],
	SignatureDoesNotMatch: [
		403,
		'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
	],
	SlowDown: [503, 'Please reduce your request rate.'],
	TooManyConfigurations: [
		400,
		'You are attempting to create a new configuration but have already reached the 1,000-configuration limit.',
	],
	UnexpectedContent: [400, 'This request does not support content'],
	UnsupportedArgument: [400, 'The request contained an unsupported argument.'],
	XAmzContentSHA256Mismatch: [
		400,
		"The provided 'x-amz-content-sha256' header does not match what was computed.",
	],
} as const satisfies Readonly<Record<string, readonly [status: number, message: string]>>;

export type S3ErrorCode = keyof typeof table;

/** Takes a code of the table, gives the error; the message is the usual one unless another is given. */
export function s3Error(
	code: S3ErrorCode,
	details: {
		readonly message?: string | undefined;
		readonly fields?: Readonly<Record<string, string>>;
		readonly headers?: Readonly<Record<string, string>>;
	} = {},
): ServiceError {
	const [status, message] = table[code];
	return new ServiceError(code, status, details.message ?? message, details);
}

/** The error for what the sandbox does not do: it refuses rather than pretend. */
export function notImplemented(what: string): ServiceError {
	return s3Error('NotImplemented', {message: `The sandbox does not implement ${what}.`});
}

/** The error for one argument, in S3's form. */
export function invalidArgument(message: string, argumentName: string, argumentValue: string): ServiceError {
	return s3Error('InvalidArgument', {
		message,
		fields: {ArgumentName: argumentName, ArgumentValue: argumentValue},
	});
}

/** The error for a request that cannot be as a whole. */
export function invalidRequest(message: string): ServiceError {
	return s3Error('InvalidRequest', {message});
}
