import {fixable, ProblemError} from '../../domain/problem.js';
import type {OperationContext} from './operation-context.js';

/** How long an apply may have gone on until what it read first is read again before it is written over. */
const trustedMs = 10_000;

export type Guarded<Document> = {
	/** What is written over, as a person calls it. */
	readonly noun: string;
	readonly before: Document | undefined;
	readonly after: Document;
	readonly read: () => Promise<Document | undefined>;
	/** Whether two documents mean the same. */
	readonly isSame: (left: Document | undefined, right: Document | undefined) => boolean;
};

/**
 * Makes a write that replaces a whole document, unless somebody changed the document since the plan was made. It is read again where
 * a try has failed before, or the apply has waited for something else: S3 has no condition that a write could carry.
 * Throws the problem that names what was changed. Source: S3 API Reference, PutBucketPolicy and PutBucketReplication.
 */
export function unlessChanged<Document>(
	{noun, before, after, read, isSame}: Guarded<Document>,
	{clock, startedAt}: OperationContext,
	write: () => Promise<void>,
): () => Promise<void> {
	let tries = 0;
	return async () => {
		const isTrusted = ++tries === 1 && clock.now() - startedAt < trustedMs;
		if (!isTrusted) {
			const now = await read();
			// An earlier try may have had its effect without an answer.
			if (!isSame(now, before) && !isSame(now, after)) throw changed(noun);
		}

		await write();
	};
}

function changed(noun: string): ProblemError {
	return new ProblemError(
		fixable(
			'changed-meanwhile',
			`Cannot write ${noun}: somebody changed it while changes were made`,
			'It is another than the one that the plan was made from. It was left as it is.',
			['Run this again: it makes a new plan from what is there, and keeps what is already right.'],
		),
	);
}
