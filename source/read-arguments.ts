import {Command, CommanderError} from 'commander';
import {type CommandName, kindFault, type Option} from './domain/answers/option.js';
import {commanderOption, optionsOf, optionTable} from './command-line/options.js';
import {commandNames, program} from './program.js';

export type ReadArguments = {
	readonly command: CommandName;
	/** Whether the command was typed; otherwise it is the wizard. */
	readonly isNamed: boolean;
	/** What was asked for in place of the command. */
	readonly asksFor?: 'help' | 'version' | 'complete' | 'completion';
	/** What stands behind `complete` and `completion`. */
	readonly words?: readonly string[];
	/** By the names of the table of options; only what the command takes. */
	readonly given: Readonly<Record<string, unknown>>;
	/** Everything that is wrong with what was typed, each with what to do. */
	readonly faults: readonly string[];
};

/** What is typed in place of a command. */
const questions = {help: 'help', version: 'version'} as const;

const rows = Object.entries<Option>(optionTable);

/** One option a flag: an option may be another in another command, and then both take a value. */
const flags = [...new Map(rows.map(([, option]) => [option.flag, option])).values()];

/** The option of a flag as a command knows it; where the command has none of it, as another does. */
function rowOf(flag: string, command: CommandName): (typeof rows)[number] | undefined {
	const found = rows.filter(([, option]) => option.flag === flag);
	return found.find(([, {commands}]) => commands.includes(command)) ?? found[0];
}

/** Reads the command line. Never throws: what is wrong comes back as faults, all of them. */
export function readArguments(args: readonly string[]): ReadArguments {
	const [asked, ...rest] = args;
	// The help of these two is that of the program.
	if (asked === 'completion' && rest.some((word) => word === '-h' || word === '--help'))
		return readArguments(['help']);
	if (asked === 'complete' || asked === 'completion')
		return {command: 'wizard', isNamed: false, asksFor: asked, words: rest, given: {}, faults: []};
	const {typed, words, unknown} = tokensOf(args);
	const [first, ...others] = words;
	const question = first === 'help' || first === 'version' ? questions[first] : undefined;
	const about = question === 'help' ? others.shift() : question === 'version' ? undefined : first;
	const name = question && (about === 'help' || about === 'completion') ? undefined : about;
	const named =
		commandNames.find((one) => one === name) ?? (question && name === 'wizard' ? 'wizard' : undefined);
	const command = named ?? 'wizard';
	const isUnknown = name !== undefined && named === undefined;
	const faults = isUnknown ? [unknownCommand(name)] : [];
	const given: Record<string, unknown> = {};

	const operand = program[command].operand;
	if (operand && !question && others[0] !== undefined) {
		const value = others.shift();
		if (value === '') faults.push(operand.emptyFault);
		else given[operand.name] = value;
	}

	if (others.length > 0 && !isUnknown) faults.push(unexpected(others));
	faults.push(...unknown.map((word) => unknownOption(word, command)));
	let asksFor: ReadArguments['asksFor'] = question;
	for (const {flag, text} of typed) {
		if (flag === 'help' || flag === 'version') {
			asksFor ??= flag;
			continue;
		}

		const [key, option] = rowOf(flag, command) as (typeof rows)[number];
		// Of a command that there is not it is known only how its fault is told.
		if (isUnknown && key !== 'json') continue;
		if (!option.commands.includes(command)) faults.push(notHere(option, command));
		else faults.push(...take(given, key, option, {command, text}));
	}

	return {command, isNamed: named !== undefined, asksFor, given, faults};
}

type Typed = {readonly flag: string; readonly text: string | null};

