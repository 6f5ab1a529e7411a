import {isNo, isYes} from '../text/yes-word.js';

/** The commands; `wizard` is what happens without one. */
export type CommandName =
	| 'wizard'
	| 'plan'
	| 'apply'
	| 'watch'
	| 'diagnose'
	| 'export'
	| 'batch'
	| 'undo'
	| 'runs'
	| 'sandbox';

/** Something that can be said on the command line. */
export type Option = {
	/** Its name there, without the dashes. */
	readonly flag: string;
	/** `switch`: yes or nothing. `count`: a whole number. `choice`: one of a few words. `list`: texts, each given by its own option. */
	readonly kind: 'switch' | 'text' | 'count' | 'choice' | 'list';
	/** What stands behind it in the help, such as `URL`; a switch has nothing there. */
	readonly placeholder?: string;
	/** The words of a choice. */
	readonly choices?: readonly string[];
	/** The bounds of a count, both included; without `max` as large as a whole number can be. */
	readonly min?: number;
	readonly max?: number;
	/** Whether an empty text says something. */
	readonly canBeEmpty?: boolean;
	readonly commands: readonly CommandName[];
	/** The commands in which it may be given several times; its value is a list there. */
	readonly severalIn?: readonly CommandName[];
	/** The group it is shown under. */
	readonly group: 'answers' | 'run' | 'watch' | 'diagnose' | 'export' | 'batch' | 'sandbox' | 'general';
	/** What it does, in a few words; its default in brackets. */
	readonly description: string;
};

/** The value that an option has, by its kind. */
export type OptionValue<One extends Option> = One['kind'] extends 'switch'
	? boolean
	: One['kind'] extends 'count'
		? number
		: One['kind'] extends 'list'
			? readonly string[]
			: One extends {readonly choices: ReadonlyArray<infer Word>}
				? Word
				: string;

/**
 * What is wrong with a text as the value of an option of this kind, or nothing: one sentence for the command line, the screen and the questions.
 *
 * @param subject what the sentence is about: `--files`, or `It` under a field
 */
export function kindFault(subject: string, option: Option, text: string): string | undefined {
	const {kind, choices = [], min = 0, max} = option;
	if (kind === 'switch') return isYes(text) || isNo(text) ? undefined : `${subject} is yes or no.`;
	if (kind === 'choice')
		return choices.includes(text) ? undefined : `${subject} is ${choices.join(' or ')}, not “${text}”.`;
	if (kind !== 'count') return undefined;
	const number = Number(text);
	const isWhole = /^\d+$/.test(text) && Number.isSafeInteger(number);
	if (isWhole && number >= min && number <= (max ?? number)) return undefined;
	const bounds = max === undefined ? (min > 0 ? ` from ${min} up` : '') : ` from ${min} to ${max}`;
	return `${subject} is a whole number${bounds}, not “${text}”.`;
}
