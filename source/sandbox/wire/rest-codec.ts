import {AwsRestXmlProtocol} from '@aws-sdk/core/protocols';
import {HttpResponse} from '@smithy/core/protocols';
import {type NormalizedSchema} from '@smithy/core/schema';
import {type OperationSchema} from '@smithy/types';
import {isValidXml} from './check-xml.js';
import {headerPlanOf, readHeaders, readPrefixedHeaders, writeHeaders} from './header-plan.js';
import {keptWith, type Operation} from './operation.js';
import {reshape} from './shape.js';

const protocol = new AwsRestXmlProtocol({
	defaultNamespace: 'com.amazonaws.s3',
	xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/',
	errorTypeRegistries: [],
});

type Context = Parameters<typeof protocol.serializeRequest>[2];

const context = {
	endpoint: async () => ({url: new URL('http://127.0.0.1/')}),
	disableHostPrefix: true,
} as unknown as Context;
protocol.setSerdeContext(context);

type RestRequest = {
	readonly bucket: string | undefined;
	readonly key: string | undefined;
	readonly query: ReadonlyMap<string, string>;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Uint8Array;
};

/** Thrown where a parameter of the URL is to be an integer and is none, or one below zero. */
export class NotIntegerError extends Error {
	readonly parameter: string;
	readonly value: string;

	constructor(parameter: string, value: string) {
		super(`${parameter} is no integer`);
		this.parameter = parameter;
		this.value = value;
	}
}

/** Thrown where the body does not fit the operation's schema. */
export class MalformedBodyError extends Error {}

/**
 * Takes a request and its operation, gives the operation's input as an SDK caller wrote it. A streaming body is not
 * part of it. Throws MalformedBodyError where the body is not the XML that the schema asks for.
 */
export async function parseRestInput(
	operation: Operation,
	sent: RestRequest,
): Promise<Record<string, unknown>> {
	const hasDocument = sent.body.length > 0 && payloadsOf(operation).length > 0;
	const request = hasDocument ? {...sent, body: withoutIndentation(sent.body)} : sent;
	checkBody(operation, request);
	// Most requests carry all in their headers: the SDK's way through its fake response costs ten times as much.
	const plan = headerPlanOf(operation.input);
	const inHeaders = readHeaders(plan, request.headers);
	if (inHeaders !== undefined) return Object.assign(inHeaders, urlMembersOf(operation, request));
	const {$metadata: _metadata, ...bound} = (await protocol.deserializeResponse(
		schemaOf(operation, {output: inputWithoutUrl(operation)}),
		context,
		new HttpResponse({
			statusCode: 200,
			headers: {...request.headers}, // A view of its own: the SDK changes the prototype of what it is given.
			body: new Uint8Array(request.body.buffer, request.body.byteOffset, request.body.byteLength),
		}),
	)) as unknown as Record<string, unknown>;
	// Of the names behind a prefix the SDK loses those that an object has by itself.
	return {...bound, ...readPrefixedHeaders(plan, request.headers), ...urlMembersOf(operation, request)};
}

/** Takes an operation's output, gives the headers and the body it has on the wire. */
export async function renderRestOutput(
	operation: Operation,
	output: object,
): Promise<{readonly headers: Record<string, string>; readonly body: string}> {
	const inHeaders = writeHeaders(headerPlanOf(operation.output), output);
	if (inHeaders !== undefined) {
		const root = emptyDocumentOf(operation);
		if (root !== undefined)
			return {headers: {...inHeaders, 'content-type': 'application/xml'}, body: emptyElement(root)};
		const contentType = await contentTypeOf(operation);
		if (contentType !== undefined) inHeaders['content-type'] ??= contentType;
		return {headers: inHeaders, body: ''};
	}
	const rendered = await protocol.serializeRequest(
		schemaOf(operation, {input: operation.output}),
		output,
		context,
	);
	const body = typeof rendered.body === 'string' ? withMilliseconds(rendered.body) : '';
	const {'content-type': contentType, ...headers} = rendered.headers as Record<string, string>;
	return {
		headers: body === '' ? rendered.headers : {...headers, 'content-type': contentType ?? 'application/xml'},
		body,
	};
}

/**
 * S3 writes whole seconds with a fraction, which the SDK leaves out where it is zero (S3 API reference, the answers of ListBuckets,
 * ListObjectsV2, ListMultipartUploads and CopyObject). No text can hold these elements: it is escaped.
 */
