import {type ServiceError} from '../../wire/service-error.js';
import {escapeXml} from '../../wire/escape-xml.js';

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
