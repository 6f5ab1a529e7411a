import {type HttpReply} from '../http/exchange.js';
import {type Operation} from '../wire/operation.js';
import {renderRestOutput} from '../wire/rest-codec.js';
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
