import {fixable, messageOf, type Problem, ProblemError} from '../../domain/problem.js';
import {optionWords} from '../../domain/answers/command-line.js';
import {optionTable} from '../../command-line/options.js';
import type {FaultRule, ParsedFaults, SandboxOptions} from '../../sandbox/start-sandbox.js';
import {readRegularFile} from '../../aws/transport/read-regular-file.js';

const paceNames = ['latency', 'replicationDelay', 'propagationDelay', 'faults', 'seed'] as const;

/** What the options say of the embedded sandbox's pace, and of what goes wrong in it. */
export type PaceArguments = {
	readonly latency?: number;
	readonly replicationDelay?: number;
	readonly propagationDelay?: number;
	/** A file. */
	readonly faults?: string;
	readonly seed?: number;
};

/** These options as they were given, for the command that does the same again. */
export function paceWords(given: PaceArguments): readonly string[] {
	return paceNames.flatMap((name) => {
		const value = given[name];
		return value === undefined ? [] : optionWords(optionTable[name].flag, value);
	});
}

/** What is wrong with options of the sandbox where AWS is meant; nothing where none was given. */
export function paceOnAws(given: PaceArguments): Problem | undefined {
	const flags = paceNames.filter((name) => given[name] !== undefined).map((name) => optionTable[name].flag);
	if (flags.length === 0) return undefined;
	const named = flags.map((flag) => `--${flag}`).join(', ');
	return fixable('usage', 'Cannot set the pace of AWS', `${named}: for the sandbox alone.`, [
		`Add --sandbox, or leave out ${named}.`,
	]);
}

/** How the embedded sandbox is started for these options. Throws the problem of a file of faults that cannot be read. */
export async function sandboxPace(given: PaceArguments): Promise<SandboxOptions> {
	const {parseFaults} = await import('../../sandbox/start-sandbox.js');
	const faults = await readFaults(given.faults, parseFaults);
	if (!faults.ok) throw new ProblemError(unreadFaults(given.faults ?? '', faults.reason));
	return {
		latencyMs: given.latency,
		replicationDelayMs: given.replicationDelay,
		propagationDelayMs: given.propagationDelay,
		seed: given.seed,
		faults: faults.rules,
	};
}

/** A file of faults that cannot be read. */
export function unreadFaults(file: string, reason: string): Problem {
	return fixable('faults-not-read', 'Cannot read the faults', reason, [
		`Correct ${file}, or leave --faults out: nothing goes wrong on purpose then.`,
	]);
}

type FaultParser = (text: string) => ParsedFaults;

/** Takes the file that --faults names, gives its rules, or the sentence about what is wrong with it. */
export async function readFaults(file: string | undefined, parse: FaultParser): Promise<ParsedFaults> {
	if (file === undefined) return {ok: true, rules: [] satisfies FaultRule[]};
	try {
		return parse((await readRegularFile(file)).text);
	} catch (error) {
		return {ok: false, reason: messageOf(error)};
	}
}
