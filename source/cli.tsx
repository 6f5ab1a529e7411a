import {type FlagValues, parseArguments} from './flags.js';
import {exitCodes, type ExitCode} from './exit-code.js';
import type {CommandName} from './flags.js';
import {type Host, isReadAloud, isTerminal} from './commands/host.js';

const largestFileBytes = 100 * 1024 * 1024;

const listeners = new Set<() => void>();
let interrupts = 0;

const host: Host = {
	environment: process.env,
	stdin: process.stdin,
	stdout: process.stdout,
	stderr: process.stderr,
	interrupt,
	onInterrupt(listener) {
		listeners.add(listener);
		return () => listeners.delete(listener);
	},
	onSignal: listenTo,
	onExit: (listener) => listenTo('exit', listener),
	suspendProcess: () => process.kill(0, 'SIGTSTP'),
};

function listenTo(event: 'SIGCONT' | 'SIGWINCH' | 'exit', listener: () => void): () => void {
	process.on(event, listener);
	return () => process.off(event, listener);
}

/** The first stops safely; the second at once. */
function interrupt(): void {
	interrupts++;
	if (interrupts > 1) process.exit(exitCodes.cancelled);
	for (const listener of listeners) listener();
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);

process.on('uncaughtException', endByFault);
process.on('unhandledRejection', endByFault);

// A reader that has seen enough, such as head, is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	if (error.code === 'EPIPE') process.exit(exitCodes.done);
	throw error;
});

// The SDK's warning about Node 20 would go through the frame.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const {command, values, faults} = parseArguments(process.argv.slice(2));

if (values.version) {
	const {version} = await import('./version.js');
	process.stdout.write(`${version}\n`);
} else if (values.help) {
	const {helpText} = await import('./help.js');
	process.stdout.write(helpText());
} else {
	process.exitCode = await run(command, values);
}

/** A fault of ours ends the program as any other problem does: told without a stack, after the terminal was given back. */
function endByFault(error: unknown): void {
	process.once('exit', () => {
		const {name, message} = error instanceof Error ? error : {name: 'Error', message: String(error)};
		process.stderr.write(`✗ Cannot go on: s3-replicate has a fault\n  ${name}: ${message}\n`);
		process.stderr.write(
			'  1. Run the same command again: what is already right is kept.\n  2. Report it, with this text.\n',
		);
	});
	process.exit(exitCodes.failed);
}

async function run(name: CommandName, given: FlagValues): Promise<ExitCode> {
	const found = [...faults, ...conflicts(given)];
	if (found.length > 0) {
		const {refuse, usageProblem} = await import('./commands/run-lines.js');
		const code = refuse(host, usageProblem(found), Boolean(given.json));
		return given['detailed-exitcode'] ? exitCodes.failed : code;
	}

	switch (name) {
		case 'plan': {
			return (await import('./commands/plan.js')).planCommand(host, given);
		}

		case 'apply': {
			return (await import('./commands/apply.js')).applyCommand(host, given);
		}

		case 'watch': {
			return (await import('./commands/watch.js')).watchCommand(host, given);
		}

		case 'undo': {
			return (await import('./commands/undo.js')).undoCommand(host, given);
		}

		case 'runs': {
			return (await import('./commands/runs.js')).runsCommand(host, given);
		}

		case 'sandbox': {
			return (await import('./commands/sandbox.js')).sandboxCommand(host, given);
		}

		case 'wizard': {
			if (given.json || !isTerminal(host))
				return (await import('./commands/demo.js')).demoCommand(host, given);
			if (isReadAloud(host, given)) return (await import('./commands/aloud.js')).aloudCommand(host, given);
			return (await import('./commands/wizard.js')).wizardCommand(host, given);
		}
	}
}

/** Options that say no or nothing together. */
function conflicts(given: FlagValues): readonly string[] {
	const found: string[] = [];
	const endpoint = given['endpoint-url'];
	if (given.sandbox && endpoint !== undefined) {
		found.push('--sandbox and --endpoint-url exclude each other: a run happens in one place.');
	}

	if (typeof endpoint === 'string' && !/^https?:\/\/[^/\s]+/.test(endpoint)) {
		found.push(`--endpoint-url is a URL such as http://127.0.0.1:4566, not “${endpoint}”.`);
	}

	if (Number(given['file-size'] ?? 0) > largestFileBytes) {
		found.push(`--file-size is at most ${largestFileBytes} (100 MB): test files show that objects arrive.`);
	}

	return found;
}
