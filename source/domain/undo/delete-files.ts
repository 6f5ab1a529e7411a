import {deletionOf} from '../operations/delete-objects.js';
import {restoresVersioning} from '../operations/enable-versioning.js';
import type {UndoOperation} from '../operations/registry.js';
import type {FileEnd, RecordedStep} from '../record/run-record.js';
import type {SurveyedFiles, UndoObserved} from '../take-back/undo-observed.js';
import type {UndoStep} from './undo-plan.js';
import {gone, stays} from '../take-back/take-back-context.js';

/** The uploads that a bucket has files of. */
type Uploads = {readonly end: FileEnd; readonly prefix: string; readonly steps: readonly number[]};

/** Deletes the test files of a run, bucket by bucket, however often it has uploaded some. */
export function deleteFiles(
	open: readonly RecordedStep[],
	{buckets}: UndoObserved,
	earlier: readonly UndoOperation[],
): readonly UndoStep[] {
	const requires = earlier.filter((operation) => !restoresVersioning(operation)).map(({id}) => id);
	return uploadsByBucket(open).map(({end, prefix, steps}) => {
		const bucket = buckets[end.bucket];
		const surveyed = bucket?.state === 'owned' ? bucket.files : undefined;
		const hasFiles = surveyed?.hasOwn === true && surveyed.locked?.isAll !== true;
		return {
			operation: deletionOf(
				{
					side: end.side,
					target: end.bucket,
					change: hasFiles ? 'delete' : 'keep',
					account: end.accountId,
					region: end.region,
					requires,
				},
				prefix,
			),
			profile: end.profile,
			steps,
			reason: hasFiles ? undefined : nothingOwn(surveyed),
		};
	});
}

function nothingOwn(surveyed: SurveyedFiles | undefined): UndoStep['reason'] {
	if (surveyed?.locked) return stays(surveyed.locked.text);
	if (!surveyed || surveyed.othersCount === 0) return gone('no test file is left');
	return stays('nothing there is provably of this run');
}

function uploadsByBucket(open: readonly RecordedStep[]): readonly Uploads[] {
	const found = new Map<string, Uploads>();
	for (const step of open) {
		if (step.kind !== 'files') continue;
		for (const end of step.ends) {
			const {steps, ...first} = found.get(end.bucket) ?? {end, prefix: step.prefix, steps: []};
			found.set(end.bucket, {...first, steps: [...steps, step.step]});
		}
	}

	return [...found.values()];
}
