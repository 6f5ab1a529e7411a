import path from 'node:path';
import {beforeAll, describe, expect, test} from 'vitest';
import {sourceTexts, withoutComments} from './support/source-texts.js';

type Rule = {
	readonly name: string;
	readonly because: string;
	readonly forbidden: RegExp;
	/** Files that may, each for a reason. */
	readonly except: readonly string[];
	/** What the rule has to catch. */
	readonly caught: readonly string[];
};

const rules: readonly Rule[] = [
	{
		name: 'the streams of the process are handed out by the way in alone',
		because: 'who gets at them past the host writes past the door',
		forbidden:
			/\bprocess\s*(?:\?\.|\.|\[['"])\s*std(?:out|err)\b|\bstd(?:out|err)\b[^;]*\bfrom 'node:process'/,
		except: ['cli.tsx'],
		caught: [
			"process.stdout.write('a');",
			'const {columns} = process.stderr;',
			"process['stdout'].write('a');",
			"import {stdout} from 'node:process';",
		],
	},
	{
		name: 'the door and the frame writer write to them, nothing else',
		because: 'what others wrote must be made harmless before it is written',
		forbidden:
			/\.\s*write\b|\{[^}]*\bwrite\b[^}]*\} = \w+[.]std|\bstd(?:out|err)\s*(?:\?\.|\.)\s*end\b|\.pipe(?:To)?\(/,
		except: [
			// The door of lines.
			'commands/host/door.ts',
			// Takes what others write, and keeps the screen's own way; neither writes.
			'commands/host/hold-outputs.ts',
			'ui/app/open-screen.tsx',
			// Cells, and the lines of the scrollback.
			'ui/terminal/frame-writer.ts',
			'ui/app/render-app.tsx',
			'ui/components/text/plain-stream.tsx',
			// A decoder of what is typed.
			'ui/terminal/key-stdin.ts',
			// Files: reports.
			'session/report/write-report.ts',
			'session/actions/batch/batch-report.ts',
			'commands/files/report-files.ts',
		],
		caught: ["host.stdout.write('a');", 'const {write} = host.stdout;', 'readable.pipe(out);'],
	},
	{
		name: 'nobody uses the console',
		because: 'it writes to the streams by itself',
		forbidden: /\bconsole\s*(?:\.|\[)/,
		except: [],
		caught: ["console.log('a');", "console['error'](key);"],
	},
	{
		name: 'no file of the terminal is opened',
		because: 'it is another way to the same screen',
		forbidden: /\/dev\/(?:tty|std|fd)|\bcreateWriteStream\b|\btty\.WriteStream\b|\bwriteFileSync\(\s*[12]\b/,
		except: [],
		caught: ["open('/dev/tty', 'w');", "createWriteStream('', {fd: 1});", 'writeFileSync(1, key);'],
	},
	{
		name: 'readline writes nothing',
		because: 'a question goes out by the door',
		forbidden: /\bcreateInterface\([^)]*\boutput\b/,
		except: [],
		caught: ['createInterface({input, output: host.stderr});'],
	},
	{
		name: 'all text that is drawn is the one Text',
		because: 'Ink hands on the escape sequences that are in a text',
		forbidden:
			/import \{[^}]*\b(?:Text|Transform|Static|Newline)\b[^}]*\} from 'ink'|\bfrom 'chalk'|\* as \w+ from 'ink'/,
		except: ['ui/components/text/text.tsx'],
		caught: [
			"import {Box, Text} from 'ink';",
			"import {Text as T} from 'ink';",
			"import * as ink from 'ink';",
		],
	},
	{
		name: 'sequences of ours are written where the doors are',
		because: 'in a text that passes a door later they would be shown, not obeyed',
		forbidden: /\\u001[Bb]|\\x1[Bb]|\\u\{1[Bb]\}|\\0?33/,
		except: [
			'headless/line.ts',
			'ui/terminal/copy-code.ts',
			'ui/terminal/frame-cells.ts',
			'ui/terminal/frame-writer.ts',
			'ui/terminal/key-parser.ts',
			'ui/terminal/key-stdin.ts',
			'ui/terminal/row-difference.ts',
			'ui/terminal/sgr-style.ts',
			'ui/terminal/terminal-modes.ts',
		],
		caught: [String.raw`const red = '\u001B[31m';`, String.raw`'\x1b[2J'`],
	},
];

const breaking = (texts: ReadonlyMap<string, string>, {forbidden, except}: Rule): readonly string[] =>
	[...texts].flatMap(([name, text]) =>
		// What the sandbox answers goes to a socket, and it has neither the host nor a screen.
		forbidden.test(text) && !except.includes(name) && !isOfSandbox(name, forbidden) ? [name] : [],
	);

const isOfSandbox = (name: string, {source}: RegExp): boolean =>
	name.startsWith('sandbox/') && source.includes('pipe');

describe('the sources', () => {
	let texts: ReadonlyMap<string, string>;
	beforeAll(async () => {
		texts = await sourceTexts(path.resolve(import.meta.dirname, '../source'));
	});

	test('were really read', () => {
		expect(texts.size).toBeGreaterThan(300);
	});

	test.each(rules)('$name', (rule) => {
		expect(breaking(texts, rule)).toEqual([]);
	});

	test.each(rules)('$name: every exception is needed', ({forbidden, except}) => {
		expect(except.filter((name) => !forbidden.test(texts.get(name) ?? ''))).toEqual([]);
	});
});

test.each(rules.flatMap((rule) => rule.caught.map((text) => ({...rule, rule, text}))))(
	'$text is caught: $name',
	({rule, text}) => {
		expect(breaking(new Map([['commands/new.ts', text]]), rule)).toEqual(['commands/new.ts']);
	},
);

test('what a comment says is no use of anything', () => {
	expect(
		withoutComments(
			'a.ts',
			"// console.log(1)\nconst a = '// stays'; /* process.stdout */ const b = 1;",
		).trim(),
	).toBe("const a = '// stays';  const b = 1;");
});
