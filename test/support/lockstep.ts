import {setImmediate as nextTurn} from 'node:timers/promises';
import type {Connection} from '../../source/aws/ports.js';
import type {Clock} from '../../source/sandbox/start-sandbox.js';
import {recordConnection} from './record-connection.js';

/** The time that passes in a step, in milliseconds. */
const stepMs = 100;
const quietTurns = 4;

export type Lockstep = {
	/** For a sandbox with a latency: its requests are answered together, and only when nobody has another one to send. */
	readonly clock: Clock;
	/** Tells of the calls that are under way. */
	readonly wrap: (connection: Connection) => Connection;
};

/**
 * A sandbox's time that passes only while everything waits for an answer: every request of a step takes the whole step. How deep the
 * requests of a run are is so a matter of what depends on what, and never of how busy the machine is.
 */
export function lockstep(): Lockstep {
	let nowMs = Date.now();
	let calls = 0;
	let isLooking = false;
	let waiting: Array<() => void> = [];

	const isStill = (): boolean => waiting.length > 0 && waiting.length >= calls;

	/** Ends the step once nothing has happened for some turns of the event loop. */
	async function endStep(): Promise<void> {
		if (isLooking) return;
		isLooking = true;
		for (let turns = 0, seen = 0; turns < quietTurns;) {
			await nextTurn();
			turns = isStill() && seen === waiting.length ? turns + 1 : 0;
			seen = waiting.length;
		}

		isLooking = false;
		nowMs += stepMs;
		const answered = waiting;
		waiting = [];
		for (const answer of answered) answer();
	}

	return {
		clock: {
			now: () => nowMs,
			async wait() {
				await new Promise<void>((resolve) => {
					waiting.push(resolve);
					void endStep();
				});
			},
		},
		wrap: (connection) =>
			recordConnection(
				connection,
				() => void calls++,
				() => void calls--,
			),
	};
}
