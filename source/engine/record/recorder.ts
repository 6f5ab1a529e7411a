import {deletionIdOf} from '../../domain/operations/delete-objects.js';
import type {BucketImage} from '../../domain/observed/bucket-image.js';
import type {Outcome} from '../../domain/event.js';
import {type PlannedWrite, withImages} from '../../domain/merge-again/planned-write.js';
import type {PlannedOperation} from '../../domain/operations/registry.js';
import {problemFrom} from '../../domain/problem.js';
import {recordedText} from '../../domain/record/recorded-text.js';
import type {FileEnd, RecordedJob, RecordLine} from '../../domain/record/run-record.js';
import type {StepAnswer} from '../../domain/take-back/written-step.js';
import type {Clock} from '../clock.js';
import type {RecordWriter} from './record-store.js';

/** Writes down what a run does: each write before it is made. */
export type Recorder = {
	readonly planned: (operations: readonly PlannedOperation[]) => Promise<void>;
	/**
	 * Makes a write between its two lines, and gives its answer; what it writes instead of what was planned is amended before. Throws
	 * the problem of the record before, or of the write.
	 */
	readonly around: (
		operation: PlannedOperation,
		profile: string,
		write: (amend: (images: PlannedWrite<unknown>) => Promise<void>) => Promise<StepAnswer | undefined>,
	) => Promise<StepAnswer | undefined>;
	/** The settings of a bucket that an operation created, after the run's last write to it. */
	readonly image: (operationId: string, image: BucketImage) => Promise<void>;
	readonly uploads: (prefix: string, ends: readonly FileEnd[]) => Promise<void>;
	/** Versions of the files of the last `uploads`; gives whether they are written down. `isComplete`: there are no others. */
	readonly versions: (
		versions: ReadonlyArray<readonly [name: string, versionId: string]>,
		isComplete: boolean,
	) => Promise<boolean>;
	/** The test files of a bucket have been deleted. */
	readonly filesDeleted: (bucket: string) => Promise<void>;
	readonly ended: (outcome: Outcome, job?: RecordedJob) => Promise<void>;
};

/**
 * A recorder that writes with a writer.
 *
 * @param stepsBefore how many steps the record has already, where an earlier run is gone on with
 */
export function createRecorder(writer: RecordWriter, clock: Clock, stepsBefore = 0): Recorder {
	let count = stepsBefore;
	const stepOf = new Map<string, number>();
	const fileSteps: number[] = [];

	/** What has happened has happened, even if it cannot be written down: without the line it counts as unknown. */
	async function tryToAppend(line: Parameters<RecordWriter['append']>[0]): Promise<void> {
		await writer.append(line).catch(() => undefined);
	}

	return {
		async planned(operations) {
			const changes = operations.filter(({change}) => change !== 'keep').map(({id}) => id);
			await writer.append({type: 'planned', at: clock.now(), operations: changes});
		},
		async around(operation, profile, write) {
			const beforeLine = (of: number, written: PlannedOperation): RecordLine => ({
				type: 'before',
				at: clock.now(),
				step: of,
				profile,
				operation: written,
				...recordedText(written),
			});
			const step = ++count;
			stepOf.set(operation.id, step);
			await writer.append(beforeLine(step, operation));
			let answer: StepAnswer | undefined;
			try {
				answer = await write(async (images) =>
					writer.append(beforeLine(step, withImages(operation, images))),
				);
			} catch (error) {
				const {code, documents} = problemFrom(error);
				await tryToAppend({type: 'after', at: clock.now(), step, outcome: 'failed', code, documents});
				throw error;
			}

			await tryToAppend({type: 'after', at: clock.now(), step, outcome: 'done', answer});
			return answer;
		},
		async image(operationId, image) {
			const step = stepOf.get(operationId);
			if (step !== undefined) await tryToAppend({type: 'image', at: clock.now(), step, image});
		},
		async uploads(prefix, ends) {
			const step = ++count;
			fileSteps.push(step);
			await writer.append({type: 'uploaded', at: clock.now(), step, prefix, ends, isMarked: true});
		},
		async versions(versions, isComplete) {
			const step = fileSteps.at(-1);
			if (step === undefined) return false;
			return writer.append({type: 'versions', at: clock.now(), step, versions, isComplete}).then(
				() => true,
				() => false,
			);
		},
		async filesDeleted(bucket) {
			const id = deletionIdOf(bucket);
			await tryToAppend({type: 'undo-after', at: clock.now(), steps: fileSteps, id, outcome: 'undone'});
		},
		async ended(outcome, job) {
			await tryToAppend({type: 'ended', at: clock.now(), outcome, ...(job ? {job} : {})});
		},
	};
}
