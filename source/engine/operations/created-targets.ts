import type {Clock} from '../clock.js';

/** What a run has just created: nobody has had the time to write into it. */
export type CreatedTargets = {
	readonly created: (operationId: string) => void;
	/** Whether the operation has just created something new. */
	readonly isNew: (operationId: string) => boolean;
};

/** How long what was created counts as new: others are told of a new bucket, and write into it. */
const newMs = 5000;

export function createdTargets(clock: Clock): CreatedTargets {
	const createdAt = new Map<string, number>();
	return {
		created(operationId) {
			createdAt.set(operationId, clock.now());
		},
		isNew(operationId) {
			const at = createdAt.get(operationId);
			return at !== undefined && clock.now() - at < newMs;
		},
	};
}
