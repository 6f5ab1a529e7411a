/** Lines that are written together, and what writes those that wait. */
export type LineLog = {readonly log: (line: string) => void; readonly flush: () => void};

/**
 * Takes what writes text, gives a log that writes the lines of one turn of the event loop at once: standard error is
 * written synchronously, and a write for every request would take longer than to answer it.
 */
export function makeLineLog(write: (text: string) => void): LineLog {
	let waiting = '';
	const flush = (): void => {
		if (waiting !== '') write(waiting);
		waiting = '';
	};
	return {
		log: (line) => {
			if (waiting === '') setImmediate(flush);
			waiting += `${line}\n`;
		},
		flush,
	};
}
