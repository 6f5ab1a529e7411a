import {escapeXml} from '../wire/escape-xml.js';
import {errorsOf, type ServiceError} from '../wire/service-error.js';

/**
 * S3 Control's errors: status and usual message. Codes: botocore's model of the service; `NoSuchJob`: S3 User Guide,
 * troubleshooting-batch-operations; statuses and the words that no page has: guessed.
 */
export const controlError = errorsOf({
	AccessDenied: [403, 'Access Denied'],
	BadRequestException: [400, 'Bad Request'],
	IdempotencyException: [400, 'A job with this client request token was created with another request.'],
	InvalidNextTokenException: [400, 'The next token is not valid.'],
	InvalidRequest: [400, 'Invalid Request'],
	JobStatusException: [400, 'The job cannot have the requested status now.'],
	MalformedXML: [
		400,
		'The XML you provided was not well-formed or did not validate against our published schema',
	],
	MethodNotAllowed: [405, 'The specified method is not allowed against this resource.'],
	NoSuchJob: [404, 'The specified job does not exist'],
	NoSuchPublicAccessBlockConfiguration: [404, 'The public access block configuration was not found'],
	NotImplemented: [501, ''],
});

/** The body of an error answer (as clients recorded it of other calls of S3 Control: LocalStack's snapshots). */
export function renderControlError({code, message}: ServiceError, requestId: string, hostId: string): string {
	return (
		`<?xml version="1.0" encoding="UTF-8"?>\n<ErrorResponse><Error><Code>${code}</Code>` +
		`<Message>${escapeXml(message)}</Message></Error><RequestId>${requestId}</RequestId>` +
		`<HostId>${escapeXml(hostId)}</HostId></ErrorResponse>`
	);
}
