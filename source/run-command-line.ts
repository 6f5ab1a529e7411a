import type {Host} from './commands/host/host.js';
import {writeLines} from './commands/host/door.js';
import {exitCodes, type ExitCode} from './command-line/exit-code.js';
import {commandNames, program} from './program.js';
import type {ReadArguments} from './read-arguments.js';

/**
 * Does what a command line asks for, with what it needs loaded only then. All that goes wrong is told, and in the exit code; what it
 * throws is a fault of ours.
 *
 * @param line the arguments as they were read
 * @param host what the command sees of the process that it runs in
 */
export async function runCommandLine(
	{command, isNamed, asksFor, words = [], given, faults}: ReadArguments,
	host: Host,
): Promise<ExitCode> {
	if (asksFor === 'version' && faults.length === 0) {
		const {versionText} = await import('./version.js');
		writeLines(host.stdout, [versionText(process.versions.node)]);
		return exitCodes.done;
	}

	if (asksFor === 'help' && faults.length === 0) {
		const {helpText} = await import('./help.js');
		const lines = helpText(isNamed ? command : undefined).trimEnd();
		writeLines(host.stdout, lines.split('\n'));
		return exitCodes.done;
	}

	if (asksFor === 'complete' || asksFor === 'completion') {
		const {completeCommand, completionCommand} = await import('./commands/complete.js');
		if (asksFor === 'complete') return completeCommand(host, words, commandNames);
		return completionCommand(host, words[0]);
	}

	const {conflicts} = await import('./commands/conflicts.js');
	const found = [...faults, ...conflicts(given)];
	if (found.length > 0) {
		const {refuse, usageProblem} = await import('./commands/run-lines.js');
		const code = refuse(host, usageProblem(found, command), given);
		return given.detailedExitcode ? exitCodes.failed : code;
	}

	const call = await program[command].load();
	if (typeof given.debug !== 'string') return call(host, given);
	const {debugging} = await import('./commands/debugging.js');
	const {versions} = await import('./version.js');
	const what = {command, versions: versions(process.versions.node)};
	const debug = debugging(host, what, {...given, debug: given.debug});
	if (!debug.ok) return given.detailedExitcode ? exitCodes.failed : debug.exitCode;
	const code = await call(debug.host, given);
	debug.end(code);
	return code;
}
