import {Readable} from 'node:stream';
import type {CheckedClient} from './check-answer.js';

type Answer = {readonly statusCode: number; body?: unknown};

/**
 * Gives the bytes of an object, which were read whole within the limits, to the SDK as the stream that it takes. What tells of an error
 * stays as it is.
 */
export function giveBodyAsStream(command: CheckedClient): void {
	command.middlewareStack.add(
		(next) => async (given) => {
			const result = await next(given);
			const answer = result.response as Answer;
			if (answer.statusCode < 300 && answer.body instanceof Uint8Array)
				answer.body = Readable.from([answer.body]);
			return result;
		},
		// Next to the wire, as the look at the answer is.
		{step: 'deserialize', priority: 'low', name: 'giveBodyAsStream'},
	);
}
