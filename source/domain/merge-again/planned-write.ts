import type {Operation} from '../operations/registry.js';
import {isSameValue} from '../same-value.js';

/** A write as it was planned: the document that the plan was made from, and the one that it writes. `undefined`: there is none. */
export type PlannedWrite<Document> = {
	readonly before: Document | undefined;
	readonly after: Document | undefined;
};

/** The planned change made to what is there by now; `undefined` where that is no longer clear, and a person has to decide. */
export type MergedAgain<Document> = {readonly document: Document | undefined} | undefined;

/** What a write does, given what was there just before it. */
export function changeOfWrite({
	before,
	after,
}: PlannedWrite<unknown>): 'create' | 'update' | 'keep' | 'delete' {
	if (isSameValue(before ?? null, after ?? null)) return 'keep';
	if (before === undefined) return 'create';
	return after === undefined ? 'delete' : 'update';
}

/** An operation with the documents that it turned out to be about. `null` stands for none where something is taken back. */
export function withImages<Kind extends Operation>(
	operation: Kind,
	{before, after}: PlannedWrite<unknown>,
): Kind {
	return {...operation, change: changeOfWrite({before, after}), before, after: after ?? null};
}
