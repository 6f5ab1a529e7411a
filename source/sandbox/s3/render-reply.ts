import {type HttpReply} from '../http/exchange.js';
import {escapeXml} from '../wire/escape-xml.js';
import {type Operation} from '../wire/operation.js';
import {renderRestOutput} from '../wire/rest-codec.js';
import {type ServiceError} from '../wire/service-error.js';
import {type S3Reply} from './action.js';

/** Takes what an action gives, gives the answer as it goes over the wire, with the headers that every one has. */
export async function renderReply(
	operation: Operation,
	{status = 200, headers, output, body}: S3Reply<object>,
	usual: HttpReply['headers'],
): Promise<HttpReply> {
	const rendered = output === undefined ? undefined : await renderRestOutput(operation, output);
	if (status === 304) delete rendered?.headers['content-type'];
	return {
		status,
		headers: Object.assign(rendered?.headers ?? {}, headers, usual),
		body: body ?? (rendered === undefined || rendered.body === '' ? noBytes : Buffer.from(rendered.body)),
	};
}

const noBytes = Buffer.alloc(0);

/** The body of an error answer of S3: no envelope, unlike other services (S3 API reference, ErrorResponses). */
export function renderS3Error(error: ServiceError, requestId: string, hostId: string): string {
	const elements = {
		Code: error.code,
		Message: error.message,
		...error.fields,
		RequestId: requestId,
		HostId: hostId,
	};
	const inner = Object.entries(elements).map(([name, text]) => `<${name}>${escapeXml(text)}</${name}>`);
	return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${inner.join('')}</Error>`;
}
