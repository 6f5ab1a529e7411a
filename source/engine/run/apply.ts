import type {RunEvent} from '../../domain/event.js';
import type {PlannedWrite} from '../../domain/merge-again/planned-write.js';
import type {Plan} from '../../domain/plan/plan.js';
import type {PlannedOperation} from '../../domain/operations/registry.js';
import type {Clock} from '../clock.js';
import type {Connections} from '../connections.js';
import {createdTargets} from '../operations/operation-context.js';
import type {StepAnswer} from '../../domain/take-back/written-step.js';
import {runOperation} from '../operations/runners.js';
import {createImageTaker} from '../record/take-images.js';
import type {Recorder} from '../record/recorder.js';
import {runOperations} from '../run-operations.js';

type ApplyOptions = {
	readonly plan: Plan;
	readonly connections: Connections;
	readonly clock: Clock;
	/** Writes each change down before it is made. */
	readonly recorder?: Recorder;
	/** A manifest of one's own, by its key. */
	readonly manifests?: ReadonlyMap<string, Uint8Array>;
	/** Stops safely: no operation is begun any more, waits end, calls under way are finished. */
	readonly signal: AbortSignal;
};

/**
 * Does what the plan says, and tells of every step. What became of the buckets that it creates is read and written down beside the
 * reading back of the last write to each: by that an undo knows later whether they are still the run's own.
 */
export async function* apply(options: ApplyOptions): AsyncGenerator<RunEvent, void> {
	const {plan, connections, clock, recorder, manifests, signal} = options;
	const targets = createdTargets(clock);
	const images = recorder && createImageTaker({plan, connections, recorder, signal});
	yield* runOperations<PlannedOperation>({
		operations: plan.operations,
		async run(operation, context) {
			const onWritten = (): void => {
				images?.written(operation);
				context.onWritten();
			};

			const write = async (
				amend?: (merged: PlannedWrite<unknown>) => Promise<void>,
			): Promise<StepAnswer | undefined> =>
				runOperation(operation, {
					...context,
					tellingRetries: connections[operation.side].tellingRetries,
					onWritten,
					plan,
					connections,
					createdTargets: targets,
					...(manifests ? {manifests} : {}),
					async onMerged(merged) {
						await amend?.(merged);
						context.onMerged(merged);
					},
				});
			const answer = await (recorder
				? recorder.around(operation, plan[operation.side].profile, write)
				: write());
			images?.written(operation, answer);
			if (answer?.created !== 'no') return;
			context.onKept();
			context.onNote(
				`Somebody made ${operation.target} after the plan: it is not this run’s, and an undo leaves it.`,
			);
		},
		clock,
		signal,
	});
	await images?.taken();
}
