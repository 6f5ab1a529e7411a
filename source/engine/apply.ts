import type {RunEvent} from '../domain/event.js';
import type {PlannedWrite} from '../domain/merge-again/planned-write.js';
import type {Plan} from '../domain/plan.js';
import type {PlannedOperation} from '../domain/operations/registry.js';
import type {Clock} from './clock.js';
import type {Connections} from './connections.js';
import {createdTargets} from './operations/created-targets.js';
import {runOperation} from './operations/run-operation.js';
import type {Recorder} from './record/recorder.js';
import {runOperations} from './run-operations.js';

export type ApplyOptions = {
	readonly plan: Plan;
	readonly connections: Connections;
	readonly clock: Clock;
	/** Writes each change down before it is made. */
	readonly recorder?: Recorder;
	/** Stops safely: no operation is begun any more, waits end, calls under way are finished. */
	readonly signal: AbortSignal;
};

/** Does what the plan says, and tells of every step. */
export function apply({
	plan,
	connections,
	clock,
	recorder,
	signal,
}: ApplyOptions): AsyncGenerator<RunEvent, void> {
	const targets = createdTargets(clock);
	return runOperations<PlannedOperation>({
		operations: plan.operations,
		async run(operation, context) {
			const write = async (amend?: (images: PlannedWrite<unknown>) => Promise<void>): Promise<void> =>
				runOperation(operation, {
					...context,
					plan,
					connections,
					createdTargets: targets,
					async onMerged(images) {
						await amend?.(images);
						context.onMerged(images);
					},
				});
			return recorder ? recorder.around(operation, plan[operation.side].profile, write) : write();
		},
		clock,
		signal,
	});
}
