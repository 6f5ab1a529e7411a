import {NormalizedSchema} from '@smithy/core/schema';
import type {StaticOperationSchema} from '@smithy/types';

/**
 * What the API's answer to an operation holds, as its schema says:
 * - `xml`: a document with this root; in the answers of IAM and STS with a result in it;
 * - `json`: a document as it was put (a bucket's policy), or one of KMS, SQS or CloudWatch; what has no output may come without one;
 * - `nothing`: no body, and these headers;
 * - `stream`: an object's bytes, which may be anything.
 */
export type ExpectedAnswer =
	| {readonly kind: 'xml'; readonly root: string; readonly result?: string}
	| {readonly kind: 'json'; readonly mayBeEmpty?: boolean}
	| {readonly kind: 'nothing'; readonly headers: readonly string[]}
	| {readonly kind: 'stream'};

/** S3 gives these the entity tag of what was written or is there. Source: S3 API Reference, PutObject and HeadObject. */
const tagged = new Set(['PutObject', 'HeadObject']);

/** Services whose answers and errors are JSON documents. Source: their SDK schemas, AWS JSON 1.0 and 1.1; CloudWatch's client speaks the former as well. */
const jsonServices = new Set(['com.amazonaws.kms', 'com.amazonaws.sqs', 'com.amazonaws.cloudwatch']);

/** Whether an operation is of a service that speaks JSON. */
export const speaksJson = ([, namespace]: StaticOperationSchema): boolean => jsonServices.has(namespace);

const known = new WeakMap<StaticOperationSchema, ExpectedAnswer>();

/** Read from the SDK's schema, once an operation. */
export function expectedAnswerOf(operation: StaticOperationSchema): ExpectedAnswer {
	const existing = known.get(operation);
	if (existing) return existing;
	const made = readSchema(operation);
	known.set(operation, made);
	return made;
}

function readSchema(operation: StaticOperationSchema): ExpectedAnswer {
	const [, , name, traits, , outputRef] = operation;
	const output = NormalizedSchema.of(outputRef);
	if (speaksJson(operation)) return {kind: 'json', mayBeEmpty: !output.isStructSchema()};
	const isRest = typeof traits === 'object' && traits.http !== undefined;
	if (!isRest) {
		const result = output.isStructSchema() ? {result: `${name}Result`} : {};
		return {kind: 'xml', root: `${name}Response`, ...result};
	}

	let hasBody = false;
	for (const [, member] of output.isStructSchema() ? output.structIterator() : []) {
		const {httpPayload, httpHeader, httpPrefixHeaders, xmlName} = member.getMergedTraits();
		if (httpPayload) {
			if (member.isStreaming()) return {kind: 'stream'};
			return member.isStructSchema() ? {kind: 'xml', root: xmlName ?? nameOf(member)} : {kind: 'json'};
		}

		if (httpHeader === undefined && httpPrefixHeaders === undefined) hasBody = true;
	}

	if (!hasBody) return {kind: 'nothing', headers: tagged.has(name) ? ['etag'] : []};
	return {kind: 'xml', root: output.getMergedTraits().xmlName ?? nameOf(output)};
}

function nameOf(schema: NormalizedSchema): string {
	return schema.getName() ?? '';
}
