import {writeLines, writeQuestion} from '../host/door.js';
import {typedLines} from '../host/typed-lines.js';
import type {Host} from '../host/host.js';

/** The word that leads to the question before. */
export const backWord = 'back';

export type ChoiceOptions = {
	/** What can be chosen by its number or its name. */
	readonly choices: readonly string[];
	/** What is said beside a choice. */
	readonly noteOf?: (choice: string) => string | undefined;
	/** Whether another name may be typed as well. */
	readonly isFree?: boolean;
	readonly byDefault: string;
	/** What `?` says of it. */
	readonly help: string;
};

/** Questions that are answered with lines. Nothing is ever drawn over: the terminal itself echoes what is typed. */
export type Asker = {
	/**
	 * Asks; an empty line takes the default, which is shown where it is not empty. `?` says the help, where there is one.
	 * `undefined`: nobody answers any more.
	 */
	readonly ask: (question: string, byDefault: string, help?: string) => Promise<string | undefined>;
	/** Asks for one of some choices; `back` is an answer as well. Of very many those are said that are asked for with `list`. */
	readonly choose: (question: string, options: ChoiceOptions) => Promise<string | undefined>;
	/** Hands on the lines that are typed while nothing is asked. Gives the function that ends it. */
	readonly listen: (onLine: (line: string) => void) => () => void;
	readonly close: () => void;
};

/** So many choices are said without being asked for, and at a time. */
const maxChoicesSaid = 9;
const maxChoicesListed = 20;

export function openAsker(host: Host): Asker {
	const lines = typedLines(host);
	const typed: string[] = [];
	const say = (line: string) => writeLines(host.stdout, [line]);
	let waiting: ((line: string | undefined) => void) | undefined;
	let listener: ((line: string) => void) | undefined;
	let isOver = false;
	const end = (): void => {
		isOver = true;
		waiting?.(undefined);
	};
	lines.on('line', (line) => {
		if (waiting) waiting(line);
		else if (listener) listener(line);
		else typed.push(line);
	});
	lines.on('close', end);
	const endInterrupts = host.onInterrupt(end);

	async function read(): Promise<string | undefined> {
		const line = typed.shift();
		if (line !== undefined || isOver) return line;
		return new Promise((resolve) => {
			waiting = (answer) => {
				waiting = undefined;
				resolve(answer);
			};
		});
	}

	const asker: Asker = {
		async ask(question, byDefault, help) {
			for (;;) {
				writeQuestion(host.stdout, byDefault === '' ? `${question}: ` : `${question} [${byDefault}]: `);
				const answer = await read();
				if (answer === undefined) {
					writeLines(host.stdout, ['']);
					return undefined;
				}

				if (help === undefined || answer.trim() !== '?') return answer.trim() || byDefault;
				say(help);
			}
		},
		async choose(question, {choices, noteOf, isFree = false, byDefault, help}) {
			// Numbers stand for what was said.
			let listed: readonly string[] = [];
			const list = (letters: string): void => {
				const found = choices.filter((choice) => choice.toLowerCase().includes(letters.toLowerCase()));
				listed = found.slice(0, maxChoicesListed);
				for (const [index, choice] of listed.entries()) {
					const note = noteOf?.(choice);
					say(`${index + 1}. ${choice}${note === undefined ? '' : `, ${note}`}`);
				}

				if (found.length === 0) say(`None of ${choices.length} contains ${letters}.`);
				if (found.length > listed.length)
					say(`${found.length - listed.length} more: type list and some letters of the name.`);
			};
			if (choices.length > maxChoicesSaid)
				say(`${choices.length} in all: type “list”, or “list eu” to narrow.`);
			else if (choices.length > 0) list('');
			for (;;) {
				const answer = await asker.ask(question, byDefault, help);
				if (answer === undefined || answer === backWord) return answer;
				const letters = /^list\b *(.*)$/.exec(answer)?.[1];
				const numbered = listed[Number(answer) - 1];
				if (letters !== undefined && choices.length > 0) list(letters);
				else if (choices.includes(answer)) return answer;
				else if (numbered !== undefined) return numbered;
				else if (isFree) return answer;
				else
					say(
						`There is no ${answer}. Type ${listed.length > 0 ? `a number from 1 to ${listed.length}, or ` : ''}a name.`,
					);
			}
		},
		listen(onLine) {
			listener = onLine;
			return () => {
				listener = undefined;
			};
		},
		close() {
			endInterrupts();
			lines.close();
		},
	};
	return asker;
}
