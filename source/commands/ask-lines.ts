import {createInterface} from 'node:readline';
import type {Host} from './host.js';

/** Questions that are answered with lines. Nothing is ever drawn over: the terminal itself echoes what is typed. */
export type Asker = {
	/** Asks; an empty line takes the default, which is shown where it is not empty. `undefined`: nobody answers any more. */
	ask(question: string, byDefault: string): Promise<string | undefined>;
	/** Asks for one of some choices, by its number or its name. */
	choose(question: string, choices: readonly string[], byDefault: string): Promise<string | undefined>;
	close(): void;
};

export function openAsker(host: Host): Asker {
	const lines = createInterface({input: host.stdin, terminal: false});
	const typed: string[] = [];
	let waiting: ((line: string | undefined) => void) | undefined;
	let isOver = false;
	const end = (): void => {
		isOver = true;
		waiting?.(undefined);
	};
	lines.on('line', (line) => {
		if (waiting) waiting(line);
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

	async function askNow(question: string, byDefault: string): Promise<string | undefined> {
		host.stdout.write(byDefault === '' ? `${question}: ` : `${question} [${byDefault}]: `);
		const answer = await read();
		if (answer === undefined) host.stdout.write('\n');
		return answer === undefined ? undefined : answer.trim() || byDefault;
	}

	let turn: Promise<unknown> = Promise.resolve();
	const asker: Asker = {
		async ask(question, byDefault) {
			// One at a time: a code may be asked for while another question is still to be answered.
			const answer = turn.then(async () => askNow(question, byDefault));
			turn = answer;
			return answer;
		},
		async choose(question, choices, byDefault) {
			for (const [index, choice] of choices.entries()) host.stdout.write(`${index + 1}. ${choice}\n`);
			for (;;) {
				const answer = await asker.ask(question, byDefault);
				const found = choices.find((choice, index) => choice === answer || String(index + 1) === answer);
				if (answer === undefined || found !== undefined) return found;
				host.stdout.write(`There is no ${answer}. Type a number from 1 to ${choices.length}.\n`);
			}
		},
		close() {
			endInterrupts();
			lines.close();
		},
	};
	return asker;
}
