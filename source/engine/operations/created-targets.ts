import type {Clock} from '../clock.js';
import {waits} from '../waits.js';

/** What a run has just created: nobody has had the time to write into it. */
export type CreatedTargets = {
	readonly created: (operationId: string) => void;
	/** Whether the operation has just created something new. */
	readonly isNew: (operationId: string) => boolean;
};

export function createdTargets(clock: Clock): CreatedTargets {
	const createdAt = new Map<string, number>();
	return {
		created(operationId) {
			createdAt.set(operationId, clock.now());
		},
		isNew(operationId) {
			const at = createdAt.get(operationId);
			return at !== undefined && clock.now() - at < waits.stillNew.limitMs;
		},
	};
}
