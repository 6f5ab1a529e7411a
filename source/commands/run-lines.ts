import {exitCodeOf, exitCodes, type ExitCode} from '../command-line/exit-code.js';
import {optionTable} from '../command-line/options.js';
import {answerRows} from '../domain/answers/answer-table.js';
import type {Answers} from '../domain/answers/answers.js';
import type {CommandName} from '../domain/answers/option.js';
import type {Command} from '../domain/event.js';
import {limits} from '../domain/limits.js';
import {fixable, type Problem, problemFrom} from '../domain/problem.js';
import {jsonLine} from '../headless/json-line.js';
import {problemLines} from '../headless/problem-lines.js';
import {writeSession} from '../headless/writer.js';
import {createSession, type Session} from '../session/session.js';
import {decideAbilities} from '../ui/terminal-abilities.js';
import {accessibleLine} from '../headless/accessible-line.js';
import {type Host, readsAccessibly, isTerminal, type ReadingArguments} from './host/host.js';
import {openWatchCommands} from './accessible/watch-commands.js';
import type {Asker} from './ask/ask-lines.js';
import {writeLines} from './host/door.js';
import {type AskLine, askSignInInLines, askOnStderr} from './ask/sign-in-lines.js';
import {type PaceArguments, paceWords} from './services/sandbox-pace.js';
import {createServices} from './services/services.js';

/** Long enough not to talk all the time. */
const accessibleHeartbeatMs = 30_000;

/** Problems of what was asked, not of what was found. */
const usageCodes = new Set([
	'usage',
	'missing-answers',
	'missing-region',
	'bucket-name',
	'unknown-region',
	'same-bucket',
	'regions-of-two-partitions',
	'role-name',
	'role-path',
	'permissions-boundary',
	'rule-name',
	'not-confirmed',
	'unknown-run',
]);

/** What every command that writes lines may be told. */
type LineArguments = ReadingArguments &
	PaceArguments & {
		readonly json?: boolean;
		readonly endpointUrl?: string;
		/** Where reports go, if not into the state directory. */
		readonly reportFile?: string;
		/** Seconds. */
		readonly timeout?: number;
	};

type LinesOptions = {
	readonly command: Command;
	readonly given: LineArguments;
	readonly answers: Answers;
	readonly showsDocuments?: boolean;
	readonly showsCommand?: boolean;
	/** Is a screen drawn at the moment? Then no line is written. */
	readonly isDrawn?: () => boolean;
	/** Asks who answers lines already. */
	readonly asker?: Asker;
};

/**
 * Runs a session whose events are written as lines, from its start to `run-finished`, and gives the exit code.
 * The body gives, or throws, the problem that ends the run; `null` where there is none whatever the files did, `undefined` where they decide; Ctrl-C stops it safely.
 */
export async function runLines(
	host: Host,
	{command, given, answers, showsDocuments = false, showsCommand = false, isDrawn, asker}: LinesOptions,
	body: (session: Session) => Promise<Problem | null | undefined>,
): Promise<ExitCode> {
	const isSandbox = answers.environment === 'sandbox';
	const session: Session = createSession({
		command,
		answers,
		/** By where the run is in the end: who goes back to that question may answer it otherwise. */
		get timeoutMs(): number {
			return timeoutMsOf(given, session.getState().answers.environment === 'sandbox');
		},
		services: createServices(host.environment, given.endpointUrl, {
			reportFile: given.reportFile,
			pace: given,
			noteRequest: host.noteRequest,
			clock: host.clock,
		}),
	});
	const isAccessible = readsAccessibly(host, given) && !given.json;
	const endWriting = writeSession(session, {
		clock: host.clock,
		...(isAccessible ? {heartbeatMs: accessibleHeartbeatMs} : {}),
		isJson: Boolean(given.json),
		showsDocuments,
		showsCommand,
		sandboxWords: paceWords(given),
		hasColour: hasLineColour(host, given),
		write(line) {
			if (!isDrawn?.()) writeLines(host.stdout, [isAccessible ? accessibleLine(line) : line]);
		},
	});
	const commands = isAccessible && isTerminal(host) ? openWatchCommands(host, session, asker) : undefined;
	const ask: AskLine = async (head, question) => {
		const reader = asker ?? commands?.askerNow();
		if (!reader) return askOnStderr(host, head, question);
		writeLines(host.stdout, [head]);
		return reader.ask(question, '');
	};
	const endAsking = askSignInInLines(host, session, {isDrawn, ...(asker || commands ? {ask} : {})});
	const endInterrupts = host.onInterrupt(() => session.interrupt());
	const endExits = host.onExit(() => finishAtOnce(session));
	try {
		await session.openEnvironment(isSandbox ? 'sandbox' : 'aws');
		const {environment} = session.getState();
		const problem =
			environment.state === 'failed' ? environment.problem : await body(session).catch(problemFrom);
		const outcome = session.finish(problem);
		const isUsage =
			outcome === 'failed' && usageCodes.has(session.getState().run.finished?.problem?.code ?? '');
		return isUsage ? exitCodes.usage : exitCodeOf(outcome);
	} finally {
		endInterrupts();
		endWriting();
		endAsking();
		commands?.close();
		endExits();
		await session.close();
	}
}

