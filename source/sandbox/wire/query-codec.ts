import {XmlShapeSerializer} from '@aws-sdk/core/protocols';
import {type NormalizedSchema} from '@smithy/core/schema';
import {type Operation} from './operation.js';
import {reshape} from './shape.js';

/** Takes the form of an IAM or STS request, gives the operation's input as an SDK caller wrote it. */
export function parseQueryInput(
	operation: Operation,
	form: ReadonlyMap<string, string>,
): Record<string, unknown> {
	return structureOf(operation.input, '', form) ?? {};
}

/** Takes an operation's output, gives the answer's XML. */
export function renderQueryOutput(
	operation: Operation,
	output: object,
	envelope: {readonly xmlNamespace: string; readonly requestId: string},
): string {
	const result = operation.output.isStructSchema() ? resultElementOf(operation, output) : '';
	return (
		`<${operation.name}Response xmlns="${envelope.xmlNamespace}">${result}` +
		`<ResponseMetadata><RequestId>${envelope.requestId}</RequestId></ResponseMetadata></${operation.name}Response>`
	);
}

function resultElementOf(operation: Operation, output: object): string {
	const serializer = new XmlShapeSerializer({
		xmlNamespace: '',
		timestampFormat: {useTrait: true, default: 5},
		httpBindings: false,
		serviceNamespace: operation.namespace,
	} as never);
	serializer.write(reshape(operation.output, {name: `${operation.name}Result`}), output);
	return String(serializer.flush());
}

function structureOf(
	shape: NormalizedSchema,
	prefix: string,
	form: ReadonlyMap<string, string>,
): Record<string, unknown> | undefined {
	const members: Record<string, unknown> = {};
	for (const [name, member] of shape.isStructSchema() ? shape.structIterator() : []) {
		const value = valueOf(member, `${prefix}${name}`, form);
		if (value !== undefined) members[name] = value;
	}
	return prefix !== '' && Object.keys(members).length === 0 ? undefined : members;
}

function valueOf(shape: NormalizedSchema, key: string, form: ReadonlyMap<string, string>): unknown {
	if (shape.isStructSchema()) return structureOf(shape, `${key}.`, form);
	if (shape.isListSchema()) return listOf(shape, key, form);
	const text = form.get(key);
	if (text === undefined) return undefined;
	if (shape.isNumericSchema()) return Number(text);
	if (shape.isBooleanSchema()) return text === 'true';
	if (shape.isTimestampSchema()) return new Date(text);
	return text;
}

function listOf(
	shape: NormalizedSchema,
	key: string,
	form: ReadonlyMap<string, string>,
): unknown[] | undefined {
	const item = shape.getValueSchema();
	const itemKey = shape.getMergedTraits().xmlFlattened ? key : `${key}.member`;
	const values: unknown[] = [];
	for (let index = 1; ; index += 1) {
		const value = valueOf(item, `${itemKey}.${index}`, form);
		if (value === undefined) break;
		values.push(value);
	}
	return values.length > 0 || form.has(key) ? values : undefined;
}
