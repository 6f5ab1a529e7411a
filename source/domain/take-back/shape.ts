import {isRecord} from '../../policy/json-shape.js';

type Is = (value: unknown) => boolean;

/** What members a value read from a record has to have, and what each may be. */
export type Shape = Readonly<Record<string, Is>>;

export const isText: Is = (value) => typeof value === 'string';
export const isNumber: Is = (value) => typeof value === 'number';
export const isTexts: Is = (value) => Array.isArray(value) && value.every(isText);

export const orAbsent =
	(is: Is): Is =>
	(value) =>
		value === undefined || is(value);

export const orNull =
	(is: Is): Is =>
	(value) =>
		value === null || is(value);

export const listOf =
	(is: Is): Is =>
	(value) =>
		Array.isArray(value) && value.every(is);

/** Members beside those of the shape may be anything. */
export const shaped =
	(shape: Shape): Is =>
	(value) =>
		isRecord(value) && Object.entries(shape).every(([name, is]) => is(value[name]));

const isStatement: Is = (value) =>
	isRecord(value) && Object.values(value).every((element) => element !== null);

/** A policy, as far as it has to be one for its statements to be told apart. */
export const isPolicy = shaped({
	Statement: (value) => isStatement(value) || listOf(isStatement)(value),
});

/** A replication configuration, as far as its rules have to be told apart. */
export const isReplication = shaped({
	Role: isText,
	Rules: listOf(
		shaped({
			ID: orAbsent(isText),
			Priority: orAbsent(isNumber),
			Filter: orAbsent(isRecord),
			Destination: shaped({Bucket: isText}),
		}),
	),
});
