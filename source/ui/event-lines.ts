import {isOfObject, type RunEvent, type Stamped} from '../domain/event.js';

/** An event in the words of the line output. */
export type DescribeEvent = (event: Stamped<RunEvent>) => readonly string[];

/** What happens in a run as plain lines, for a reader who comes and goes. */
type EventLines = {
	readonly add: (event: Stamped<RunEvent>) => void;
	/** Gives the reader the lines since the last time, then each as it comes. Gives the function that ends it. */
	readonly read: (write: (lines: readonly string[]) => void) => () => void;
};

type KeptLine = {readonly text: string; readonly isOfObject: boolean};

/** Of the lines about single objects only so many wait for a reader; all others do, for they are few. */
const maxObjectLines = 1000;

/** Keeps the lines that nobody has read yet. */
export const createEventLines = (describe: DescribeEvent): EventLines => {
	let waiting: KeptLine[] = [];
	let objectLines = 0;
	let leftOut = 0;
	let reader: ((lines: readonly string[]) => void) | undefined;

	/** Half at a time, so that not every event moves all of them. */
	const leaveOutOldest = (): void => {
		let surplus = objectLines - maxObjectLines;
		leftOut += surplus;
		objectLines = maxObjectLines;
		waiting = waiting.filter(({isOfObject}) => !isOfObject || surplus-- <= 0);
	};

	const drained = (): readonly string[] => {
		const lines = waiting.map(({text}) => text);
		if (leftOut > 0) {
			const gap = waiting.findIndex(({isOfObject}) => isOfObject);
			lines.splice(
				gap,
				0,
				`  – ${leftOut} earlier lines about files are left out; a report (m) has every file`,
			);
		}

		waiting = [];
		objectLines = 0;
		leftOut = 0;
		return lines;
	};

	return {
		add(event) {
			const lines = describe(event);
			if (reader) {
				if (lines.length > 0) reader(lines);
				return;
			}

			const isObject = isOfObject(event);
			waiting.push(...lines.map((text) => ({text, isOfObject: isObject})));
			if (isObject) objectLines += lines.length;
			if (objectLines > 2 * maxObjectLines) leaveOutOldest();
		},
		read(write) {
			write(drained());
			reader = write;
			return () => {
				reader = undefined;
			};
		},
	};
};
