import {escapeXml} from '../wire/escape-xml.js';
import {parseQueryInput, renderQueryOutput} from '../wire/query-codec.js';
import {type RpcProtocol} from './rpc-protocol.js';
import {parseForm, type WireRequest} from './wire-request.js';

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
		operationOf: (request, body) => {
			const form = formOf(request, body);
			return {name: form.get('Action'), isKnown: true, version: form.get('Version')};
		},
		read: (operation, body, request) => parseQueryInput(operation, formOf(request, body)),
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

/** Parameters may stand in the URL, too; those of the body count before them. */
function formOf({query}: WireRequest, body: Buffer): ReadonlyMap<string, string> {
	return new Map([...query, ...parseForm(body.toString('utf8'))]);
}
