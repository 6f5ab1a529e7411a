import {describe, expect, test} from 'vitest';
import type {Option} from '../source/domain/answers/option.js';
import {helpGroups, helpText} from '../source/help.js';
import {optionsOf, optionTable} from '../source/command-line/options.js';
import {commandNames, program} from '../source/program.js';
import {readArguments} from '../source/read-arguments.js';

const options = Object.values<Option>(optionTable);
const faultsOf = (...args: readonly string[]): readonly string[] => readArguments(args).faults;

describe('what is typed', () => {
	test('is a command with values, counts being whole numbers', () => {
		expect(
			readArguments([
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
		).toMatchObject({
			command: 'apply',
			given: {
				mode: 'cross-account',
				sourceProfile: 'mine',
				testFileCount: 3,
				testFileSizeBytes: 0,
				yes: true,
				ruleId: '--all',
			},
			faults: [],
		});
	});

	test('is the wizard where no command is', () => {
		expect(readArguments(['--mode', 'cross-region'])).toMatchObject({command: 'wizard', faults: []});
		expect(readArguments([])).toMatchObject({command: 'wizard', isNamed: false, given: {}, faults: []});
	});

	test('may name several profiles of destinations in watch, where every account has its own', () => {
		const given = ['--destination-profile', 'b', '--destination-profile=c'];
		expect(readArguments(['watch', ...given])).toMatchObject({
			given: {destinationProfile: ['b', 'c']},
			faults: [],
		});
		expect(readArguments(['watch', '--destination-profile', 'b']).given).toEqual({
			destinationProfile: ['b'],
		});
		expect(readArguments(['apply', '--destination-profile', 'b']).given).toEqual({
			destinationProfile: 'b',
		});
	});

	test.each([[['help', 'completion']], [['help', 'help']], [['completion', 'bash', '--help']]])(
		'%j asks for the help of the program',
		(args) => {
			expect(readArguments(args)).toMatchObject({asksFor: 'help', isNamed: false, faults: []});
		},
	);

	test('may have its command behind its options', () => {
		expect(readArguments(['--json', 'plan'])).toMatchObject({command: 'plan', given: {json: true}});
	});

	test('says of a command that there is not, too, whether its fault is told as JSON', () => {
		expect(readArguments(['aply', '--json', '--yes'])).toMatchObject({given: {json: true}});
		expect(readArguments(['aply', '--yes']).given).toEqual({});
	});

	test.each(commandNames)('has help and version for %s', (command) => {
		expect(readArguments([command, '--help', '--version', '--json', '--no-color']).faults).toEqual([]);
	});
});

describe('what is wrong with it', () => {
	test.each<readonly [readonly string[], readonly (string | RegExp)[]]>([
		[['aply'], [/^There is no command “aply”. Did you mean apply\? The commands are plan, apply, /]],
		[['aply', '--yes', 'more'], [/^There is no command “aply”/]],
		[['apply', 'now', 'please'], ['Unexpected arguments “now please”.']],
		[['apply', '--', '--yes'], ['Unexpected argument “--yes”.']],
		[
			['--bucket', 'x'],
			[/^There is no option --bucket\./, /^There is no command “x”/],
		],
		[
			['apply', '--source', 'x'],
			[/Did you mean --source-profile, --source-bucket or --source-region\?/, /Unexpected argument “x”/],
		],
		[
			['plan', '--soruce-bucket', 'x'],
			[/Did you mean --source-bucket\?/, /Unexpected argument “x”/],
		],
		[['help', 'aply'], [/^There is no command “aply”. Did you mean apply\?/]],
		[['help', 'plan', 'apply'], ['Unexpected argument “apply”.']],
		[['plan', '-jy'], [/no option -jy\./]],
		[['plan', '--yes'], ['--yes is no option of plan, but of apply, watch, diagnose, batch, undo.']],
		[
			['--yes'],
			['--yes is no option of s3-replicate without a command, but of apply, watch, diagnose, batch, undo.'],
		],
		[['sandbox', '--mode', 'cross-region'], ['--mode is no option of sandbox, but of plan, apply.']],
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
		[['apply', '--files', 'five'], ['--files is a whole number from 0 to 1000000, not “five”.']],
		[['apply', '--files', '1.5'], ['--files is a whole number from 0 to 1000000, not “1.5”.']],
		[['apply', '--files', '1e3'], ['--files is a whole number from 0 to 1000000, not “1e3”.']],
		[['apply', '--files=-1'], ['--files is a whole number from 0 to 1000000, not “-1”.']],
		[['apply', '--files', '99999999999999999999'], [/^--files is a whole number/]],
		[
			['watch', '--rate', '0', '--duration', '0', '--timeout', '0'],
			[/--rate is a whole number from 1 up/, /--duration/, /--timeout/],
		],
		[['undo', ''], [/^The run to undo has no name/]],
		[
			['watch', '--timeout', '2000001', '--duration', '9007199254740991'],
			[/^--timeout is a whole number from 1 to 2000000/, /^--duration/],
		],
		[
			['sandbox', '--latency', '3000000000'],
			['--latency is a whole number from 0 to 86400000, not “3000000000”.'],
		],
		[['sandbox', '--port', '65536'], ['--port is a whole number from 0 to 65535, not “65536”.']],
		[['plan', '--toString'], [/^There is no option --toString/]],
	])('%j', (args, faults) => {
		const found = faultsOf(...args);
		expect(found).toHaveLength(faults.length);
		expect(found).toEqual(
			expect.arrayContaining(
				faults.map((fault): unknown => (typeof fault === 'string' ? fault : expect.stringMatching(fault))),
			),
		);
	});

	test('is named all at once', () => {
		expect(faultsOf('plan', 'x', '--mode', 'y', '--yes', '--files', 'z', '--nothing', '--json=1')).toEqual([
			'Unexpected argument “x”.',
			'There is no option --nothing.',
			'--json takes no value.',
			'--mode is cross-region or cross-account, not “y”.',
			'--yes is no option of plan, but of apply, watch, diagnose, batch, undo.',
			'--files is no option of plan, but of apply, watch.',
		]);
	});

	test('does not swallow the option behind a value that is missing', () => {
		expect(readArguments(['apply', '--source-bucket', '--json', '--mode', '--yes'])).toMatchObject({
			command: 'apply',
			given: {json: true, yes: true},
			faults: [
				'--source-bucket needs a value: --source-bucket NAME.',
				'--mode needs a value: --mode cross-region|cross-account.',
			],
		});
	});

	test('leaves out of the values what is wrong', () => {
		expect(readArguments(['apply', '--files', 'x', '--mode', 'y', '--rule-id', 'r']).given).toEqual({
			ruleId: 'r',
		});
	});
});

describe('what is asked for in place of a command', () => {
	test.each<readonly [readonly string[], 'help' | 'version', string]>([
		[['--help'], 'help', 'wizard'],
		[['-h'], 'help', 'wizard'],
		[['help'], 'help', 'wizard'],
		[['help', 'watch'], 'help', 'watch'],
		[['watch', '--help'], 'help', 'watch'],
		[['watch', '-h', '--files', '3'], 'help', 'watch'],
		[['help', 'wizard'], 'help', 'wizard'],
		[['--version'], 'version', 'wizard'],
		[['version'], 'version', 'wizard'],
	])('%j', (args, asksFor, command) => {
		expect(readArguments(args)).toMatchObject({asksFor, command, faults: []});
	});
});

describe('the help', () => {
	const help = helpText();

	test.each(commandNames)('mentions the command %s and what it does', (command) => {
		expect(help).toMatch(new RegExp(`^  ${command}\\b.*  \\S`, 'm'));
		expect(help.replaceAll(/\s+/g, ' ')).toContain(program[command].summary);
	});

	test.each([0, 1, 2, 130])('says what exit code %i means', (code) => {
		expect(help).toMatch(new RegExp(`^  ${code} +\\S`, 'm'));
	});

	test.each([undefined, 'wizard' as const, ...commandNames])('of %s fits into 80 columns', (command) => {
		const [options = ''] = helpText(command).split('\nExamples:\n');
		expect(options.split('\n').filter((line) => line.length > 80)).toEqual([]);
	});
});

describe.each(['wizard' as const, ...commandNames])('the help of %s', (command) => {
	const help = helpText(command);

	test('mentions each of its options once, with what it does, and no other', () => {
		const mentioned = [...help.matchAll(/^  (?:-h, )?--([a-z-]+)/gm)].map(([, flag]) => flag).sort();
		const own = optionsOf(command).map(([, {flag}]) => flag);
		expect(mentioned).toEqual([...own, 'help', 'version'].sort());
		for (const [, {description}] of optionsOf(command))
			expect(help.replaceAll(/\s+/g, ' ')).toContain(description);
	});

	test('shows each option under the heading of its group, the groups in one order', () => {
		const [page = ''] = help.split('\nExamples:\n');
		const sections = page.split(/^(?=\S.*:$)/m).slice(1);
		const shown = sections.map((section) => [
			section.slice(0, section.indexOf('\n')),
			[...section.matchAll(/^  (?:-h, )?--([a-z-]+)/gm)].map(([, flag]) => flag),
		]);
		const own = optionsOf(command).map(([, option]) => option);
		const headings = Object.entries(helpGroups).flatMap(([group, heading]) => {
			const flags = own.filter((option) => option.group === group).map(({flag}) => flag);
			if (group === 'general') flags.push('version', 'help');
			return flags.length === 0 ? [] : [[heading, flags]];
		});
		expect(shown).toEqual(headings);
	});

	test('has two examples that the command line takes', () => {
		const {examples} = program[command];
		expect(examples).toHaveLength(2);
		for (const [line, what] of examples) {
			expect(help).toContain(`  ${line}\n      ${what}\n`);
			const words = line
				.split(' ')
				.slice(1)
				.map((word) => word.replaceAll("'", ''));
			expect(readArguments(words)).toMatchObject({command, faults: []});
		}
	});
});

test('no option is in the table twice, and every one belongs to some command', () => {
	// One flag may be another option in another command; both take a value then.
	const taken = options.flatMap(({flag, commands}) => commands.map((command) => `${command} --${flag}`));
	expect(new Set(taken).size).toBe(taken.length);
	const switches = new Set(options.filter(({kind}) => kind === 'switch').map(({flag}) => flag));
	const shared = options.filter(({flag, kind}) => kind !== 'switch' && switches.has(flag));
	expect(shared).toEqual([]);
	expect(options.filter(({commands}) => commands.length === 0)).toEqual([]);
	expect(
		options.filter(({kind, placeholder}) => (kind === 'switch') !== (placeholder === undefined)),
	).toEqual([]);
});
