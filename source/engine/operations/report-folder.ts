import {ownFolder} from '../../domain/record/own-files.js';
import type {DeleteReports, ReportFolder} from '../../domain/operations/report-folder.js';
import {deleteOwnFiles} from '../clean-up/delete-own-files.js';
import {withRetries} from '../retry.js';
import type {UndoContext} from '../undo/undo-context.js';
import {waits} from '../waits.js';
import type {OperationContext} from './operation-context.js';
import {isChanged} from './retry-rules.js';
import {targetOf} from '../connections.js';

/** Puts the manifest where the job reads it, if there is one; the reports come later, from S3. */
export async function prepareReportFolder(
	operation: ReportFolder,
	context: OperationContext,
): Promise<undefined> {
	const {Manifest: manifest} = operation.after;
	if (!manifest) return undefined;
	const {objects} = context.connections[operation.side];
	const body = context.manifests?.get(manifest.Key);
	if (!body) throw new Error('The manifest of the plan is not at hand.');
	await withRetries(
		async () => objects.put(targetOf(operation), {key: manifest.Key, body, hasDigestAsTag: true}),
		context,
		({code}) =>
			code === 'NoSuchBucket' && operation.requires.some((id) => isChanged(context.plan, id))
				? waits.newBucket
				: undefined,
	);
	return undefined;
}

/** Deletes the reports and the manifest of a run; Object Lock aside, nothing of it stays. */
export async function deleteReports(operation: DeleteReports, context: UndoContext): Promise<void> {
	const {objects} = context.connection;
	await deleteOwnFiles(objects, targetOf(operation), ownFolder(operation.after.Prefix), context);
}
