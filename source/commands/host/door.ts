import {format} from 'node:util';
import {asciiLine} from '../../domain/text/ascii-text.js';
import {faultText} from '../../domain/problem.js';
import {visibleText} from '../../domain/text/visible-text.js';
import {hasUnicode} from '../../domain/text/has-unicode.js';
import {type Line, terminalText} from '../../headless/line.js';
import {wrapped} from './wrapped.js';

/** What is used of standard output or standard error. */
type OutputStream = {write: (text: string) => unknown; isTTY?: boolean; columns?: number};

const terminal = {isAscii: false};

/** From now on terminals are shown ASCII only, where the locale has no other letters. */
export function showLettersOf(environment: NodeJS.ProcessEnv): void {
	terminal.isAscii = !hasUnicode(environment);
}

function lettersFor({isTTY}: OutputStream, text: string): string {
	return terminal.isAscii && isTTY ? asciiLine(text) : text;
}

/**
 * The one door of everything that is written as lines, to standard output and to standard error: what others wrote comes
 * out of it as visible escapes, and the line breaks are ours alone. Screens have theirs in `ui/`: the one `Text`, and the cells
 * of the frame writer. A test holds that nothing else writes to these streams.
 */
export function writeLines(stream: OutputStream, lines: readonly Line[]): void {
	if (lines.length > 0) stream.write(lines.flatMap((line) => rowsFor(stream, line)).join(''));
}

/** On a terminal a line is broken between its words; what has colours is a document, and stays one line. */
function rowsFor(stream: OutputStream, line: Line): readonly string[] {
	const text = lettersFor(stream, terminalText(line));
	const isWhole = typeof line !== 'string' || !stream.isTTY || !stream.columns;
	return (isWhole ? [text] : wrapped(text, stream.columns ?? 0)).map((row) => `${row}\n`);
}

/** A question, whose answer is typed on the same line. */
export function writeQuestion(stream: OutputStream, question: string): void {
	const text = lettersFor(stream, visibleText(question));
	stream.write(stream.isTTY && stream.columns ? wrapped(text, stream.columns).join('\n') : text);
}

/** A fault of ours, as any other problem: without a stack, and without what may be a secret in its words. */
export function writeFault(stream: OutputStream, error: unknown): void {
	writeLines(stream, [
		'✗ Cannot go on: s3-replicate has a fault',
		`  ${faultText(error)}`,
		'  1. Run the same command again.',
		'  2. Report it, with this text.',
	]);
}

/** Calls when all that was written to both is out, or never will be. */
export function whenWritten(
	stdout: NodeJS.WritableStream,
	stderr: NodeJS.WritableStream,
	end: () => void,
): void {
	stdout.write('', () => stderr.write('', () => end()));
}

/**
 * Lets what libraries and Node itself say go through the door as well: the console, and warnings, which may name files and
 * variables.
 *
 * @param stream standard error
 */
export function guardProcess(target: NodeJS.Process, sayer: Console, stream: OutputStream): void {
	const say = (...args: readonly unknown[]): void => writeLines(stream, [format(...args)]);
	for (const name of ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const) sayer[name] = say;
	// Who turned warnings off has no listener there.
	if (target.listenerCount('warning') === 0) return;
	target.removeAllListeners('warning');
	target.on('warning', ({name, message}: Error) => writeLines(stream, [`(node) ${name}: ${message}`]));
}
