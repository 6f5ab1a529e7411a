/** Lines that are written together, and what writes those that wait. */
type LineLog = {readonly log: (line: string) => void; readonly flush: () => void};

/**
 * Takes what writes lines, gives a log that writes the lines of one turn of the event loop at once: standard error is
 * written synchronously, and a write for every request would take longer than to answer it.
 */
export function makeLineLog(write: (lines: readonly string[]) => void): LineLog {
	let waiting: string[] = [];
	const flush = (): void => {
		if (waiting.length > 0) write(waiting);
		waiting = [];
	};
	return {
		log: (line) => {
			if (waiting.length === 0) setImmediate(flush);
			waiting.push(line);
		},
		flush,
	};
}