function withMilliseconds(xml: string): string {
	return xml.replace(
		/<(LastModified|Initiated|CreationDate)>(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z</g,
		'<$1>$2.000Z<',
	);
}

/**
 * The root of an answer whose members travel in a document, for an output that has none of them: the SDK writes nothing then, S3 the
 * empty element. Source: S3 API Reference, the answers of GetBucketLogging, GetBucketNotificationConfiguration and DeleteObjects.
 */
function emptyDocumentOf({output}: Operation): string | undefined {
	if (!headerPlanOf(output).hasBody) return undefined;
	const isPayload = [...output.structIterator()].some(([, member]) => member.getMergedTraits().httpPayload);
	return isPayload ? undefined : (output.getMergedTraits().xmlName ?? output.getName());
}

function emptyElement(root: string): string {
	return `<?xml version="1.0" encoding="UTF-8"?><${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/"></${root}>`;
}

/** The content type that the SDK gives an answer without a body and without a type of its own. */
const contentTypeOf = keptWith(async (operation: Operation): Promise<string | undefined> => {
	const {headers} = await protocol.serializeRequest(
		schemaOf(operation, {input: operation.output}),
		{},
		context,
	);
	return headers['content-type'];
});

const inputWithoutUrl = keptWith(({input}: Operation) =>
	reshape(input, {
		keeps: (member) => {
			const {httpLabel, httpQuery, httpPayload, streaming} = member.getMergedTraits();
			return !httpLabel && httpQuery === undefined && !(httpPayload && (streaming || member.isStreaming()));
		},
	}),
);

function schemaOf(
	operation: Operation,
	slots: {readonly input?: unknown; readonly output?: unknown},
): OperationSchema {
	return {
		namespace: operation.namespace,
		name: operation.name,
		traits: {http: ['POST', '/', 200]},
		input: slots.input ?? 'unit',
		output: slots.output ?? 'unit',
	} as unknown as OperationSchema;
}

const payloadsOf = keptWith(({input}: Operation) =>
	[...input.structIterator()].filter(
		([, member]) => member.getMergedTraits().httpPayload && member.isStructSchema(),
	),
);

const membersInUrlOf = keptWith(({input}: Operation) =>
	[...input.structIterator()].filter(([, member]) => {
		const {httpLabel, httpQuery} = member.getMergedTraits();
		return Boolean(httpLabel) || httpQuery !== undefined;
	}),
);

/** The SDK's parser takes blanks between elements for text where no line ends there: s3cmd sends such documents. */
function withoutIndentation(body: Uint8Array): Buffer {
	return Buffer.from(
		Buffer.from(body)
			.toString('utf8')
			.replace(/>\s+(?=<[^/])/g, '>')
			.replace(/(<\/[^>]+>|\/>)\s+(?=<\/)/g, '$1'),
	);
}

/** The documents that may be missing: what they say may stand in headers, or be the usual (S3 API reference). */
const bodiesLeftOut: ReadonlySet<string> = new Set([
	'AccessControlPolicy',
	'CreateBucketConfiguration',
	'MultipartUpload',
]);

function checkBody(operation: Operation, request: RestRequest): void {
	for (const [name, member] of payloadsOf(operation)) {
		const traits = member.getMergedTraits();
		if (request.body.length === 0 && bodiesLeftOut.has(name)) continue;
		const root = traits.xmlName ?? member.getName() ?? name;
		if (!isValidXml(Buffer.from(request.body).toString('utf8'), root, member)) throw new MalformedBodyError();
	}
}

function urlMembersOf(operation: Operation, request: RestRequest): Record<string, unknown> {
	const members: Record<string, unknown> = {};
	for (const [name, member] of membersInUrlOf(operation)) {
		const {httpLabel, httpQuery} = member.getMergedTraits();
		if (httpLabel && name === 'Bucket') members[name] = request.bucket;
		else if (httpLabel && name === 'Key') members[name] = request.key;
		else if (httpQuery !== undefined && request.query.has(httpQuery)) {
			members[name] = scalarOf(member, httpQuery, request.query.get(httpQuery)!);
		}
	}
	return members;
}

const maxInteger = 2 ** 31 - 1;

/** Of ListParts; the SDK has a string for it. */
const integersKeptAsText: ReadonlySet<string> = new Set(['part-number-marker']);

/** A number without its text counts for none (third-party, as clients recorded it of AWS for max-keys). */
function scalarOf(member: NormalizedSchema, parameter: string, text: string): unknown {
	if (member.isNumericSchema() || integersKeptAsText.has(parameter)) {
		if (text === '') return undefined;
		const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
		if (!(value >= 0 && value <= maxInteger)) throw new NotIntegerError(parameter, text);
		return member.isNumericSchema() ? value : text;
	}
	if (member.isBooleanSchema()) return text.toLowerCase() === 'true';
	if (member.isListSchema()) return text.split(',');
	return text;
}
