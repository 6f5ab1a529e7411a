import type {RunEvent} from '../domain/event.js';
import {changeOfWrite, type PlannedWrite} from '../domain/merge-again/planned-write.js';
import type {Change} from '../domain/take-back/operation.js';
import type {ReportReading} from '../domain/batch/batch-event.js';
import type {Operation} from '../domain/operations/registry.js';
import {problemFrom} from '../domain/problem.js';
import {createChannel} from './channel.js';
import type {Clock} from './clock.js';
import type {RetryContext} from './retry.js';

/** What doing one operation is given. */
type RunnerContext = RetryContext & {
	/**
	 * Tells that the write has been answered: what requires the operation may begin while what it wrote is still read back.
	 * An operation that does not tell counts as written when it has ended well.
	 */
	readonly onWritten: () => void;
	/** Tells that somebody changed the document meanwhile, and what is written now instead of what was planned. */
	readonly onMerged: (images: PlannedWrite<unknown>) => void;
	/** Tells that there was nothing to do: what was to be written or created was there already. */
	readonly onKept: () => void;
	/** Has something told when the operation ends well, in a sentence. */
	readonly onNote: (note: string) => void;
	/** Tells that the report of a job is read. */
	readonly onReading: (reading: ReportReading) => void;
};

type RunOperationsOptions<Kind extends Operation> = {
	readonly operations: readonly Kind[];
	/** Does one operation, and what it reads back; throws the problem that stopped it. */
	readonly run: (operation: Kind, context: RunnerContext) => Promise<void>;
	readonly clock: Clock;
	/** Stops safely: no operation is begun any more, waits end, calls under way are finished. */
	readonly signal: AbortSignal;
};

/**
 * Does operations and tells of every step. One begins as soon as all it requires is written; what does not depend on each
 * other runs side by side. What is right already is passed over. After a failure nothing new begins, and what has begun is
 * brought to its end: an operation whose reading back fails has failed, whatever was begun upon its write. Ends when all have ended.
 */
export async function* runOperations<Kind extends Operation>(
	options: RunOperationsOptions<Kind>,
): AsyncGenerator<RunEvent, void> {
	const {operations, run, clock, signal} = options;
	const channel = createChannel<RunEvent>();
	const written = new Set<string>();
	const waiting = new Set<Kind>(operations);
	let running = 0;
	let hasFailed = false;

	async function runOne(operation: Kind): Promise<void> {
		const {id, kind, target} = operation;
		let change: Change = operation.change;
		const startedAt = clock.now();
		const notes: string[] = [];
		channel.send({type: 'operation-started', id, kind, target});
		try {
			if (change !== 'keep') {
				await run(operation, {
					clock,
					signal,
					onRetry(notice) {
						channel.send({type: 'operation-retried', id, kind, target, ...notice});
					},
					onNote: (note) => notes.push(note),
					onReading(reading) {
						channel.send({type: 'report-reading', ...reading});
					},
					onKept() {
						change = 'keep';
					},
					onWritten() {
						channel.send({type: 'operation-written', id, kind, target});
						written.add(id);
						startReady();
					},
					onMerged({before, after}) {
						change = changeOfWrite({before, after});
						channel.send({type: 'operation-merged', id, kind, target, change, before, after});
					},
				});
			}

			written.add(id);
			channel.send({
				type: 'operation-finished',
				id,
				kind,
				target,
				change,
				durationMs: clock.now() - startedAt,
				...(notes.length > 0 ? {notes} : {}),
			});
		} catch (error) {
			hasFailed = true;
			channel.send({type: 'operation-failed', id, kind, target, problem: problemFrom(error)});
		}
	}

	function startReady(): void {
		for (const operation of waiting) {
			if (hasFailed || signal.aborted) break;
			if (!operation.requires.every((id) => written.has(id))) continue;
			waiting.delete(operation);
			running++;
			void runOne(operation).then(() => {
				running--;
				startReady();
			});
		}

		if (running === 0) channel.close();
	}

	startReady();
	yield* channel.read();
}
