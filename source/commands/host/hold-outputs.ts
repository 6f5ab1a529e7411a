import {writeLines} from './door.js';

type Output = Pick<NodeJS.WriteStream, 'write'>;

/** So much is kept of what is held: more says nothing more. */
const keptLines = 5;
const keptLetters = 200;

/**
 * Takes what anybody writes to the two outputs: libraries, warnings, the console. A frame that is drawn knows nothing of it, and
 * would stay broken. Gives what lets the outputs go: what was held is told as one remark then, its first lines with it. What
 * draws has its own way to the terminal, taken before.
 *
 * @param onLine is told of every line at once
 */
export function holdOutputs(stdout: Output, stderr: Output, onLine?: (line: string) => void): () => void {
	const outputs = [stdout, stderr];
	const originals = outputs.map((output) => output.write);
	let lineCount = 0;
	const first: string[] = [];
	const held = (chunk: string | Uint8Array, ...more: readonly unknown[]): boolean => {
		const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
		const lines = text.split('\n').filter((line) => line !== '');
		lineCount += lines.length;
		for (const line of lines) onLine?.(line);
		first.push(...lines.slice(0, keptLines - first.length).map((line) => line.slice(0, keptLetters)));
		const done = more.find((one) => typeof one === 'function') as ((error?: Error) => void) | undefined;
		if (done) queueMicrotask(() => done());
		return true;
	};
	for (const output of outputs) output.write = held;
	let isHeld = true;
	return () => {
		if (!isHeld) return;
		isHeld = false;
		for (const [index, output] of outputs.entries()) output.write = originals[index] ?? output.write;
		if (lineCount === 0) return;
		const more = lineCount - first.length;
		writeLines(stderr, [
			`While the screen was drawn, others wrote ${lineCount} ${lineCount === 1 ? 'line' : 'lines'}:`,
			...first.map((line) => `  ${line}`),
			...(more > 0 ? [`  … and ${more} more`] : []),
		]);
	};
}
