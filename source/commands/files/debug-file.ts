import {closeSync, constants, fstatSync, openSync, writeSync} from 'node:fs';
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
 * Opens the file of `--debug`: made for its owner alone; lines are appended to one that is there, whose permissions stay. Written at once,
 * line by line, so that what a killed program did is there. Throws the problem of a place that cannot be written.
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
	try {
		const {O_APPEND, O_CREAT, O_WRONLY, O_NONBLOCK = 0} = constants;
		// A pipe that nobody reads would wait without end otherwise.
		const descriptor = openSync(place, O_APPEND | O_CREAT | O_WRONLY | O_NONBLOCK, 0o600);
		if (fstatSync(descriptor).isFile()) return descriptor;
		closeSync(descriptor);
	} catch (error) {
		throw unusable(place, (error as Error).message);
	}

	throw unusable(place, 'It is no regular file.');
}

function unusable(place: string, cause: string): ProblemError {
	return new ProblemError(
		fixable('debug-file', `Cannot write the debug file ${place}`, `${cause} Nothing was started.`, [
			'Name another file: --debug FILE.',
		]),
	);
}
