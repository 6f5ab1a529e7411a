import {NormalizedSchema} from '@smithy/core/schema';
import {isValidXml} from './check-xml.js';
import {type Operation} from './operation.js';
import {MalformedBodyError, parseRestInput, renderRestOutput} from './rest-codec.js';
import {reshape} from './shape.js';

type ControlRequest = {
	/** Of the path, by the names that the operation has for them. */
	readonly labels: Readonly<Record<string, string>>;
	readonly parameters: readonly (readonly [string, string])[];
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Uint8Array;
};

/**
 * Takes a request to S3 Control, gives the operation's input. Throws MalformedBodyError where the body is not the XML that the
 * schema asks for.
 */
export async function parseControlInput(
	operation: Operation,
	{labels, parameters, headers, body}: ControlRequest,
): Promise<Record<string, unknown>> {
	checkDocument(operation, body);
	const {
		Bucket: _bucket,
		Key: _key,
		...parsed
	} = await parseRestInput(operation, {
		bucket: undefined,
		key: undefined,
		query: new Map(),
		headers,
		body,
	});
	return {...parsed, ...labels, ...queryMembersOf(operation, parameters)};
}

const s3Namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';
const controlNamespace = 'http://awss3control.amazonaws.com/doc/2018-08-20/';

/** Takes an operation's output, gives the body it has on the wire. */
export async function renderControlOutput(operation: Operation, output: object): Promise<string> {
	const {body} = await renderRestOutput(operation, output);
	return body.replace(`xmlns="${s3Namespace}"`, `xmlns="${controlNamespace}"`);
}

/** What travels in the body without being a payload of its own is a document named like the input. */
function checkDocument(operation: Operation, body: Uint8Array): void {
	const members = [...operation.input.structIterator()].map(([, member]) => member.getMergedTraits());
	const isInDocument = (traits: (typeof members)[number]): boolean =>
		!traits.httpLabel && !traits.httpHeader && traits.httpQuery === undefined && !traits.httpPayload;
	if (!members.some(isInDocument)) return;
	const shape = reshape(operation.input, {keeps: (member) => isInDocument(member.getMergedTraits())});
	const root = operation.input.getMergedTraits().xmlName ?? operation.input.getName() ?? '';
	if (!isValidXml(Buffer.from(body).toString('utf8'), root, NormalizedSchema.of(shape))) {
		throw new MalformedBodyError();
	}
}

/** A list is a parameter that is repeated. */
function queryMembersOf(
	operation: Operation,
	parameters: ControlRequest['parameters'],
): Record<string, unknown> {
	const members: Record<string, unknown> = {};
	for (const [name, member] of operation.input.structIterator()) {
		const {httpQuery} = member.getMergedTraits();
		const values = parameters.filter(([parameter]) => parameter === httpQuery).map(([, value]) => value);
		const [first] = values;
		if (httpQuery === undefined || first === undefined) continue;
		if (member.isListSchema()) members[name] = values;
		else members[name] = member.isNumericSchema() ? Number(first) : first;
	}
	return members;
}
