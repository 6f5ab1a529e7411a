import type {MetadataBearer, MiddlewareStack, StaticOperationSchema} from '@smithy/types';
import {type ExpectedAnswer, expectedAnswerOf, speaksJson} from './expected-answer.js';
import {unexpectedAnswer} from './unexpected-answer.js';

type Answer = {
	statusCode: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: unknown;
};

export type CheckedClient = {
	readonly middlewareStack: Pick<MiddlewareStack<object, MetadataBearer>, 'add' | 'remove'>;
};

type Context = {readonly __smithy_context?: {readonly operationSchema?: StaticOperationSchema}};

/** Both are roots of errors: S3's, and that of IAM and STS. */
const errorRoots = new Set(['Error', 'ErrorResponse']);

/**
 * Looks at every answer before the SDK reads it, which takes any document for an empty answer, a website's page for a success
 * and no body for a list of nothing. The SDK's own reading of what fits stays as it is.
 */
export function checkAnswers<Client extends CheckedClient>(client: Client): Client {
	client.middlewareStack.add(
		(next, context) => async (given) => {
			const result = await next(given);
			const {__smithy_context: smithy} = context as Context;
			const operation = smithy?.operationSchema;
			if (operation) {
				const {method} = given.request as {readonly method?: string};
				const ways = {isHead: method === 'HEAD', isJson: speaksJson(operation)};
				checkAnswer(operation[2], expectedAnswerOf(operation), ways, result.response as Answer);
			}

			return result;
		},
		// Next to the wire: the SDK's own look at S3's errors with HTTP 200 makes a stream of the body.
		{step: 'deserialize', priority: 'low', name: 'checkAnswers'},
	);
	return client;
}

/** How an operation's errors come. */
type Ways = {readonly isHead: boolean; readonly isJson: boolean};

/** Throws what is wrong with an answer that is none of the API's. */
function checkAnswer(name: string, expected: ExpectedAnswer, ways: Ways, answer: Answer): void {
	const fault = answer.statusCode < 300 ? faultOfSuccess(name, expected, answer) : faultOfError(ways, answer);
	if (fault !== undefined) throw unexpectedAnswer(name, fault, answer);
}

function faultOfSuccess(name: string, expected: ExpectedAnswer, answer: Answer): string | undefined {
	if (expected.kind === 'stream') return undefined;
	const body = trimmed(answer.body);
	const root = rootOf(body);
	// S3 may tell of an error after it began with HTTP 200. The SDK reads it as HTTP 503, but only for calls that have an output,
	// and only where nothing follows it. Source: S3 API Reference, CopyObject.
	if (root === 'Error' && answer.statusCode === 200 && isClosed(body, root)) {
		answer.statusCode = 503;
		return undefined;
	}

	if (answer.statusCode !== 200 && !(answer.statusCode === 204 && expected.kind === 'nothing'))
		return `${name} has no answer with HTTP ${answer.statusCode}.`;
	switch (expected.kind) {
		case 'nothing': {
			if (body.length > 0) return 'The answer to this call has no body, but one came.';
			if (name !== 'HeadObject' && isPage(answer)) return 'A web page came.';
			const missing = expected.headers.find((header) => !answer.headers[header]);
			return missing === undefined ? undefined : `The answer has no header ${missing}.`;
		}

		case 'json': {
			if (body.length === 0) return expected.mayBeEmpty ? undefined : 'The answer is empty.';
			return body[0] === 0x7b ? undefined : 'The answer should be a JSON document.';
		}

		case 'xml': {
			if (body.length === 0) return 'The answer is empty.';
			if (root === undefined || !isSameRoot(root, expected.root))
				return `The answer should be a ${expected.root} in XML.`;
			if (!isClosed(body, root)) return `The answer ends before its ${root} does.`;
			const {result} = expected;
			const hasResult = result === undefined || new RegExp(`<${result}[\\s/>]`).test(text(body));
			return hasResult ? undefined : `The answer has no ${result}.`;
		}
	}
}

function faultOfError({isHead, isJson}: Ways, answer: Answer): string | undefined {
	const {statusCode, headers} = answer;
	const body = isHead ? new Uint8Array() : trimmed(answer.body);
	if (isJson && body.length > 0)
		return isJsonError(body, headers) ? undefined : 'An error of AWS says its type in JSON here.';
	if (body.length > 0) {
		const root = rootOf(body);
		if (root === undefined || !errorRoots.has(root)) return 'An error of AWS is an Error in XML.';
		return isClosed(body, root) ? undefined : `The answer ends before its ${root} does.`;
	}

	// S3's own redirects say where the bucket is. Source: S3 API Reference, HeadBucket; S3 User Guide, "Making requests using the REST API".
	if (statusCode < 400) return headers['x-amz-bucket-region'] ? undefined : 'S3 does not redirect like this.';
	if (statusCode === 401 || statusCode === 407) return 'AWS does not ask to sign in like this.';
	return isPage(answer) ? 'A web page came.' : undefined;
}

/** Whether a document says which error it is. Source: Smithy, "AWS JSON 1.1 protocol", operation error serialization. */
function isJsonError(body: Uint8Array, headers: Answer['headers']): boolean {
	const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8');
	return body[0] === 0x7b && ('x-amzn-errortype' in headers || /"(?:__type|code)"\s*:/.test(text));
}

/** Lists of S3 are named in more than one way by its documentation and by those who do the same. */
function isSameRoot(root: string, expected: string): boolean {
	return root === expected || (expected.startsWith('List') && root.startsWith('List'));
}

/** Whether a website answers: some who do as S3 does say `text/html` of an empty body, but beside headers of S3's. */
function isPage({headers}: Answer): boolean {
	return (
		/^text\/html\b/i.test(headers['content-type'] ?? '') &&
		!Object.keys(headers).some((name) => name.startsWith('x-amz'))
	);
}

const blanks = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** The bytes of a body without the blanks around it and a byte order mark; none where there is no body. */
function trimmed(body: unknown): Uint8Array {
	if (!(body instanceof Uint8Array)) return new Uint8Array();
	let start = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? 3 : 0;
	let end = body.length;
	while (start < end && blanks.has(body[start] as number)) start++;
	while (end > start && blanks.has(body[end - 1] as number)) end--;
	return body.subarray(start, end);
}

/** How much of a body may stand before its root: a declaration and a comment or two. */
const longestProlog = 4096;

/** The name of an XML document's root, or nothing where it is none. Reads only the beginning. */
function rootOf(body: Uint8Array): string | undefined {
	if (body[0] !== 0x3c) return undefined;
	const start = text(body.subarray(0, longestProlog));
	return /^(?:<\?[^>]*\?>\s*|<!--.*?-->\s*)*<([A-Za-z_][\w.-]*)[\s/>]/s.exec(start)?.[1];
}

/** Whether a document ends with its root's end: what was cut off does not. */
function isClosed(body: Uint8Array, root: string): boolean {
	if (new RegExp(`</${root}\\s*>$`).test(text(body.subarray(-root.length - 40)))) return true;
	// A root without content is the only element of its document.
	return new RegExp(`^(?:<\\?[^>]*\\?>\\s*)?<${root}(?:\\s[^<>]*)?/>$`).test(
		text(body.subarray(0, longestProlog)),
	);
}

/** A byte a character: names of elements are ASCII. */
function text(bytes: Uint8Array): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
