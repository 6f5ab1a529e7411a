import {type NormalizedSchema} from '@smithy/core/schema';
import {type Operation} from './operation.js';

/** Thrown where the body is no JSON, or a member of it is not what the schema asks for. */
export class NotDeserializableError extends Error {}

/**
 * Takes the body of a request of the JSON 1.1 protocol, gives the operation's input as an SDK caller wrote it: what the schema
 * does not know is left out, and so is what is null. Throws NotDeserializableError.
 */
export function parseJsonInput(operation: Operation, body: string): Record<string, unknown> {
	const document = body === '' ? {} : readJson(body);
	return operation.input.isStructSchema() ? structureOf(operation.input, document) : {};
}

/** Takes an operation's output, gives the answer's body: of the members that the schema knows. */
export function renderJsonOutput(operation: Operation, output: object): string {
	return operation.output.isStructSchema() ? JSON.stringify(written(operation.output, output)) : '{}';
}

function readJson(body: string): unknown {
	try {
		return JSON.parse(body) as unknown;
	} catch {
		throw new NotDeserializableError();
	}
}

type Kind = readonly [
	is: (schema: NormalizedSchema) => boolean,
	read: (schema: NormalizedSchema, value: unknown) => unknown,
];

const kinds: readonly Kind[] = [
	[(schema) => schema.isStructSchema(), structureOf],
	[(schema) => schema.isListSchema(), listOf],
	[(schema) => schema.isMapSchema(), mapOf],
	[(schema) => schema.isBlobSchema(), (_schema, value) => bytesOf(value)],
	[(schema) => schema.isBooleanSchema(), (_schema, value) => only(value, typeof value === 'boolean')],
	[(schema) => schema.isNumericSchema(), (_schema, value) => only(value, typeof value === 'number')],
	[(schema) => schema.isTimestampSchema(), (_schema, value) => new Date(Number(value) * 1000)],
];

function valueOf(schema: NormalizedSchema, value: unknown): unknown {
	const kind = kinds.find(([is]) => is(schema));
	return kind === undefined ? only(value, typeof value === 'string') : kind[1](schema, value);
}

function structureOf(schema: NormalizedSchema, value: unknown): Record<string, unknown> {
	const given = new Map<string, unknown>(Object.entries(objectOf(value)));
	const members: Record<string, unknown> = {};
	for (const [name, member] of schema.structIterator()) {
		const found: unknown = given.get(name) ?? undefined;
		if (found !== undefined) members[name] = valueOf(member, found);
	}
	return members;
}

function listOf(schema: NormalizedSchema, value: unknown): unknown[] {
	if (!Array.isArray(value)) throw new NotDeserializableError();
	return value.map((item: unknown) => valueOf(schema.getValueSchema(), item));
}

/** Without a prototype: any name may come. */
function mapOf(schema: NormalizedSchema, value: unknown): Record<string, unknown> {
	const map = Object.create(null) as Record<string, unknown>;
	for (const [name, item] of Object.entries(objectOf(value)))
		map[name] = valueOf(schema.getValueSchema(), item);
	return map;
}

function objectOf(value: unknown): object {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new NotDeserializableError();
	return value;
}

function bytesOf(value: unknown): Buffer {
	if (typeof value !== 'string' || !/^[A-Za-z0-9+/]*={0,2}$/.test(value)) throw new NotDeserializableError();
	return Buffer.from(value, 'base64');
}

function only(value: unknown, isRight: boolean): unknown {
	if (!isRight) throw new NotDeserializableError();
	return value;
}

function written(schema: NormalizedSchema, value: unknown): unknown {
	if (value === undefined) return undefined;
	if (schema.isListSchema())
		return (value as unknown[]).map((item) => written(schema.getValueSchema(), item));
	if (schema.isMapSchema()) {
		const entries = Object.entries(value as Readonly<Record<string, unknown>>);
		return Object.fromEntries(entries.map(([name, item]) => [name, written(schema.getValueSchema(), item)]));
	}
	if (schema.isBlobSchema()) return Buffer.from(value as Uint8Array).toString('base64');
	if (schema.isTimestampSchema()) return (value as Date).getTime() / 1000;
	if (!schema.isStructSchema()) return value;
	const members = value as Readonly<Record<string, unknown>>;
	return Object.fromEntries(
		[...schema.structIterator()].map(([name, member]) => [name, written(member, members[name])]),
	);
}
