import {AsyncLocalStorage} from 'node:async_hooks';
import type {RetryErrorInfo, RetryStrategyV2} from '@smithy/types';
import type {AwsErrorResponse} from '../../domain/problem.js';
import type {SdkError} from '../responses/sdk-error.js';

/** Whether the caller itself makes a call again that AWS refuses so. */
type IsRetried = (answer: Pick<AwsErrorResponse, 'code' | 'httpStatus'>) => boolean;

const callers = new AsyncLocalStorage<IsRetried>();

/** Does what the caller retries visibly: of every client alike, whichever of them the action asks. */
export const tellingRetries = async <T>(isRetried: IsRetried, action: () => Promise<T>): Promise<T> =>
	callers.run(isRetried, action);

/** A client's own way to retry, as `resolveRetryConfig` of the SDK leaves it. */
type RetryingClient = {readonly config: {retryStrategy?: () => Promise<unknown>}};

/**
 * Leaves a refusal to the caller who retries it visibly: the SDK would send the call again twice before anybody hears of it, and each of
 * the caller's tries would be three. All else the SDK retries as it would.
 */
export function leaveToCaller<Client>(client: Client): Client {
	const {config} = client as RetryingClient;
	const {retryStrategy} = config;
	if (!retryStrategy) throw new Error('The client has no way to retry.');
	config.retryStrategy = once(async () => leaving((await retryStrategy()) as RetryStrategyV2));
	return client;
}

function leaving(strategy: RetryStrategyV2): RetryStrategyV2 {
	// The SDK looks for the mode to name it in its user agent.
	const {mode} = strategy as {readonly mode?: string};
	return {
		...(mode === undefined ? {} : {mode}),
		acquireInitialRetryToken: async (scope) => strategy.acquireInitialRetryToken(scope),
		async refreshRetryTokenForRetry(token, info) {
			if (callers.getStore()?.(answerIn(info))) throw new Error('The caller retries it.');
			return strategy.refreshRetryTokenForRetry(token, info);
		},
		recordSuccess(token) {
			strategy.recordSuccess(token);
		},
	};
}

function answerIn({error}: RetryErrorInfo): Pick<AwsErrorResponse, 'code' | 'httpStatus'> {
	const {Code: code, name, $metadata: metadata} = (error ?? {}) as SdkError;
	return {code: String(code ?? name ?? ''), httpStatus: metadata?.httpStatusCode};
}

/** Makes something when it is first asked for, and gives the same from then on. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
	let made: Promise<T> | undefined;
	return async () => (made ??= make());
}
