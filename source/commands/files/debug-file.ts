import {closeSync, constants, fstatSync, openSync, readSync, writeSync} from 'node:fs';
import path from 'node:path';
import {fixable, ProblemError} from '../../domain/problem.js';
import {jsonText} from '../../domain/text/visible-text.js';

export type DebugFile = {
	/** Appends one JSON line with the time. Never throws: a run does not end because nobody can follow it. */
	readonly note: (type: string, line: Readonly<Record<string, unknown>>) => void;
	/** Gives why lines are missing, where some are. */
	readonly close: () => string | undefined;
};

/**
 * Opens the file of `--debug`: made for its owner alone; lines are appended to a log of before, whose permissions stay. Written at once,
 * line by line, so that what a killed program did is there. Throws the problem of a place that cannot be written, or that holds something
 * else: a name may be mistyped, or lead to another file as a link.
 */
export function openDebugFile(
	file: string,
	now: () => number,
	write: typeof writeSync = writeSync,
): DebugFile {
	const place = path.resolve(file);
	const descriptor = openToAppend(place);
	let fault: string | undefined;
	return {
		note(type, line) {
			if (fault !== undefined) return;
			try {
				write(descriptor, `${jsonText({type, at: new Date(now()).toISOString(), ...line})}\n`);
			} catch (error) {
				fault = (error as Error).message;
			}
		},
		close() {
			closeSync(descriptor);
			return fault;
		},
	};
}

function openToAppend(place: string): number {
	let fault: string | undefined;
	try {
		const {O_APPEND, O_CREAT, O_RDWR, O_NONBLOCK = 0} = constants;
		// A pipe that nobody reads would wait without end otherwise.
		const descriptor = openSync(place, O_APPEND | O_CREAT | O_RDWR | O_NONBLOCK, 0o600);
		fault = fstatSync(descriptor).isFile() ? contentFault(descriptor) : 'It is no regular file.';
		if (fault === undefined) return descriptor;
		closeSync(descriptor);
	} catch (error) {
		throw unusable(place, `${(error as Error).message}.`);
	}

	throw unusable(place, fault);
}

/** What every log begins with; of one whose disk was full at once, a part of it. */
const beginning = '{"type":"started","at":"';

function contentFault(descriptor: number): string | undefined {
	const bytes = Buffer.alloc(beginning.length);
	const text = bytes.toString('latin1', 0, readSync(descriptor, bytes, 0, bytes.length, 0));
	return beginning.startsWith(text) ? undefined : 'It holds something else than a debug log.';
}

function unusable(place: string, cause: string): ProblemError {
	return new ProblemError(
		fixable('debug-file', `Cannot write the debug file ${place}`, `${cause} Nothing was started.`, [
			'Name another file: --debug FILE.',
		]),
	);
}
