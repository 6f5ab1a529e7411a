import {type PlannedOperation, plannedKindOf} from '../../domain/operations/registry.js';
import type {Plan} from '../../domain/plan/plan.js';
import type {StepAnswer} from '../../domain/take-back/written-step.js';
import type {Connections} from '../connections.js';
import type {Recorder} from './recorder.js';

/** Reads what became of the buckets that a run creates. */
type ImageTaker = {
	/** An operation has been written; how it was answered, once that is known. Said again it changes nothing. */
	readonly written: (operation: PlannedOperation, answer?: StepAnswer) => void;
	/** Resolves when every image that was begun is in the record, or could not be read. Never throws. */
	readonly taken: () => Promise<void>;
};

type ImageOptions = {
	readonly plan: Plan;
	readonly connections: Connections;
	readonly recorder: Recorder;
	readonly signal: AbortSignal;
};

/**
 * Takes the image of each created bucket as soon as the run's last write to it is answered. The run never fails because of it: without
 * an image an undo compares with what AWS gives to every new bucket.
 */
export function createImageTaker({plan, connections, recorder, signal}: ImageOptions): ImageTaker {
	const left = new Map<string, Set<string>>();
	for (const {id, kind, target, change} of plan.operations) {
		if (change === 'keep' || plannedKindOf(kind).on !== 'bucket') continue;
		left.set(target, (left.get(target) ?? new Set()).add(id));
	}

	const created = new Map<string, PlannedOperation>();
	const begun: Array<Promise<void>> = [];

	async function take({id, side, target, region, account}: PlannedOperation): Promise<void> {
		try {
			const image = await connections[side].settings.getImage(
				{bucket: target, region, accountId: account},
				signal,
			);
			await recorder.image(id, image);
		} catch {
			// What an undo does without it is said above.
		}
	}

	return {
		written(operation, answer) {
			const {on, makesTarget} = plannedKindOf(operation.kind);
			if (on === 'bucket' && makesTarget) {
				if (answer === undefined || answer.created === 'no') return;
				created.set(operation.target, operation);
			}

			const open = left.get(operation.target);
			if (!open?.delete(operation.id) || open.size > 0 || signal.aborted) return;
			const creation = created.get(operation.target);
			if (creation) begun.push(take(creation));
		},
		async taken() {
			await Promise.all(begun);
		},
	};
}
