import {orNoted} from '../observe/observe-role.js';

/** Reads what may be read, and notes the rest. */
export type Reader = {
	readonly signal?: AbortSignal;
	/** What was not read or not found: a sentence each, each once. */
	readonly leftOut: readonly string[];
	readonly leaveOut: (sentence: string) => void;
	/** The answer; nothing where AWS refuses it, which is noted then. Rejects by whatever is no refusal. */
	readonly allowed: <T>(reading: Promise<T>, what: string) => Promise<T | undefined>;
};

export function createReader(signal?: AbortSignal): Reader {
	const leftOut: string[] = [];
	const leaveOut = (sentence: string): void => {
		if (!leftOut.includes(sentence)) leftOut.push(sentence);
	};

	return {
		...(signal ? {signal} : {}),
		leftOut,
		leaveOut,
		allowed: async (reading, what) => orNoted(reading, () => leaveOut(`Left out: ${what} may not be read.`)),
	};
}
