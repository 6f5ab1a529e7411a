import {type NormalizedSchema} from '@smithy/core/schema';
import {requiredMembersOf} from '../../../source/sandbox/wire/shape.js';

/** Takes the schema of an input, gives the least that the SDK's clients send: its required members, some value each. */
export function smallestInputOf(schema: NormalizedSchema): Readonly<Record<string, unknown>> {
	const required = new Set(requiredMembersOf(schema));
	return Object.fromEntries(
		[...schema.structIterator()]
			.filter(([name]) => required.has(name))
			.map(([name, member]) => [name, valueOf(member)]),
	);
}

const values: readonly (readonly [
	is: (schema: NormalizedSchema) => boolean,
	value: (schema: NormalizedSchema) => unknown,
])[] = [
	[(schema) => schema.isStructSchema(), smallestInputOf],
	[(schema) => schema.isListSchema(), (schema) => [valueOf(schema.getValueSchema())]],
	[(schema) => schema.isMapSchema(), () => ({})],
	[(schema) => schema.isBlobSchema() || schema.isStreaming(), () => Buffer.from('x')],
	[(schema) => schema.isBooleanSchema(), () => true],
	[(schema) => schema.isNumericSchema(), () => 1],
	[(schema) => schema.isTimestampSchema(), () => new Date(0)],
];

function valueOf(schema: NormalizedSchema): unknown {
	const found = values.find(([is]) => is(schema));
	return found === undefined ? 'a-text' : found[1](schema);
}
