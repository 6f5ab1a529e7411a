import {answerOf} from '../../domain/problem.js';

/** Throws an error that is no refusal of the service: a network that is down says nothing about what may be read. */
export function throwUnlessRefused(error: unknown): void {
	const status = answerOf(error)?.httpStatus;
	if (status === undefined || status === 429 || (status >= 500 && status !== 501)) throw error;
}
