import {cutText} from './cut-text.js';

type Response = {
	readonly statusCode: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: unknown;
};

/** An answer that is none of the API's: who answers is a proxy, a sign-in page, another program, or one that is broken. */
export class UnexpectedAnswer extends Error {
	override readonly name = 'UnexpectedAnswer';
	/** As the SDK has it, which tells by the status whether asking again helps. */
	readonly $metadata: {readonly httpStatusCode?: number};

	/** What was expected, in words. */
	readonly fault: string;
	/** What is shown of the answer. */
	readonly came: string | undefined;

	constructor(fault: string, came?: string, httpStatusCode?: number) {
		super([fault, came].filter(Boolean).join(' '));
		this.fault = fault;
		this.came = came;
		this.$metadata = {httpStatusCode};
	}
}

/** Calls whose answers hold credentials: nothing of them is ever shown. */
const secretive = /^(AssumeRole|GetSessionToken|GetFederationToken)/;

/** An answer to an operation that is not what was expected, with what can be shown of it: status, type, first words. */
export function unexpectedAnswer(operation: string, fault: string, response: Response): UnexpectedAnswer {
	const {statusCode, headers} = response;
	const location = statusCode >= 300 && statusCode < 400 ? headers.location : undefined;
	const start = secretive.test(operation) ? '' : startOf(response.body);
	const came = [
		`It came with HTTP ${statusCode}, ${cutText(headers['content-type'] || 'no content type', 80)}`,
		...(location === undefined ? [] : [`, and leads to ${cutText(location, 200)}`]),
		...(start === '' ? [] : [`, and begins: “${start}”`]),
		'.',
	];
	return new UnexpectedAnswer(fault, came.join(''), statusCode);
}

/** The first words of a body, on one line. */
function startOf(body: unknown): string {
	if (!(body instanceof Uint8Array)) return '';
	const text = Buffer.from(body.subarray(0, 400)).toString('utf8');
	return cutText(text.replaceAll(/\s+/g, ' ').trim(), 100);
}