/** Lines have colours in a terminal, or where they are asked for. */
function hasLineColour({environment, stdout}: Host, given: LineArguments): boolean {
	const {hasColour} = decideAbilities(environment, Boolean(given.noColor));
	return hasColour && (Boolean(stdout.isTTY) || environment['FORCE_COLOR'] !== undefined);
}

/** The second Ctrl-C ends the process at once: what has been done is told all the same. */
export function finishAtOnce(session: Session): void {
	if (session.getState().interrupts > 0) session.finish();
}

/** How long test files are waited for, in milliseconds. */
export function timeoutMsOf(given: LineArguments, isSandbox: boolean): number {
	const seconds = given.timeout ?? limits.testFilesSeconds[isSandbox ? 'sandbox' : 'aws'];
	return seconds * 1000;
}

/** The figures of a run that has done nothing. */
export const nothingDone = {
	operations: {created: 0, updated: 0, kept: 0, deleted: 0},
	objects: {uploaded: 0, replicated: 0, failed: 0, pending: 0},
	delayMs: null,
};

/** Says what is wrong with what was typed: on standard error for people, as `run-finished` for machines. */
export function refuse(host: Host, problem: Problem, {json}: {readonly json?: unknown} = {}): ExitCode {
	if (json) {
		const line = jsonLine({
			type: 'run-finished',
			at: host.clock.now(),
			outcome: 'failed',
			...nothingDone,
			problem,
		});
		writeLines(host.stdout, [line ?? '']);
	} else {
		writeLines(host.stderr, problemLines(problem));
	}

	return exitCodes.usage;
}

/** Everything that is wrong with the command line, as one problem. */
export function usageProblem(faults: readonly string[], command: CommandName = 'wizard'): Problem {
	const help = command === 'wizard' ? 's3-replicate --help' : `s3-replicate help ${command}`;
	return fixable('usage', 'Cannot understand the command line', faults.join(' '), [
		`See its options: ${help}`,
	]);
}

/** The flags among some options that were given. */
export function flagsIn(
	given: Readonly<Partial<Record<string, unknown>>>,
	names: ReadonlyArray<keyof typeof optionTable>,
): readonly string[] {
	return names.filter((name) => given[name] !== undefined).map((name) => `--${optionTable[name].flag}`);
}

/** What is wrong with options that say what a file says already; nothing where none is given. */
export function saidTwice(
	file: string,
	says: string,
	given: Readonly<Partial<Record<string, unknown>>>,
	mayBeGiven: (name: string) => boolean = () => false,
): Problem | undefined {
	const names = answerRows
		.filter(([name, {belongsTo}]) => belongsTo !== 'test-files' && !mayBeGiven(name))
		.map(([name]) => name);
	const said = flagsIn(given, names);
	if (said.length === 0) return undefined;
	return usageProblem([`${file} says ${says}: leave out ${said.join(', ')}.`], 'apply');
}
