import * as s3 from '@aws-sdk/client-s3';
import {AwsRestXmlProtocol} from '@aws-sdk/core/protocols';
import {HttpResponse} from '@smithy/core/protocols';
import {type NormalizedSchema} from '@smithy/core/schema';
import {describe, expect, it} from 'vitest';
import {headerPlanOf} from '../../source/sandbox/wire/header-plan.js';
import {type Operation, operationsOf} from '../../source/sandbox/wire/operation.js';
import {parseRestInput, renderRestOutput} from '../../source/sandbox/wire/rest-codec.js';
import {reshape} from '../../source/sandbox/wire/shape.js';
import {makeRandom, type Random} from '../../source/sandbox/world/random.js';

// Headers are read and written by a plan of the sandbox's own, which is faster: the SDK's codec says what is right.

const protocol = new AwsRestXmlProtocol({
	defaultNamespace: 'com.amazonaws.s3',
	xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/',
	errorTypeRegistries: [],
});
const context = {
	endpoint: async () => ({url: new URL('http://127.0.0.1/')}),
	disableHostPrefix: true,
} as never;
protocol.setSerdeContext(context);

type Members = Readonly<Record<string, unknown>>;

const words = [
	'private',
	'a b',
	'a, b',
	'"quoted, text"',
	'bytes=0-1',
	'*',
	'text/plain; charset=utf-8',
	'1',
	'true',
];
const pick = <T>(random: Random, values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
const valueMakers: Readonly<Record<string, (random: Random) => unknown>> = {
	text: (random) => pick(random, words),
	number: (random) => pick(random, [0, 1, 1000, 5_368_709_120]),
	boolean: (random) => random() < 0.5,
	'http-date': (random) => new Date(Math.floor(random() * 2_000_000_000) * 1000),
};

/** Some members of the shape that travel in headers, with values; of metadata up to three. */
function randomMembers(shape: NormalizedSchema, random: Random): Members {
	const {byMember, prefixes} = headerPlanOf(shape);
	const chosen = [...byMember.values()].filter(({kind}) => kind !== 'other' && random() < 0.5);
	const metadata = Array.from({length: Math.floor(random() * 4)}, (_, index) => [
		`key-${index}`,
		pick(random, words),
	]);
	return Object.fromEntries([
		...chosen.map(({member, kind}) => [member, valueMakers[kind]!(random)] as const),
		...prefixes.map(({member}) => [member, Object.fromEntries(metadata) as unknown] as const),
	]);
}

/** What clients may send, well formed or not. */
const sentWords = [...words, '', 'TRUE', 'False', ' 5', '1.5', '1e3', '0x10', 'abc', '2026-01-01T00:00:00Z'];

function randomHeaders(shape: NormalizedSchema, random: Random): Record<string, string> {
	const {byHeader, prefixes} = headerPlanOf(shape);
	// Dates and what has a form of its own are left to the SDK.
	const read = [...byHeader.values()].filter(({kind}) => kind !== 'other' && kind !== 'http-date');
	const names = [
		...read.map(({header}) => header),
		...prefixes.flatMap(({prefix}) => [`${prefix}a`, `${prefix}a-b`]),
	];
	const chosen = names.filter(() => random() < 0.5);
	return Object.fromEntries([...chosen, 'x-other'].map((name) => [name, pick(random, sentWords)]));
}

function schemaOf(
	{namespace, name}: Operation,
	slots: {readonly input?: unknown; readonly output?: unknown},
): never {
	const traits = {http: ['POST', '/', 200]};
	return {namespace, name, traits, input: slots.input ?? 'unit', output: slots.output ?? 'unit'} as never;
}

/** The headers with which the SDK sends the members. */
async function sentBySdk(
	operation: Operation,
	shape: unknown,
	members: Members,
): Promise<Record<string, string>> {
	return (await protocol.serializeRequest(schemaOf(operation, {input: shape}), members as never, context))
		.headers;
}

async function readBySdk(
	operation: Operation,
	shape: unknown,
	headers: Record<string, string>,
): Promise<Members> {
	const response = new HttpResponse({statusCode: 200, headers: {...headers}, body: new Uint8Array()});
	const {$metadata: _metadata, ...members} = (await protocol.deserializeResponse(
		schemaOf(operation, {output: shape}),
		context,
		response,
	)) as unknown as Record<string, unknown>;
	return members;
}

/** Members that are neither in the URL nor the bytes of an object. */
const inHeadersOrBody = (member: NormalizedSchema): boolean => {
	const {httpLabel, httpQuery, httpPayload, streaming} = member.getMergedTraits();
	return !httpLabel && httpQuery === undefined && !(httpPayload && (streaming || member.isStreaming()));
};

const hasHeaders = (shape: NormalizedSchema): boolean => headerPlanOf(shape).byHeader.size > 0;
const operations = [...operationsOf(s3).values()];
const inputs = operations.filter(({input}) => hasHeaders(input) && !headerPlanOf(input).hasBody);
const outputs = operations.filter(({output}) => hasHeaders(output));
const rounds = Array.from({length: 12}, (_, index) => makeRandom(index + 1));

describe('headers', () => {
	it('are many enough to compare', () => {
		expect(inputs.length).toBeGreaterThan(50);
		expect(outputs.length).toBeGreaterThan(25);
	});

	it.each(inputs.map((operation) => [operation.name, operation] as const))(
		'of %s are read as the SDK reads them',
		async (_name, operation) => {
			const shape = reshape(operation.input, {keeps: inHeadersOrBody});
			for (const random of rounds) {
				const headers = randomHeaders(operation.input, random);
				const request = {
					bucket: undefined,
					key: undefined,
					query: new Map(),
					headers,
					body: new Uint8Array(),
				};
				expect(await parseRestInput(operation, request)).toEqual(await readBySdk(operation, shape, headers));
			}
		},
	);

	it.each(outputs.map((operation) => [operation.name, operation] as const))(
		'of an answer to %s are written as the SDK writes them',
		async (_name, operation) => {
			for (const random of rounds) {
				const output = randomMembers(operation.output, random);
				expect((await renderRestOutput(operation, output)).headers).toEqual(
					await sentBySdk(operation, operation.output, output),
				);
			}
		},
	);
});
