import {masked} from '../domain/text/masked.js';
import type {CommandName} from '../domain/answers/option.js';
import {problemFrom} from '../domain/problem.js';
import {visibleText} from '../domain/text/visible-text.js';
import type {ExitCode} from '../command-line/exit-code.js';
import {type DebugFile, openDebugFile} from './files/debug-file.js';
import {writeLines} from './host/door.js';
import type {Host} from './host/host.js';
import {refuse} from './run-lines.js';

/** So much is kept of a line that somebody else wrote. */
const keptLetters = 1000;

type Debugging =
	| {
			readonly ok: true;
			/** The host, whose requests and remarks are noted. */
			readonly host: Host;
			readonly end: (exitCode: number) => void;
	  }
	| {readonly ok: false; readonly exitCode: ExitCode};

/**
 * Has what a command does written to the file of `--debug`: what runs, each request, and what others write while something is drawn.
 * Names of options, never their values: an address may hold a password. A place that cannot be written is told, before anything
 * is done.
 */
export function debugging(
	host: Host,
	{command, versions}: {readonly command: CommandName; readonly versions: Readonly<Record<string, string>>},
	given: {readonly debug: string; readonly json?: unknown},
): Debugging {
	let debug: DebugFile;
	try {
		debug = openDebugFile(given.debug, host.clock.now);
	} catch (error) {
		return {ok: false, exitCode: refuse(host, problemFrom(error), given)};
	}

	debug.note('started', {
		command,
		options: Object.keys(given),
		...versions,
		system: `${process.platform} ${process.arch}`,
	});
	return {
		ok: true,
		host: {
			...host,
			noteRequest: (request) => debug.note('request', request),
			holdOutputs: () =>
				host.holdOutputs((line) =>
					debug.note('remark', {text: masked(visibleText(line)).slice(0, keptLetters)}),
				),
		},
		end(exitCode) {
			debug.note('ended', {exitCode});
			const fault = debug.close();
			if (fault !== undefined)
				writeLines(host.stderr, [`Lines are missing in the file of --debug: ${fault}`]);
		},
	};
}
