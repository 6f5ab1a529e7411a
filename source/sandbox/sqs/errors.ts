import {rpcServiceErrors, type RpcServiceErrors} from '../http/rpc-errors.js';
import {ServiceError, unimplemented} from '../wire/service-error.js';

/**
 * The errors of SQS: status, the code that clients of the query protocol know (which SDKs go by), and usual message.
 * Sources: SQS API reference (CommonErrors and each action's errors), recordings of AWS (LocalStack's snapshots
 * test_sqs, marked in the tests).
 */
const table = {
	AccessDeniedException: [403, 'AccessDenied', 'Access to the resource is denied.'],
	BatchEntryIdsNotDistinct: [
		400,
		'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
		'Two or more batch entries in the request have the same Id.',
	],
	BatchRequestTooLong: [
		400,
		'AWS.SimpleQueueService.BatchRequestTooLong',
		'Batch requests cannot be longer than 1048576 bytes.',
	],
	EmptyBatchRequest: [
		400,
		'AWS.SimpleQueueService.EmptyBatchRequest',
		'There should be at least one SendMessageBatchRequestEntry in the request.',
	],
	ExpiredTokenException: [403, 'ExpiredToken', 'The security token included in the request is expired'],
	IncompleteSignatureException: [
		403,
		'IncompleteSignature',
		'The request signature does not conform to AWS standards.',
	],
	InternalFailure: [500, 'InternalFailure', 'We encountered an internal error. Please try again.'],
	InvalidAddress: [404, 'InvalidAddress', 'The specified address is not valid.'],
	InvalidAttributeName: [400, 'InvalidAttributeName', 'Unknown Attribute.'],
	InvalidAttributeValue: [400, 'InvalidAttributeValue', 'Invalid value for the parameter.'],
	InvalidBatchEntryId: [
		400,
		'AWS.SimpleQueueService.InvalidBatchEntryId',
		'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
	],
	InvalidClientTokenIdException: [
		403,
		'InvalidClientTokenId',
		'The security token included in the request is invalid.',
	],
	InvalidMessageContents: [400, 'InvalidMessageContents', 'Invalid characters found.'],
	InvalidParameterValueException: [400, 'InvalidParameterValue', 'The value of a parameter is not valid.'],
	MessageNotInflight: [
		400,
		'AWS.SimpleQueueService.MessageNotInflight',
		'The specified message is not in flight.',
	],
	MissingAuthenticationTokenException: [
		403,
		'MissingAuthenticationToken',
		'Request is missing Authentication Token',
	],
	MissingRequiredParameterException: [400, 'MissingParameter', 'The request must contain the parameter.'],
	NotImplemented: [501, 'NotImplemented', 'Not implemented'],
	PurgeQueueInProgress: [
		403,
		'AWS.SimpleQueueService.PurgeQueueInProgress',
		'Only one PurgeQueue operation is allowed every 60 seconds.',
	],
	QueueDeletedRecently: [
		400,
		'AWS.SimpleQueueService.QueueDeletedRecently',
		'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
	],
	QueueDoesNotExist: [400, 'AWS.SimpleQueueService.NonExistentQueue', 'The specified queue does not exist.'],
	QueueNameExists: [400, 'QueueAlreadyExists', 'A queue with this name already exists.'],
	ReceiptHandleIsInvalid: [400, 'ReceiptHandleIsInvalid', 'The input receipt handle is invalid.'],
	RequestThrottled: [403, 'RequestThrottled', 'Request is throttled.'],
	SerializationException: [400, 'SerializationException', ''],
	ServiceUnavailable: [503, 'ServiceUnavailable', 'Service is unable to handle request.'],
	SignatureDoesNotMatchException: [
		403,
		'SignatureDoesNotMatch',
		'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
	],
	TooManyEntriesInBatchRequest: [
		400,
		'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
		'Maximum number of entries per request are 10.',
	],
	UnknownOperationException: [404, 'InvalidAction', 'The action or operation requested is not valid.'],
} as const satisfies Readonly<Record<string, readonly [status: number, queryCode: string, message: string]>>;

type SqsErrorCode = keyof typeof table;

/** Takes a code of the table, gives the error; the message is the usual one unless another is given. */
export function sqsError(code: SqsErrorCode, message?: string): ServiceError {
	const [status, , usual] = table[code];
	return new ServiceError(code, status, message ?? usual);
}

/** What SDKs of the query protocol's days know the error by (Smithy, awsQueryCompatible). */
export function queryCodeOf(code: string): string {
	return code in table ? table[code as SqsErrorCode][1] : code;
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
