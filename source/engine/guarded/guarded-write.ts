import type {MergedAgain, PlannedWrite} from '../../domain/merge-again/planned-write.js';
import {
	type AwsErrorResponse,
	fixable,
	type Problem,
	type ProblemDocument,
	ProblemError,
} from '../../domain/problem.js';
import {readUntil, type RetryContext, withRetries} from '../retry.js';
import {type RetryRule, waits} from '../waits.js';

const again = 'Run this again: the new plan keeps what is already right.';

/** A document that is replaced as a whole: what is known of it, and how it is read and written. */
export type GuardedDocument<Document> = PlannedWrite<Document> & {
	/** As a person calls it, such as "the bucket policy of my-bucket". */
	readonly noun: string;
	/** Whether the run itself has just created what the document belongs to: then nobody has written one that could be lost. */
	readonly isNew: boolean;
	readonly read: () => Promise<Document | undefined>;
	/** `undefined`: deletes it. */
	readonly write: (document: Document | undefined) => Promise<void>;
	/** Whether nobody has changed anything, whatever it means. */
	readonly isUnchanged: (left: Document | undefined, right: Document | undefined) => boolean;
	/** Whether two documents mean the same: AWS gives back what it was given in its own words. */
	readonly isSame: (left: Document | undefined, right: Document | undefined) => boolean;
	/** Makes the planned change to what is there by now. */
	readonly mergeAgain: (now: Document | undefined) => MergedAgain<Document>;
	readonly retryRuleFor: (answer: AwsErrorResponse) => RetryRule | undefined;
	/** How long the reading back may still show what was there before, and what is wrong after that; the problem names that limit. */
	readonly unseen: RetryRule & {
		readonly problem: (seen: Document | undefined, limitMs: number) => Problem;
	};
};

export type GuardContext = RetryContext & {
	/** Tells that the write has been answered, before it is read back. */
	readonly onWritten: () => void;
	/** Tells what is written instead of what was planned, and writes it down; the write waits for it. */
	readonly onMerged: (images: PlannedWrite<unknown>) => Promise<void>;
};

/**
 * Replaces a document so that nobody's change is lost, as far as that can be: S3 and IAM have no condition that such a write could carry.
 * It is read immediately before each try; between that answer and the write lies no other request. Where it is another than was planned
 * upon, the planned change is made to what is there, if that is clear; else nothing is written. Then it is read back and compared by
 * meaning: what was there before may be shown for a while, and what neither side wrote is a problem, never written over.
 * Gives what was written, if anything was. Throws the problem that stopped it.
 * Source: S3 API Reference, PutBucketPolicy, PutBucketReplication, PutBucketVersioning; IAM API Reference, PutRolePolicy.
 */
export async function writeGuarded<Document>(
	document: GuardedDocument<Document>,
	context: GuardContext,
): Promise<Document | undefined> {
	const {noun, isNew, read, write, isUnchanged, isSame, mergeAgain, retryRuleFor, unseen} = document;
	let {before, after} = document;
	/** What a late answer may still show. */
	const earlier = [before];
	let tries = 0;

	/** Gives whether there was anything to write. */
	async function tryOnce(): Promise<boolean> {
		const isFirst = ++tries === 1;
		if (isFirst && isNew) {
			await write(after);
			return true;
		}

		const now = await read();
		// An earlier try had its effect, and its answer was lost.
		if (!isFirst && isSame(now, after)) return true;
		if (!isUnchanged(now, before)) {
			const merged = mergeAgain(now);
			if (!merged) throw new ProblemError(changedMeanwhile(noun, before, now));
			const isThere = isSame(now, merged.document);
			// After an earlier try it is this run's own change that is there.
			if (isFirst || !isThere) await context.onMerged({before: now, after: isThere ? now : merged.document});
			earlier.push(now, after);
			before = now;
			after = merged.document;
			if (isThere) return !isFirst;
		}

		await write(after);
		return true;
	}

	const hasWritten = await withRetries(tryOnce, context, retryRuleFor);
	context.onWritten();
	if (!hasWritten) return after;

	const isStale = (seen: Document | undefined): boolean => earlier.some((image) => isSame(seen, image));
	let foreignCount = 0;
	const seen = await readUntil(
		async () => withRetries(read, context, retryRuleFor),
		(found) => {
			if (isSame(found, after)) return true;
			foreignCount = isStale(found) ? 0 : foreignCount + 1;
			return foreignCount > 1;
		},
		(found) => (isStale(found) ? unseen : waits.foreignDocument),
		context,
	);
	if (isSame(seen, after)) return after;
	throw new ProblemError(
		isStale(seen) ? unseen.problem(seen, unseen.limitMs) : changedAfterWrite(noun, after, seen),
	);
}

/** Somebody changed a document in a way that leaves it to a person what becomes of it. Nothing was written. */
function changedMeanwhile(noun: string, planned: unknown, now: unknown): Problem {
	return {
		...fixable(
			'changed-meanwhile',
			`Cannot write ${noun}: somebody changed it meanwhile`,
			'It is another than the one that the plan was made from. It was left as it is.',
			[again],
		),
		documents: [titled('What the plan was made from', planned), titled('What is there now', now)],
	};
}

/** What was read back is neither what was written nor what was there before. */
function changedAfterWrite(noun: string, written: unknown, now: unknown): Problem {
	return {
		...fixable(
			'changed-after-write',
			`Cannot confirm ${noun}: somebody else wrote it as well`,
			'It was written, and what is there now is something else. It was left as it is.',
			['Compare the two documents, and ask whoever else works on it.', again],
		),
		documents: [titled('What was written', written), titled('What is there now', now)],
	};
}

function titled(title: string, value: unknown): ProblemDocument {
	return {title, value: value ?? null};
}
