import {conflicts} from '../../source/commands/conflicts.js';
import {commandNames} from '../../source/program.js';
import {readArguments} from '../../source/read-arguments.js';

/** Commands that ask AWS: where the run itself was sent somewhere, these have to go there, too. */
const asking: ReadonlySet<string> = new Set([
	...['plan', 'apply', 'watch', 'diagnose', 'export', 'batch', 'undo'],
]);

const begin = new RegExp(
	String.raw`(?<![\w/.-])s3-replicate (?=(?:${[...commandNames, 'help', 'completion'].join('|')})(?![\w-]))`,
	'g',
);

/** The words that a POSIX shell makes of a line, `$'…'` among them; `undefined` where a quote stays open. */
export function shellWords(line: string): readonly string[] | undefined {
	const words: string[] = [];
	let rest = line.trimStart();
	while (rest !== '') {
		let word = '';
		while (rest !== '' && !/^\s/.test(rest)) {
			const found =
				/^\$'((?:[^'\\]|\\[\s\S])*)'|^'([^']*)'|^"((?:[^"\\]|\\[\s\S])*)"|^\\([\s\S])|^([^\s'"\\])/u.exec(
					rest,
				);
			if (!found) return undefined;
			const [all, dollar, single, double, escaped, plain] = found;
			word +=
				dollar === undefined
					? (single ?? double?.replaceAll(/\\(["\\$`])/g, '$1') ?? escaped ?? plain ?? '')
					: bytesOf(dollar);
			rest = rest.slice(all.length);
		}

		words.push(word);
		rest = rest.trimStart();
	}

	return words;
}

/** What stands between `$'` and `'`: octal bytes are UTF-8. */
function bytesOf(text: string): string {
	const parts = text.split(/(\\[0-7]{3}|\\.)/su);
	return Buffer.concat(
		parts.map((part) =>
			/^\\[0-7]{3}$/.test(part)
				? Buffer.from([Number.parseInt(part.slice(1), 8)])
				: Buffer.from(part.replace(/^\\/, '')),
		),
	).toString();
}

/** The commands of this program in a text, each from its name to the end of its line or sentence. */
export function commandsIn(text: string): readonly string[] {
	return text
		.split('\n')
		.filter((line) => !line.startsWith('Usage: '))
		.flatMap((line) => [...line.matchAll(begin)].map(({index}) => line.slice(index)))
		.map((command) => command.replace(/(?:\. [A-Z]|, (?:who|once)\b|\. Then\b).*$/s, ''));
}

/** Everything that is written as text: lines, or each text of JSON lines. */
function textsOf(output: string): readonly string[] {
	const texts: string[] = [];
	const walk = (value: unknown): void => {
		if (typeof value === 'string') texts.push(value);
		else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) walk(one);
	};
	for (const line of output.split('\n')) {
		try {
			walk(JSON.parse(line));
		} catch {
			texts.push(line);
		}
	}

	return texts;
}

/**
 * What is wrong with the commands that a run has printed: none can be pasted that this program's own command line does not take, or
 * that goes to AWS where the run itself was told to go elsewhere. What is drawn is not read.
 */
export function printedFaults(args: readonly string[], output: string): readonly string[] {
	const run = readArguments(args);
	if (run.asksFor === 'complete' || run.asksFor === 'completion' || output.includes('\u001B[?2026h'))
		return [];
	const {endpointUrl} = run.given as {readonly endpointUrl?: string};
	const commands = new Set(textsOf(output).flatMap(commandsIn));
	return [...commands].flatMap((command) => {
		const words = shellWords(command)?.slice(1);
		if (!words) return [`A quote stays open: ${command}`];
		const {command: name, asksFor, given, faults} = readArguments(words);
		const all = [...faults, ...conflicts(given)];
		if (all.length > 0) return [`${all.join(' ')} ${command}`];
		if (endpointUrl === undefined || asksFor || !asking.has(name) || words.length === 1) return [];
		if (given['sandbox'] || given['forget'] || given['endpointUrl'] !== undefined) return [];
		return [`Goes to AWS, not to ${endpointUrl}: ${command}`];
	});
}
