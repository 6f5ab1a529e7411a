import type {RunEvent} from '../../domain/event.js';
import {type Problem, problemFrom} from '../../domain/problem.js';
import {withImages} from '../../domain/merge-again/planned-write.js';
import type {UndoPlan, UndoStep} from '../../domain/undo/undo-plan.js';
import type {UndoOperation} from '../../domain/operations/registry.js';
import type {Clock} from '../clock.js';
import type {RecordWriter} from '../record/record-store.js';
import {runOperations} from '../run-operations.js';
import type {ConnectionOf} from '../undo/observe-undo.js';
import {runUndoOperation} from '../operations/runners.js';

type UndoOptions = {
	readonly plan: UndoPlan;
	/** The record of the run that is taken back: what is done is written down there. */
	readonly writer: RecordWriter;
	readonly connectionOf: ConnectionOf;
	readonly clock: Clock;
	/** Stops safely: no operation is begun any more, waits end, calls under way are finished. */
	readonly signal: AbortSignal;
};

/** Takes back what the plan says, and tells of every step as of those of a run. */
export async function* undo(options: UndoOptions): AsyncGenerator<RunEvent, void> {
	const {plan, writer, connectionOf, clock, signal} = options;
	const byId = new Map(plan.steps.map((step) => [step.operation.id, step]));

	async function note(
		{operation, steps, reason}: UndoStep,
		outcome: 'undone' | 'left' | 'failed',
		{code, documents}: Partial<Problem> = {},
	): Promise<void> {
		await writer
			.append({
				type: 'undo-after',
				at: clock.now(),
				steps,
				id: operation.id,
				outcome,
				...(outcome === 'left' ? {isNeeded: reason?.isNeeded === true} : {}),
				code,
				documents,
			})
			.catch(() => undefined);
	}

	// What needs nothing is settled first: it does not wait for what may fail.
	const kept = plan.steps.filter(({operation: {change}}) => change === 'keep');
	const isLeft = ({reason}: UndoStep): boolean => reason?.kind === 'stays';
	for (const step of kept.filter((one) => !isLeft(one))) await note(step, 'undone');

	yield* runOperations<UndoOperation>({
		operations: plan.steps.map(({operation}) => operation),
		async run(operation, context) {
			const step = byId.get(operation.id) as UndoStep;
			const announce = async (announced: UndoOperation): Promise<void> =>
				writer.append({type: 'undo-before', at: clock.now(), steps: step.steps, operation: announced});
			await announce(operation);
			try {
				const connection = connectionOf(step.profile);
				await runUndoOperation(operation, {
					...context,
					tellingRetries: connection.tellingRetries,
					// What comes next waits until AWS has seen it: it takes away what the rules need.
					onWritten: () => undefined,
					async onMerged(images) {
						await announce(withImages(operation, images));
						context.onMerged(images);
					},
					connection,
					files: plan.files,
				});
			} catch (error) {
				await note(step, 'failed', problemFrom(error));
				throw error;
			}

			await note(step, 'undone');
		},
		clock,
		signal,
	});
	// Last of all: what this undo has taken back itself gives no reason to offer it again.
	for (const step of kept.filter(isLeft)) await note(step, 'left');
}
