import type {RunEvent} from '../../domain/event.js';
import {answerOf, isOutage, type Problem, problemFrom} from '../../domain/problem.js';
import {isUnanswered} from '../../domain/sign-in.js';
import type {Clock} from '../clock.js';
import {waits} from '../waits.js';

const firstPauseMs = 500;
const longestPauseMs = 30_000;

const credentialCodes = new Set([
	'expired-credentials',
	'no-credentials',
	'unknown-access-key',
	'wrong-secret',
	'clock-skew',
]);

/** What may be done about a failed request. `credentials`: a person can renew them; `passing`: it may work later; `final`: it will not. */
type FailureKind = 'credentials' | 'passing' | 'final';

export function failureKind(error: unknown): FailureKind {
	const problem = problemFrom(error);
	const {code, kind} = problem;
	if (credentialCodes.has(code) || isUnanswered(problem)) return 'credentials';
	if (kind === 'bug') return 'final';
	if (code === 'throttled' || isOutage(problem)) return 'passing';
	const status = answerOf(error)?.httpStatus;
	return status !== undefined && status >= 500 ? 'passing' : 'final';
}

/**
 * Stands before every request to a bucket. While they fail, all of them wait, longer each time; the trouble is told, and its end.
 */
export type RequestGate = {
	/** Resolves when requests may be made, with what their success has to be told with; rejects with the signal's AbortError. */
	readonly pass: (signal: AbortSignal) => Promise<number>;
	/** A request has failed: the next ones wait. Throws the problem when credentials were waited for in vain, or are not to be had without a code that nobody gave. */
	readonly fail: (error: unknown) => void;
	/** A request has been answered. One that was under way when another failed proves nothing. */
	readonly succeed: (passed: number) => void;
	/** Since when no request has been answered; nothing while they are. */
	readonly failingSince: number | undefined;
};

export function createRequestGate(given: {
	readonly bucket: string;
	readonly clock: Clock;
	readonly emit: (event: RunEvent) => void;
	/** Makes the next request read its credentials anew. */
	readonly renewCredentials: () => void;
}): RequestGate {
	const {bucket, clock, emit, renewCredentials} = given;
	let failures = 0;
	let generation = 0;
	let openAt = 0;
	let since: number | undefined;
	let failingSince: number | undefined;
	let told: Problem['code'] | undefined;
	return {
		get failingSince() {
			return failingSince;
		},
		async pass(signal) {
			for (let now = clock.now(); now < openAt; now = clock.now()) await clock.wait(openAt - now, signal);
			signal.throwIfAborted();
			return generation;
		},
		fail(error) {
			const now = clock.now();
			const problem = problemFrom(error);
			failingSince ??= now;
			const isCredentials = failureKind(error) === 'credentials';
			if (isCredentials) {
				since ??= now;
				if (isUnanswered(problem) || now - since >= waits.credentials.limitMs) throw error;
				renewCredentials();
			}

			// Several were under way: they failed together.
			if (now < openAt) return;
			failures++;
			generation++;
			const delayMs = Math.min(longestPauseMs, firstPauseMs * 2 ** failures);
			openAt = now + delayMs;
			emit({type: 'request-failed', bucket, problem, delayMs, isFirst: told !== problem.code});
			told = problem.code;
		},
		succeed(passed) {
			if (passed !== generation) return;
			since = undefined;
			failingSince = undefined;
			if (failures === 0) return;
			failures = 0;
			openAt = 0;
			told = undefined;
			emit({type: 'requests-recovered', bucket});
		},
	};
}
