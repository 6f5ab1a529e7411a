import {setImmediate as nextTurn} from 'node:timers/promises';

/** A clock whose time passes only when nothing else is going on: then it goes on to the next wait's end. */
export type TestClock = {
	readonly now: () => number;
	readonly wait: (delayMs: number, signal?: AbortSignal) => Promise<void>;
	/** Sets the clock without ending a wait, as a person does, or a machine that slept. */
	readonly jump: (byMs: number) => void;
	/** Says that something outside of it begins, such as a request; call what is given when it has ended. */
	readonly begin: () => () => void;
	/** Lets time pass until a promise is settled, and gives what it gives. */
	readonly runUntil: <T>(done: Promise<T>) => Promise<T>;
};

type Wait = {readonly at: number; readonly order: number; readonly end: () => void};

const quietTurns = 4;

/** @param startMs milliseconds since 1970 */
export function createTestClock(startMs = Date.parse('2026-11-22T12:00:00Z')): TestClock {
	let nowMs = startMs;
	let steadyMs = startMs;
	let under = 0;
	let order = 0;
	let waits: Wait[] = [];

	/** Waits until nothing is under way for some turns of the event loop. */
	async function quiet(): Promise<void> {
		for (let turns = 0; turns < quietTurns;) {
			await nextTurn();
			turns = under === 0 ? turns + 1 : 0;
		}
	}

	return {
		now: () => nowMs,
		async wait(delayMs, signal) {
			signal?.throwIfAborted();
			await new Promise<void>((resolve, reject) => {
				const wait: Wait = {at: steadyMs + Math.max(0, delayMs), order: order++, end: finish};
				const onAbort = (): void => {
					waits = waits.filter((other) => other !== wait);
					reject(signal?.reason as Error);
				};
				signal?.addEventListener('abort', onAbort, {once: true});
				waits.push(wait);

				function finish(): void {
					signal?.removeEventListener('abort', onAbort);
					resolve();
				}
			});
		},
		jump(byMs) {
			nowMs += byMs;
		},
		begin() {
			under++;
			return () => under--;
		},
		async runUntil(done) {
			let isDone = false;
			const settled = (): void => {
				isDone = true;
			};
			done.then(settled, settled);
			for (;;) {
				await quiet();
				if (isDone) return done;
				const next = Math.min(...waits.map(({at}) => at));
				if (next === Infinity) throw new Error('Nothing waits and nothing goes on: this would never end.');
				nowMs += next - steadyMs;
				steadyMs = next;
				const due = waits.filter(({at}) => at <= next).sort((left, right) => left.order - right.order);
				waits = waits.filter(({at}) => at > next);
				for (const {end} of due) end();
			}
		},
	};
}
