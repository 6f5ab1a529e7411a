import {marked, type Token} from 'marked';
import {describe, expect, onTestFinished, test} from 'vitest';
import {fixable} from '../../source/domain/problem.js';
import {visibleText} from '../../source/domain/text/visible-text.js';
import {markdownCode, markdownLine, markdownText} from '../../source/session/report/markdown-text.js';
import {reportCsv} from '../../source/session/report/report-csv.js';
import type {ReportInput} from '../../source/session/report/report-input.js';
import {reportJson} from '../../source/session/report/report-json.js';
import {reportMarkdown} from '../../source/session/report/report-markdown.js';
import {createWatchStore} from '../../source/session/watch/watch-store.js';

/** A watch of one object that failed; everything that others can write is this text. */
function reportOf(text: string): ReportInput {
	const watch = createWatchStore();
	onTestFinished(watch.close);
	const problem = fixable('replication-failed', text, text, [text]);
	watch.fold({
		type: 'watch-started',
		at: 0,
		sourceBucket: text,
		sourceRegion: 'us-east-1',
		sourceProfile: text,
		destinations: [{bucket: text, region: 'us-west-2'}, {bucket: `${text}2`}],
	});
	watch.fold({type: 'object-uploaded', at: 1, key: text, versionId: text, sizeBytes: 1, isOurs: false});
	watch.fold({type: 'object-failed', at: 2, key: text, versionId: text, destination: text, problem});
	return {runId: 'run-1', nowMs: 60_000, watch, problem};
}

async function textOf(chunks: AsyncIterable<string>): Promise<string> {
	let text = '';
	for await (const chunk of chunks) text += chunk;
	return text;
}

/** Everything but our own line ends that may steer a terminal, or hide or reorder a text. */
const raw =
	/[\u0000-\u0009\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/;

const hostile: readonly string[] = [
	'\u001B[31mred',
	'\u001B]52;c;aGk=\u0007',
	'a\r\n✓ forged',
	'a\n\n# forged\n\n| a | b |\n| --- | --- |',
	'bell \u0007 and delete \u007F',
	'8-bit \u009Bcsi',
	'tab\tulator',
	'\u202Egpj.exe',
	'zero\u200Bwidth\uFEFF',
	'line\u2028separator\u2029',
	'a|b|c',
	'`code` ``more`` ` ',
	'``` fence',
	'[link](https://example.com) ![image](https://example.com/i.png)',
	'[ref]: https://example.com',
	'https://example.com www.example.com',
	'<https://example.com> <b>bold</b> <script>alert(1)</script> <!-- -->',
	'&lt;b&gt; &#60;',
	'*bold* __bold__ ~~gone~~ _a_',
	'# heading',
	'- list',
	'+ list',
	'1. list',
	'> quote',
	'\\[escaped\\](https://example.com)',
	'===',
	'---',
	'$x^2$',
];

const linesOf = (tokens: readonly Token[]): readonly Token[] =>
	tokens.flatMap((token) => {
		const inner = 'tokens' in token ? (token.tokens ?? []) : [];
		const items = token.type === 'list' ? (token as {items: readonly Token[]}).items : [];
		const cells =
			token.type === 'table'
				? [...(token as {rows: ReadonlyArray<ReadonlyArray<{tokens: Token[]}>>}).rows]
						.flat()
						.flatMap((cell) => cell.tokens)
				: [];
		return [token, ...linesOf(inner), ...linesOf(items), ...linesOf(cells)];
	});

/** What a reader of the rendered text sees. */
const seen = (html: string): string =>
	html
		.replaceAll(/<[^>]*>/g, '')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&quot;', '"')
		.replaceAll('&#39;', "'")
		.replaceAll('&amp;', '&');

describe.each(hostile)('the text %j', (text) => {
	test('is shown in Markdown as it is, and nothing comes of it', async () => {
		expect(seen(await marked.parseInline(markdownText(text)))).toBe(visibleText(text).trim());
		expect(seen(await marked.parse(markdownLine(text))).trim()).toBe(visibleText(text).trim());
		const code = await marked.parseInline(markdownCode(text));
		expect(code.match(/<code>/g)).toHaveLength(1);
		expect(seen(code)).toBe(visibleText(text));
	});

	test('leaves the Markdown report in its shape', async () => {
		const report = await textOf(reportMarkdown(reportOf(text)));
		const plain = await textOf(reportMarkdown(reportOf('plain')));
		expect(report).not.toMatch(raw);
		const typesOf = (markdown: string): readonly string[] =>
			linesOf(marked.lexer(markdown))
				.map(({type}) => type)
				.filter((type) => type !== 'text' && type !== 'escape' && type !== 'space');
		expect(typesOf(report)).toEqual(typesOf(plain));
	});

	test('is one cell of a line of the CSV report', async () => {
		const csv = await textOf(reportCsv(reportOf(text)));
		expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
		expect(csv).not.toMatch(raw);
		expect(csv.split('\r\n')).toHaveLength(3);
	});

	test('is the same in the JSON report, and harmless to look at', async () => {
		const json = await textOf(reportJson(reportOf(text)));
		expect(json).not.toMatch(raw);
		expect(JSON.parse(json)).toMatchObject({source: {bucket: text}, objects: [{key: text, versionId: text}]});
	});
});

// OWASP, "CSV Injection": what a cell must not begin with, and the quote that makes it text.
test.each([
	['=1+1', "'=1+1"],
	['=HYPERLINK("http://x";"y")', `"'=HYPERLINK(""http://x"";""y"")"`],
	['+1', "'+1"],
	['-1+cmd|x', "'-1+cmd|x"],
	['@SUM(1)', "'@SUM(1)"],
	['\t=1', "'\\t=1"],
	['\r=1', "'\\r=1"],
	['\n=1', "'\\n=1"],
	['＝1', "'＝1"],
	['a=1', 'a=1'],
	['a,b', '"a,b"'],
	['a;=1', '"a;=1"'],
	['a"b', '"a""b"'],
])('the key %j stands in the CSV report as %s', async (key, cell) => {
	const csv = await textOf(reportCsv(reportOf(key)));
	const quoted = cell.includes("'") && !cell.startsWith('"') ? `"${cell}"` : cell;
	expect(csv.split('\r\n')[1]?.startsWith(`${quoted},`)).toBe(true);
});

test('numbers in the CSV report stay numbers', async () => {
	const csv = await textOf(reportCsv(reportOf('k')));
	expect(csv.split('\r\n')[1]).toMatch(/^k,k,1,failed,false,/);
});
