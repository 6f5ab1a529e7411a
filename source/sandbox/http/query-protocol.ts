import {escapeXml} from '../wire/escape-xml.js';
import {parseQueryInput, renderQueryOutput} from '../wire/query-codec.js';
import {type RpcProtocol} from './rpc-protocol.js';
import {parseForm} from './wire-request.js';

/** The AWS query protocol: a form that names the operation as `Action`, and XML (Smithy, aws-query-protocol). */
export function queryProtocol({
	xmlNamespace,
	queryCodeOf,
}: {
	readonly xmlNamespace: string;
	readonly queryCodeOf: (code: string) => string;
}): RpcProtocol {
	return {
		isFor: ({headers}) => (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded'),
		headers: {'content-type': 'text/xml'},
		operationOf: (_request, body) => ({name: parseForm(body.toString('utf8')).get('Action'), isKnown: true}),
		read: (operation, body) => parseQueryInput(operation, parseForm(body.toString('utf8'))),
		write: (operation, output, requestId) =>
			Buffer.from(renderQueryOutput(operation, output, {xmlNamespace, requestId})),
		renderError: ({code, message, status}, requestId) => ({
			body: Buffer.from(
				`<ErrorResponse xmlns="${xmlNamespace}"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>` +
					`<Code>${queryCodeOf(code)}</Code><Message>${escapeXml(message)}</Message></Error>` +
					`<RequestId>${requestId}</RequestId></ErrorResponse>`,
			),
		}),
	};
}
