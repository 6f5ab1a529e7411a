import type {MergedAgain, PlannedWrite} from '../../domain/merge-again/planned-write.js';
import type {GuardedKind} from '../guarded/guarded-documents.js';
import {writeGuarded} from '../guarded/guarded-write.js';
import type {UndoContext} from './undo-context.js';

/**
 * Writes what an undo leaves of a document; `null` is nothing. It is about what was there before: nothing is expected to go away by itself.
 * Gives what was written. Throws the problem that stopped it.
 *
 * @param takeAgain takes the run's part out of what is there by now
 */
export async function writeBack<Document>(
	kind: GuardedKind<Document>,
	{before, after}: {readonly before?: Document; readonly after: Document | null},
	takeAgain: (now: Document | undefined, planned: PlannedWrite<Document>) => MergedAgain<Document>,
	context: UndoContext,
): Promise<Document | undefined> {
	const planned = {before, after: after ?? undefined};
	return writeGuarded(
		{
			...kind,
			...planned,
			isNew: false,
			retryRuleFor: () => undefined,
			mergeAgain: (now) => takeAgain(now, planned),
		},
		context,
	);
}
