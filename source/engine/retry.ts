import {answerOf, type AwsErrorResponse, isOutage, ProblemError} from '../domain/problem.js';
import type {TellingRetries} from '../aws/ports.js';
import type {Clock} from './clock.js';
import {type RetryRule, waits} from './waits.js';

export type RetryNotice = {readonly reason: string; readonly attempt: number; readonly delayMs: number};

export type RetryContext = {
	readonly clock: Clock;
	/** Ends a wait at once; a call under way is finished. */
	readonly signal: AbortSignal;
	readonly onRetry: (notice: RetryNotice) => void;
	/** Absent: what makes the calls may have made each of them several times before its refusal is heard of. */
	readonly tellingRetries?: TellingRetries;
};

const delaysMs = [500, 1000, 2000, 3000, 5000];

/**
 * Repeats an action while the refusal is one that goes away: as the caller says, or because AWS is busy or the network is gone.
 * Gives up with the last refusal when its time is over; each wait is announced before it begins.
 */
export async function withRetries<T>(
	action: () => Promise<T>,
	{clock, signal, onRetry, tellingRetries = untold}: RetryContext,
	/** Which refusals go away by themselves, besides those of a service that is busy. */
	retryRuleFor: (answer: AwsErrorResponse) => RetryRule | undefined = () => undefined,
): Promise<T> {
	const startedAt = clock.now();
	for (let attempt = 1; ; attempt++) {
		try {
			return await tellingRetries((answer) => serviceRetryRule(answer) !== undefined, action);
		} catch (error) {
			const answer = answerOf(error);
			const retryRule =
				networkRetryRule(error) ?? (answer && (retryRuleFor(answer) ?? serviceRetryRule(answer)));
			const delayMs = delaysMs[Math.min(attempt, delaysMs.length) - 1] ?? 0;
			if (!retryRule || clock.now() + delayMs - startedAt > retryRule.limitMs) throw error;
			onRetry({reason: retryRule.reason, attempt: attempt + 1, delayMs});
			await clock.wait(delayMs, signal);
		}
	}
}

/**
 * Reads until what was written can be seen, bounded; an answer says for how long another one is waited for. Gives the last answer.
 * Source: S3 API Reference, PutBucketVersioning and PutBucketReplication (both take time to be seen everywhere).
 */
export async function readUntil<T>(
	read: () => Promise<T>,
	isSeen: (value: T) => boolean,
	retryRuleFor: (value: T) => RetryRule,
	{clock, signal, onRetry}: RetryContext,
): Promise<T> {
	const startedAt = clock.now();
	for (let attempt = 1; ; attempt++) {
		const value = await read();
		if (isSeen(value)) return value;
		const {reason, limitMs} = retryRuleFor(value);
		const delayMs = delaysMs[Math.min(attempt, delaysMs.length) - 1] ?? 0;
		if (clock.now() + delayMs - startedAt > limitMs) return value;
		onRetry({reason, attempt: attempt + 1, delayMs});
		await clock.wait(delayMs, signal);
	}
}

function networkRetryRule(error: unknown): RetryRule | undefined {
	if (!(error instanceof ProblemError) || !isOutage(error.problem)) return undefined;
	const {reason, limitMs} = waits.outage;
	return {reason: reason(error.problem.cause), limitMs};
}

const untold: TellingRetries = async (_isRetried, action) => action();

function serviceRetryRule({
	code,
	httpStatus,
}: Pick<AwsErrorResponse, 'code' | 'httpStatus'>): RetryRule | undefined {
	const isBusy = code === 'SlowDown' || code.startsWith('Throttling') || code === 'OperationAborted';
	const isInTrouble = httpStatus !== undefined && httpStatus >= 500;
	if (!isBusy && !isInTrouble) return undefined;
	const {reason, limitMs} = isBusy ? waits.busy : waits.trouble;
	return {reason: reason(code), limitMs};
}
