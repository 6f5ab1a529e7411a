import {parseArgs} from 'node:util';
import {type CommandName, commandNames, type Flag, flags, type FlagValues} from './flags.js';

export type ParsedArguments = {
	readonly command: CommandName;
	readonly values: FlagValues;
	/** Everything that is wrong with what was typed, each with what to do. */
	readonly faults: readonly string[];
};

/** Reads the command line. Never throws: what is wrong comes back as faults, all of them. */
export function parseArguments(args: readonly string[]): ParsedArguments {
	const {tokens} = parseArgs({
		args: args.map((word, index) => (isWithoutValue(word, args[index + 1]) ? `${word}=` : word)),
		options: Object.fromEntries(
			flags.map(({name, type}) => [name, {type: type === 'switch' ? 'boolean' : 'string'} as const]),
		),
		strict: false,
		allowPositionals: true,
		tokens: true,
	});
	const faults: string[] = [];
	const values: Record<string, string | number | boolean | readonly string[]> = {};
	const words = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
	const [first, ...others] = words;
	const command = commandNames.find((name) => name === first) ?? 'wizard';
	const isUnknown = first !== undefined && command === 'wizard';
	if (isUnknown) {
		faults.push(`There is no command “${first}”. The commands are ${commandNames.join(', ')}.`);
	}

	// The one word behind a command: the run that is taken back.
	if (command === 'undo' && others[0] !== undefined) values.run = others.shift() ?? '';
	if (values.run === '') faults.push('The run to undo has no name: give one of s3-replicate runs, or none.');
	if (others.length > 0 && !isUnknown) faults.push(`“${others.join(' ')}” is more than ${command} takes.`);
	for (const token of tokens) {
		if (token.kind !== 'option') continue;
		const flag = flags.find(({name}) => name === token.name);
		if (!flag || !token.rawName.startsWith('--')) {
			faults.push(`There is no option ${token.rawName}.${nearest(token.name)}`);
		} else if (!isUnknown && !flag.commands.includes(command)) {
			faults.push(
				`--${flag.name} is no option of ${command === 'wizard' ? 's3-replicate without a command' : command}.`,
			);
		} else {
			const {value, fault} = valueOf(flag, token.value);
			const given = values[flag.name];
			const isList = flag.severalIn?.includes(command) ?? false;
			const isAgain = Array.isArray(given) ? given.includes(value) : given !== undefined;
			if (isAgain) faults.push(`--${flag.name} is given twice.`);
			else if (fault !== undefined) faults.push(fault);
			else values[flag.name] = isList ? [...((given ?? []) as readonly string[]), String(value)] : value;
		}
	}

	return {command, values, faults};
}

/** Whether an option is followed by another where its value should be: that one counts as an option, too. */
function isWithoutValue(word: string, next: string | undefined): boolean {
	const flag = flags.find(({name}) => `--${name}` === word);
	return flag !== undefined && flag.type !== 'switch' && next !== undefined && next.startsWith('--');
}

function valueOf(
	{name, type, value: placeholder, least = 0, most = Infinity, canBeEmpty = false}: Flag,
	text: string | undefined,
): {readonly value: string | number | boolean; readonly fault?: string} {
	if (type === 'switch') {
		return text === undefined ? {value: true} : {value: false, fault: `--${name} takes no value.`};
	}

	if (text === undefined || (text === '' && !canBeEmpty)) {
		return {value: '', fault: `--${name} needs a value: --${name} ${placeholder}.`};
	}

	if (type === 'mode' && text !== 'cross-region' && text !== 'cross-account') {
		return {value: text, fault: `--mode is cross-region or cross-account, not “${text}”.`};
	}

	if (type === 'count') {
		const number = Number(text);
		const isWhole = /^\d+$/.test(text) && Number.isSafeInteger(number);
		if (!isWhole) return {value: 0, fault: `--${name} is a whole number, not “${text}”.`};
		if (number < least) return {value: 0, fault: `--${name} is at least ${least}.`};
		if (number > most) return {value: 0, fault: `--${name} is at most ${most}, not ${number}.`};
		return {value: number};
	}

	return {value: text};
}

function nearest(name: string): string {
	const found = flags.find((flag) => flag.name.startsWith(name) || name.startsWith(flag.name));
	return found ? ` Did you mean --${found.name}?` : '';
}
