import {describe, expect, test} from 'vitest';
import {commandNames, flags} from '../source/flags.js';
import {parseArguments} from '../source/parse-arguments.js';
import {helpText} from '../source/help.js';

const faultsOf = (...args: readonly string[]): readonly string[] => parseArguments(args).faults;

describe('what is typed', () => {
	test('is a command with values, counts being whole numbers', () => {
		expect(
			parseArguments([
				'apply',
				'--mode=cross-account',
				'--source-profile',
				'mine',
				'--files',
				'3',
				'--file-size=0',
				'--yes',
				'--rule-id=--all',
			]),
		).toEqual({
			command: 'apply',
			values: {
				mode: 'cross-account',
				'source-profile': 'mine',
				files: 3,
				'file-size': 0,
				yes: true,
				'rule-id': '--all',
			},
			faults: [],
		});
	});

	test('is the wizard where no command is', () => {
		expect(parseArguments(['--mode', 'cross-region'])).toMatchObject({command: 'wizard', faults: []});
		expect(parseArguments([])).toEqual({command: 'wizard', values: {}, faults: []});
	});

	test('may name several profiles of destinations in watch, where every account has its own', () => {
		const given = ['--destination-profile', 'b', '--destination-profile=c'];
		expect(parseArguments(['watch', ...given])).toMatchObject({
			values: {'destination-profile': ['b', 'c']},
			faults: [],
		});
		expect(parseArguments(['watch', '--destination-profile', 'b']).values).toEqual({
			'destination-profile': ['b'],
		});
		expect(parseArguments(['apply', '--destination-profile', 'b']).values).toEqual({
			'destination-profile': 'b',
		});
	});

	test('may have its command behind its options', () => {
		expect(parseArguments(['--json', 'plan'])).toMatchObject({command: 'plan', values: {json: true}});
	});

	test.each(commandNames)('has help and version for %s', (command) => {
		expect(parseArguments([command, '--help', '--version', '--json', '--no-color']).faults).toEqual([]);
	});
});

describe('what is wrong with it', () => {
	test.each<readonly [readonly string[], readonly (string | RegExp)[]]>([
		[['aply'], [/^There is no command “aply”. The commands are plan, apply, /]],
		[['aply', '--yes', 'more'], [/^There is no command “aply”/]],
		[['apply', 'now', 'please'], ['“now please” is more than apply takes.']],
		[['apply', '--', '--yes'], ['“--yes” is more than apply takes.']],
		[
			['--bucket', 'x'],
			[/^There is no option --bucket\./, /^There is no command “x”/],
		],
		[
			['apply', '--source', 'x'],
			[/Did you mean --source-profile\?/, /“x” is more than apply takes/],
		],
		[['-h'], ['There is no option -h. Did you mean --help?']],
		[
			['plan', '-jy'],
			[/no option -j\./, /no option -y\./],
		],
		[['plan', '--yes'], ['--yes is no option of plan.']],
		[['--yes'], ['--yes is no option of s3-replicate without a command.']],
		[['sandbox', '--mode', 'cross-region'], ['--mode is no option of sandbox.']],
		[['plan', '--json', '--json'], ['--json is given twice.']],
		[['plan', '--mode', 'cross-region', '--mode=cross-account'], ['--mode is given twice.']],
		[
			['apply', '--destination-profile', 'b', '--destination-profile', 'c'],
			['--destination-profile is given twice.'],
		],
		[
			['watch', '--destination-profile', 'b', '--destination-profile', 'b'],
			['--destination-profile is given twice.'],
		],
		[['plan', '--json=yes'], ['--json takes no value.']],
		[['plan', '--no-json'], [/^There is no option --no-json/]],
		[['plan', '--source-bucket'], ['--source-bucket needs a value: --source-bucket NAME.']],
		[['plan', '--source-bucket='], ['--source-bucket needs a value: --source-bucket NAME.']],
		[['plan', '--mode', 'regional'], ['--mode is cross-region or cross-account, not “regional”.']],
		[['apply', '--files', 'five'], ['--files is a whole number, not “five”.']],
		[['apply', '--files', '1.5'], ['--files is a whole number, not “1.5”.']],
		[['apply', '--files', '1e3'], ['--files is a whole number, not “1e3”.']],
		[['apply', '--files=-1'], ['--files is a whole number, not “-1”.']],
		[['apply', '--files', '99999999999999999999'], [/^--files is a whole number/]],
		[
			['watch', '--rate', '0', '--duration', '0', '--timeout', '0'],
			[/--rate is at least 1/, /--duration/, /--timeout/],
		],
		[['undo', ''], [/^The run to undo has no name/]],
		[
			['watch', '--timeout', '2000001', '--duration', '9007199254740991'],
			[/^--timeout is at most 2000000/, /^--duration/],
		],
		[['sandbox', '--latency', '3000000000'], ['--latency is at most 86400000, not 3000000000.']],
		[['sandbox', '--port', '65536'], ['--port is at most 65535, not 65536.']],
		[['plan', '--toString'], [/^There is no option --toString/]],
	])('%j', (args, faults) => {
		const found = faultsOf(...args);
		expect(found).toHaveLength(faults.length);
		expect(found).toEqual(
			expect.arrayContaining(
				faults.map((fault) => (typeof fault === 'string' ? fault : expect.stringMatching(fault))) as string[],
			),
		);
	});

	test('is named all at once', () => {
		expect(faultsOf('plan', 'x', '--mode', 'y', '--yes', '--files', 'z', '--nothing', '--json=1')).toEqual([
			'“x” is more than plan takes.',
			'--mode is cross-region or cross-account, not “y”.',
			'--yes is no option of plan.',
			'--files is no option of plan.',
			'There is no option --nothing.',
			'--json takes no value.',
		]);
	});

	test('does not swallow the option behind a value that is missing', () => {
		expect(parseArguments(['apply', '--source-bucket', '--json', '--mode', '--yes'])).toEqual({
			command: 'apply',
			values: {json: true, yes: true},
			faults: [
				'--source-bucket needs a value: --source-bucket NAME.',
				'--mode needs a value: --mode cross-region|cross-account.',
			],
		});
	});

	test('leaves out of the values what is wrong', () => {
		expect(parseArguments(['apply', '--files', 'x', '--mode', 'y', '--rule-id', 'r']).values).toEqual({
			'rule-id': 'r',
		});
	});
});

describe('the help', () => {
	const help = helpText();

	test.each(flags)(
		'mentions --$name once at the start of a line, and what it does',
		({name, value, description}) => {
			const usage = value === undefined ? `--${name}` : `--${name} ${value}`;
			const lines = help.split('\n').filter((line) => `${line} `.startsWith(`  ${usage} `));
			expect(lines).toHaveLength(1);
			expect(help.replaceAll(/\s+/g, ' ')).toContain(description);
		},
	);

	test.each(commandNames)('mentions the command %s', (command) => {
		expect(help).toMatch(new RegExp(`^  s3-replicate ${command} `, 'm'));
	});

	test.each([0, 1, 2, 130])('says what exit code %i means', (code) => {
		expect(help).toMatch(new RegExp(`^  ${code}  \\S`, 'm'));
	});

	test('fits into 80 columns', () => {
		expect(help.split('\n').filter((line) => line.length > 80)).toEqual([]);
	});
});

test('no option is in the table twice, and every one belongs to some command', () => {
	expect(new Set(flags.map(({name}) => name)).size).toBe(flags.length);
	expect(flags.filter(({commands}) => commands.length === 0)).toEqual([]);
	expect(flags.filter(({type, value}) => (type === 'switch') !== (value === undefined))).toEqual([]);
});
