import type {Outcome} from '../domain/event.js';

/** What the shell is told. */
export const exitCodes = {done: 0, failed: 1, usage: 2, cancelled: 130} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The exit code of a run that ended so. */
export function exitCodeOf(outcome: Outcome): ExitCode {
	return {succeeded: exitCodes.done, failed: exitCodes.failed, cancelled: exitCodes.cancelled}[outcome];
}