/** What was typed, apart: options that exist with their texts, words, and what looks like an option and is none. */
function tokensOf(args: readonly string[]): {
	readonly typed: readonly Typed[];
	readonly words: readonly string[];
	readonly unknown: readonly string[];
} {
	const end = args.includes('--') ? args.indexOf('--') : args.length;
	const reader = new Command().helpOption(false).option('-h, --help').option('--version');
	for (const option of flags) reader.addOption(commanderOption(option));
	const typed: Typed[] = [];
	for (const option of reader.options) {
		reader.on(`option:${option.name()}`, (text: string | null) => typed.push({flag: option.name(), text}));
	}

	const head = args
		.slice(0, end)
		.map((word, index) => (lacksValue(word, args[index + 1]) ? `${word}=` : word));
	const {operands, unknown} = reader.parseOptions(head);
	const isOption = (word: string): boolean => word.length > 1 && word.startsWith('-');
	return {
		typed,
		words: [...operands, ...unknown.filter((word) => !isOption(word)), ...args.slice(end + 1)],
		unknown: unknown.filter(isOption),
	};
}

/** Whether an option is followed by another where its value should be: that one counts as an option, too. */
function lacksValue(word: string, next: string | undefined): boolean {
	const option = rows.find(([, {flag}]) => `--${flag}` === word)?.[1];
	return option !== undefined && option.kind !== 'switch' && (next === undefined || next.startsWith('--'));
}

/** Takes an option's value over; gives what is wrong with it. */
function take(
	given: Record<string, unknown>,
	key: string,
	option: Option,
	{command, text}: {readonly command: CommandName; readonly text: string | null},
): readonly string[] {
	const flag = `--${option.flag}`;
	const isSwitch = option.kind === 'switch';
	if (!isSwitch && (text === null || (text === '' && !option.canBeEmpty)))
		return [`${flag} needs a value: ${flag} ${option.placeholder}.`];
	const fault = isSwitch ? undefined : kindFault(flag, option, text ?? '');
	if (fault !== undefined) return [fault];
	const value = isSwitch ? true : option.kind === 'count' ? Number(text) : text;
	const before = given[key];
	const isList = option.kind === 'list' || (option.severalIn?.includes(command) ?? false);
	if (Array.isArray(before) ? before.includes(value) : before !== undefined)
		return [`${flag} is given twice.`];
	given[key] = isList ? [...((before ?? []) as readonly unknown[]), value] : value;
	return [];
}

function unexpected(words: readonly string[]): string {
	return `Unexpected ${words.length === 1 ? 'argument' : 'arguments'} “${words.join(' ')}”.`;
}

function notHere({flag}: Option, command: CommandName): string {
	const commands = rows.filter(([, option]) => option.flag === flag).flatMap(([, option]) => option.commands);
	const here = command === 'wizard' ? 's3-replicate without a command' : command;
	const there = commands.filter((name) => name !== 'wizard').join(', ');
	return `--${flag} is no option of ${here}${there === '' ? '' : `, but of ${there}`}.`;
}

function unknownCommand(word: string): string {
	const root = new Command();
	const names = [...commandNames, 'completion', 'help'];
	for (const name of names) root.command(name);
	return `There is no command “${word}”.${nearest(root, [word])} The commands are ${names.join(', ')}.`;
}

function unknownOption(word: string, command: CommandName): string {
	const flag = word.replace(/=.*$/s, '');
	const taken = optionsOf(command).map(([, option]) => option);
	if (taken.some((option) => `--${option.flag}` === flag)) return `${flag} takes no value.`;
	const reader = new Command().option('--version');
	for (const option of taken) reader.addOption(commanderOption(option));
	const begun = flag.length > 3 ? taken.filter((option) => `--${option.flag}`.startsWith(flag)) : [];
	const near = nearest(reader, [flag]) || (begun.length === 0 ? '' : ` Did you mean ${listed(begun)}?`);
	return `There is no option ${flag}.${near}`;
}

function listed(options: readonly Option[]): string {
	const flags = options.map(({flag}) => `--${flag}`);
	return flags.length === 1 ? String(flags[0]) : `${flags.slice(0, -1).join(', ')} or ${flags.at(-1)}`;
}

/** What commander takes a slip of the fingers for. */
function nearest(reader: Command, words: readonly string[]): string {
	try {
		reader.exitOverride().configureOutput({writeErr: () => undefined, writeOut: () => undefined});
		reader.parse(words, {from: 'user'});
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		const found = /Did you mean (?:one of )?(.+)\?\)/.exec(error.message)?.[1];
		if (found !== undefined) return ` Did you mean ${found}?`;
	}

	return '';
}
