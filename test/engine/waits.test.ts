import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import ts from 'typescript';
import {describe, expect, test} from 'vitest';
import type {Connection} from '../../source/aws/ports.js';
import {optionTable} from '../../source/command-line/options.js';
import {spanText} from '../../source/domain/text/duration-text.js';
import {
	bucketPolicyOf,
	replicationOf,
	rolePolicyOf,
	versioningOf,
} from '../../source/engine/guarded/guarded-documents.js';
import {sandboxDefaults} from '../../source/sandbox/start-sandbox.js';
import {waits} from '../../source/engine/waits.js';

const connection = {} as unknown as Connection;
const bucket = {bucket: 'goose', region: 'eu-west-1', accountId: '111122223333'};

/** Each document that is waited for, the entry that says how long, and the problem of a wait as long as is given. */
const unseen = {
	rules: {wait: waits.rulesUnseen, ...replicationOf(connection, bucket)},
	'bucket policy': {wait: waits.policyUnseen, ...bucketPolicyOf(connection, bucket)},
	'role policy': {wait: waits.policyUnseen, ...rolePolicyOf(connection, 'goose', 'p')},
	versioning: {wait: waits.versioning, ...versioningOf(connection, bucket)},
};

describe.each(Object.entries(unseen))(
	'what is said when %s cannot be seen',
	(_name, {wait, unseen: told}) => {
		test('waits as long as its entry says', () => {
			expect(told).toMatchObject(wait);
		});

		test.each([
			[20_000, '20 s'],
			[120_000, '2 min'],
			[300_000, '5 min'],
		])('names a limit of %i ms as %s', (limitMs, words) => {
			expect(told.problem(undefined, limitMs).cause).toContain(`It was written ${words} ago, and `);
		});
	},
);

test.each([
	[500, '500 ms'],
	[1500, '1500 ms'],
	[28_000, '28 s'],
	[90_000, '90 s'],
	[60_000, '1 min'],
	[600_000, '10 min'],
])('a limit of %i ms is called %s', (limitMs, words) => {
	expect(spanText(limitMs)).toBe(words);
});

/** Sentences with a span or a size that no limit of the program gives: each with the reason. */
const ownSpans = [
	// An example of an uncertainty; the sign between the figures is a glyph.
	/^0\.5 lies between |S3 is asked again and again/,
	// What an option of the sandbox does that is given beside it.
	/^copies take five seconds$/,
	// What AWS says of replication without time control.
	/^Without replication time control S3 promises no time; /,
	// What AWS says of metrics, and of time control.
	/^: no values yet\. They come up to 15 min /,
	/^S3 has not finished yet; with replication time control /,
];

const span = /\b(\d+|one|two|three|five|ten|fifteen|thirty) (s|min|minutes?|seconds?|[KMG]B)\b/;

/** The sandbox says what AWS says, in its words. */
const sources = readdirSync('source', {recursive: true, encoding: 'utf8'})
	.filter((file) => /\.tsx?$/.test(file) && !file.startsWith('sandbox'))
	.map((file) => {
		const path = join('source', file);
		return ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
	});

function found<T>(each: (node: ts.Node, path: string) => readonly T[]): readonly T[] {
	const walk = (node: ts.Node, path: string): readonly T[] => {
		const inside: T[] = [];
		ts.forEachChild(node, (child) => void inside.push(...walk(child, path)));
		return [...each(node, path), ...inside];
	};
	return sources.flatMap((file) => walk(file, file.fileName));
}

test('no sentence holds a span or a size of its own that a limit gives', () => {
	const texts = found((node) =>
		ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)
			? [node.text]
			: [],
	).filter((text) => span.test(text));
	expect(texts.filter((text) => !ownSpans.some((own) => own.test(text)))).toEqual([]);
	// One that has gone is no longer allowed.
	expect(ownSpans.filter((own) => !texts.some((text) => own.test(text)))).toEqual([]);
});

test('the engine has no limit outside its table', () => {
	const homes = found((node, path) => {
		const isLimit =
			(ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)) &&
			/limitMs$/i.test(node.name.getText()) &&
			node.initializer !== undefined &&
			/\d/.test(node.initializer.getText());
		return isLimit && path.startsWith(join('source', 'engine')) ? [path] : [];
	});
	expect(new Set(homes)).toEqual(new Set([join('source', 'engine', 'waits.ts')]));
});

test.each([
	['port', sandboxDefaults.port],
	['partition', sandboxDefaults.partition],
	['latency', sandboxDefaults.latencyMs],
	['replicationDelay', sandboxDefaults.replicationDelayMs],
	['propagationDelay', sandboxDefaults.propagationDelayMs],
	['batchRate', sandboxDefaults.batchObjectsPerSecond],
	['batchColumns', sandboxDefaults.batchReportColumns],
	['seed', sandboxDefaults.seed],
] as const)('the help of --%s names what the sandbox does without it', (name, value) => {
	expect(optionTable[name].description).toMatch(new RegExp(`[(]${value}(?:: [^)]*)?[)]$`));
});
