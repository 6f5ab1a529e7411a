import {spawn} from 'node:child_process';

/**
 * Runs a command with this program's terminal until it ends. Gives what became of it, as a sentence, where it did not end well.
 * @param stdin is not read meanwhile: of two readers each would get some of what is typed
 * @param command its name and its arguments; no shell reads them
 */
export async function runCommand(
	stdin: NodeJS.ReadStream,
	command: readonly string[],
): Promise<string | undefined> {
	const isRead = stdin.readableFlowing === true;
	stdin.pause();
	try {
		return await run(command);
	} finally {
		if (isRead) stdin.resume();
	}
}

async function run([name = '', ...args]: readonly string[]): Promise<string | undefined> {
	const child = spawn(name, args, {stdio: 'inherit'});
	return new Promise((resolve) => {
		child.on('error', ({message}) => resolve(`It cannot be run: ${message}.`));
		child.on('close', (code, signal) => {
			if (code === 0) resolve(undefined);
			else
				resolve(signal === null ? `It ended with exit code ${String(code)}.` : `It was ended by ${signal}.`);
		});
	});
}
