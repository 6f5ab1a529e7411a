import {rpcServiceErrors, type RpcServiceErrors} from '../http/rpc-errors.js';
import {errorsOf, type ServiceError, unimplemented} from '../wire/service-error.js';

/**
 * The errors of SQS: status and usual message. Sources: SQS API reference (CommonErrors and each action's errors),
 * recordings of AWS (LocalStack's snapshots test_sqs, marked in the tests).
 */
export const sqsError = errorsOf({
	AccessDeniedException: [403, 'Access to the resource is denied.'],
	BatchEntryIdsNotDistinct: [400, 'Two or more batch entries in the request have the same Id.'],
	BatchRequestTooLong: [400, 'Batch requests cannot be longer than 1048576 bytes.'],
	EmptyBatchRequest: [400, 'There should be at least one SendMessageBatchRequestEntry in the request.'],
	ExpiredTokenException: [403, 'The security token included in the request is expired'],
	IncompleteSignatureException: [403, 'The request signature does not conform to AWS standards.'],
	InternalFailure: [500, 'We encountered an internal error. Please try again.'],
	InvalidAddress: [404, 'The specified address is not valid.'],
	InvalidAttributeName: [400, 'Unknown Attribute.'],
	InvalidAttributeValue: [400, 'Invalid value for the parameter.'],
	InvalidBatchEntryId: [
		400,
		'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
	],
	InvalidClientTokenIdException: [403, 'The security token included in the request is invalid.'],
	InvalidMessageContents: [400, 'Invalid characters found.'],
	InvalidParameterValueException: [400, 'The value of a parameter is not valid.'],
	MessageNotInflight: [400, 'The specified message is not in flight.'],
	MissingAuthenticationTokenException: [403, 'Request is missing Authentication Token'],
	MissingRequiredParameterException: [400, 'The request must contain the parameter.'],
	NotImplemented: [501, 'Not implemented'],
	PurgeQueueInProgress: [403, 'Only one PurgeQueue operation is allowed every 60 seconds.'],
	QueueDeletedRecently: [
		400,
		'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
	],
	QueueDoesNotExist: [400, 'The specified queue does not exist.'],
	QueueNameExists: [400, 'A queue with this name already exists.'],
	ReceiptHandleIsInvalid: [400, 'The input receipt handle is invalid.'],
	RequestThrottled: [403, 'Request is throttled.'],
	SerializationException: [400, ''],
	ServiceUnavailable: [503, 'Service is unable to handle request.'],
	SignatureDoesNotMatchException: [
		403,
		'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
	],
	TooManyEntriesInBatchRequest: [400, 'Maximum number of entries per request are 10.'],
	UnknownOperationException: [404, 'The action or operation requested is not valid.'],
});

/** The codes that clients of the query protocol know, which SDKs go by, where they are others. */
const queryCodes: Readonly<Record<string, string>> = {
	AccessDeniedException: 'AccessDenied',
	BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
	BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
	EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
	ExpiredTokenException: 'ExpiredToken',
	IncompleteSignatureException: 'IncompleteSignature',
	InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
	InvalidClientTokenIdException: 'InvalidClientTokenId',
	InvalidParameterValueException: 'InvalidParameterValue',
	MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
	MissingAuthenticationTokenException: 'MissingAuthenticationToken',
	MissingRequiredParameterException: 'MissingParameter',
	PurgeQueueInProgress: 'AWS.SimpleQueueService.PurgeQueueInProgress',
	QueueDeletedRecently: 'AWS.SimpleQueueService.QueueDeletedRecently',
	QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
	QueueNameExists: 'QueueAlreadyExists',
	SignatureDoesNotMatchException: 'SignatureDoesNotMatch',
	TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
	UnknownOperationException: 'InvalidAction',
};

/** What SDKs of the query protocol's days know the error by (Smithy, awsQueryCompatible). */
export function queryCodeOf(code: string): string {
	return queryCodes[code] ?? code;
}

/** The error for what the sandbox does not do. */
export function notImplemented(what: string): ServiceError {
	return sqsError('NotImplemented', unimplemented(what));
}

/** Recorded: test_send_receive_max_number_of_messages, test_send_receive_wait_time_seconds. */
export function invalidParameter(name: string, value: number | string, reason: string): ServiceError {
	return sqsError(
		'InvalidParameterValueException',
		`Value ${value} for parameter ${name} is invalid. Reason: ${reason}`,
	);
}

/** What SQS answers before an action hears of the request (SQS API reference, CommonErrors). */
export const sqsServiceErrors: RpcServiceErrors = {
	...rpcServiceErrors(sqsError, 'sqs', {
		notReadable: 'SerializationException',
		incompleteSignature: 'IncompleteSignatureException',
		missingSignature: 'MissingAuthenticationTokenException',
		wrongSignature: 'SignatureDoesNotMatchException',
		unknownKey: 'InvalidClientTokenIdException',
		expiredToken: 'ExpiredTokenException',
		unknownOperation: 'UnknownOperationException',
		accessDenied: 'AccessDeniedException',
		slowDown: 'RequestThrottled',
		internal: 'InternalFailure',
		unavailable: 'ServiceUnavailable',
	}),
	// Recorded: test_send_empty_message.
	missingMember: (name) =>
		sqsError('MissingRequiredParameterException', `The request must contain the parameter ${name}.`),
};
