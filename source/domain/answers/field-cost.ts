import type {AnswerField} from './answer-entry.js';

/** What a field of the Options screen costs beside replication itself. */
export function fieldCost({cost}: Pick<AnswerField, 'cost'>): string {
	return cost ?? 'No extra cost.';
}
